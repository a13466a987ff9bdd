import { describe, expect, test } from "vitest";
import { makePlan, type Plan, type PlanInput } from "../../lib/allocation/make-plan.ts";
import { changeSentence, diffPlans } from "../../lib/allocation/plan-diff.ts";
import type { RepositoryInput } from "../../lib/allocation/types.ts";

const repository = (id: string, direct: string[], edges: [string, string][] = []): RepositoryInput => {
  const names = [...new Set([...direct, ...edges.flat()])];
  return {
    id,
    name: id,
    weight: 1,
    packages: names.map((name) => ({
      purl: `pkg:npm/${name}@1.0.0`,
      depth: direct.includes(name) ? ("direct" as const) : ("transitive" as const),
      scope: "runtime" as const,
    })),
    edges: edges.map(([from, to]) => [names.indexOf(from), names.indexOf(to)] as const),
  };
};
const BASE = [repository("shop", ["zod", "react"]), repository("office", ["react", "forms"])];

function plan(
  repositories: RepositoryInput[] = BASE,
  settings: Partial<PlanInput["settings"]> = {},
  unknown: string[] = [],
): Plan {
  const made = makePlan({
    repositories,
    projectOf: (purl) => purl.slice("pkg:npm/".length),
    payeesOf: (project) => (unknown.includes(project) ? null : [{ payee: project, weight: 1 }]),
    settings: { budgetCents: 400_000, period: "2026", capShare: 1, ...settings },
  });
  expect(made.plan).not.toBeNull();
  return made.plan!;
}

const sentences = (before: Plan, after: Plan): string[] =>
  diffPlans(before, after).changes.map((change) => changeSentence(change));

describe("what changed between two plans", () => {
  test("nothing between a plan and itself", () => {
    expect(diffPlans(plan(), plan())).toEqual({
      changes: [],
      unchanged: 3,
      budgetChangeCents: 0,
      heldChangeCents: 0,
      methodChanged: false,
    });
  });

  test("names the repositories that came to use a project, and what that does to others", () => {
    const more = [...BASE, repository("site", ["zod"]), repository("app", ["zod"])];
    expect(sentences(plan(), plan(more, { budgetCents: 600_000 }))).toEqual([
      "+$2,000.00 to zod because two more repositories use it, and the budget grew by $2,000",
    ]);
    expect(sentences(plan(), plan(more))).toEqual([
      "+$1,000.00 to zod because two more repositories use it",
      "−$666.67 to react because others weigh more beside it",
      "−$333.33 to forms because others weigh more beside it",
    ]);
  });

  test("names a repository that no longer uses a project", () => {
    const less = [repository("shop", ["zod", "react"]), repository("office", ["forms"])];
    expect(sentences(plan(), plan(less))).toContain("−$666.67 to react because one repository no longer uses it");
  });

  test("names a project that came to depend on it", () => {
    const linked = [repository("shop", ["zod", "react"], [["react", "zod"]]), BASE[1]!];
    expect(sentences(plan(), plan(linked))).toContain("+$200.00 to zod because react now depends on it");
  });

  test("names a multiplier, a pin, a newcomer, a leaver, and who became payable", () => {
    expect(sentences(plan(), plan(BASE, { multipliers: { zod: 2 } }))[0]).toBe(
      "+$600.00 to zod because the multiplier of zod went from 1 to 2",
    );
    expect(sentences(plan(), plan(BASE, { pins: { zod: 300_000 } }))[0]).toBe(
      "+$2,000.00 to zod because it was pinned to this amount",
    );
    expect(sentences(plan(), plan([...BASE, repository("site", ["vite"])]))[0]).toBe(
      "+$800.00 to vite because it is newly used",
    );
    expect(sentences(plan(), plan([BASE[0]!]))).toContain("−$1,000.00 to forms because it is no longer used");
    expect(sentences(plan(BASE, {}, ["zod"]), plan())).toContain("+$1,000.00 to zod because it can be paid now");
    expect(sentences(plan(), plan(BASE, { minimumCents: 150_000 }))).toContain(
      "−$1,000.00 to forms because it is now below the smallest payment",
    );
  });

  test("says so when only settlement moved", () => {
    expect(sentences(plan(), plan(BASE, { capShare: 0.4 }))[0]).toBe("−$400.00 to react because it is held at the cap");
    expect(sentences(plan(BASE, {}, ["zod"]), plan())).toContain(
      "−$666.67 to react because there is less to share out",
    );
  });

  test("every change has a reason and the changes add up to that of the paid total", () => {
    const [a, b] = [plan(), plan([BASE[0]!, repository("site", ["vite", "forms"])], { budgetCents: 123_456 })];
    const { changes } = diffPlans(a, b);
    expect(changes.every(({ reasons }) => reasons.length > 0)).toBe(true);
    const total = (of: Plan): number => of.lines.reduce((sum, { cents }) => sum + cents, 0);
    expect(changes.reduce((sum, { changeCents }) => sum + changeCents, 0)).toBe(total(b) - total(a));
  });
});
