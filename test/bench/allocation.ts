import { entitle } from "../../lib/allocation/entitle.ts";
import { settlePlan, weigh } from "../../lib/allocation/make-plan.ts";
import { projectGraph } from "../../lib/allocation/project-graph.ts";
import { settle } from "../../lib/allocation/settle.ts";
import type { ProjectGraph } from "../../lib/allocation/types.ts";
import { sampleGraph } from "../allocation/sample-graph.ts";

/** What the specification asks for, in milliseconds on one core. */
const BARS = new Map([
  [10_000, 50],
  [100_000, 500],
  [1_000_000, 5000],
]);

/**
 * Measures allocation and prints it: the two stages warm on graphs of 10,000, 100,000 and 1,000,000 projects, and what a slider costs on 2,000 projects.
 */
export function run(): void {
  console.log("allocation: entitle + settle, one payee per project, $200,000, best of several");
  console.log("  projects      edges   sort+build    entitle     settle   both (bar)          paid  resident MB");
  for (const [count, bar] of BARS) {
    const { graph, buildMs } = built(count);
    const rounds = count > 500_000 ? 3 : 15;
    const entitled: number[] = [];
    const settled: number[] = [];
    let paid = 0;
    for (let round = 0; round < rounds; round++) {
      const start = performance.now();
      const entitlements = entitle(graph, { depth: "balanced" });
      const middle = performance.now();
      const claims = graph.projects.map((payee, i) => ({ payee, share: entitlements.kept[i]! }));
      const before = performance.now();
      paid = settle({ budgetCents: 20_000_000, claims, unreachedShare: 0, period: "2026" }).settlement!.lines.length;
      entitled.push(middle - start);
      settled.push(performance.now() - before);
    }
    // the best of several: on a machine that others use too, the rest measures them
    const [first, second] = [Math.min(...entitled), Math.min(...settled)];
    const row = [
      count,
      graph.targets.length,
      ms(buildMs),
      ms(first),
      ms(second),
      `${ms(first + second)} (${bar})`,
      paid,
    ];
    const resident = Math.round(process.memoryUsage().rss / 1e6);
    console.log(`  ${row.map((cell) => String(cell).padStart(9)).join("  ")}  ${String(resident).padStart(9)}`);
    if (first + second > bar) broken(`slower than the bar of ${bar} ms`);
  }
  slider();
}

function slider(): void {
  const { graph } = built(2000);
  const payeesOf = (project: string) =>
    Number(project.slice(-1)) < 4 ? [{ payee: `of ${project}`, weight: 1 }] : null;
  const weighing: number[] = [];
  const moving: number[] = [];
  let paid = 0;
  for (let round = 0; round < 40; round++) {
    const start = performance.now();
    const { weighed } = weigh(graph, payeesOf, [], {});
    const middle = performance.now();
    const { plan } = settlePlan(weighed!, { budgetCents: 2_000_000 + 10_000 * round, period: "2026" });
    weighing.push(middle - start);
    moving.push(performance.now() - middle);
    paid = plan!.lines.length;
  }
  const [weighTime, moveTime] = [Math.min(...weighing), Math.min(...moving)];
  console.log(
    `  slider, 2,000 projects, ${paid} payees with receipts: weigh ${ms(weighTime)} ms, settle and explain ${ms(moveTime)} ms (bar 16)`,
  );
  if (moveTime > 16) broken("a slider needs less than 16 ms");
}

function broken(promise: string): void {
  console.log(`  BROKEN: ${promise}`);
  process.exitCode = 1;
}

function built(count: number): { graph: ProjectGraph; buildMs: number } {
  const { direct, edges } = sampleGraph(count, Math.round(count / 50));
  const listings = direct.map((project) => ({ repository: "app", project, points: 1 }));
  const start = performance.now();
  const graph = projectGraph({ direct: listings, edges });
  return { graph, buildMs: performance.now() - start };
}

function ms(value: number): string {
  return value.toFixed(1);
}
