import { describe, expect, test } from "vitest";
import { contractGraph } from "../../lib/allocation/contract-graph.ts";
import { entitle } from "../../lib/allocation/entitle.ts";
import { makePlan, type Plan } from "../../lib/allocation/make-plan.ts";
import {
  EXAMPLE_EXPECTED,
  EXAMPLE_PAYEES,
  EXAMPLE_PAYEES_OF,
  EXAMPLE_REPOSITORIES,
  EXAMPLE_SETTINGS,
  exampleProjectOf,
} from "../../lib/allocation/worked-example.ts";

const { graph } = contractGraph({ repositories: EXAMPLE_REPOSITORIES, projectOf: exampleProjectOf });
const entitlements = entitle(graph, { depth: "balanced" });

function plan(change = {}): Plan {
  const result = makePlan({
    repositories: EXAMPLE_REPOSITORIES,
    projectOf: exampleProjectOf,
    payeesOf: (project) => EXAMPLE_PAYEES_OF[project] ?? null,
    payees: EXAMPLE_PAYEES,
    settings: { ...EXAMPLE_SETTINGS, ...change },
  });
  expect(result.problems).toEqual([]);
  return result.plan!;
}

describe("the worked example of the methodology page", () => {
  test("gives the points worked out by hand", () => {
    const points = graph.directUse.map((use) => ({ ...use, project: graph.projects[use.project] }));
    expect(points).toHaveLength(EXAMPLE_EXPECTED.points.length);
    expect(points).toEqual(expect.arrayContaining([...EXAMPLE_EXPECTED.points]));
  });

  test.each(EXAMPLE_EXPECTED.projects)("gives $project its start, pass rate and entitlement", (expected) => {
    const i = graph.projects.indexOf(expected.project);
    expect([...graph.targets.subarray(graph.offsets[i], graph.offsets[i + 1])].map((to) => graph.projects[to])).toEqual(
      expected.dependsOn,
    );
    expect(entitlements.restart[i]).toBeCloseTo(expected.start, 14);
    expect(entitlements.received[i]).toBeCloseTo(expected.received, 14);
    expect(entitlements.passRate[i]).toBeCloseTo(expected.passRate, 14);
    expect(entitlements.kept[i]).toBeCloseTo(expected.kept, 14);
  });

  test("moves along each edge what was worked out by hand", () => {
    const flows = graph.projects.flatMap((from, i) =>
      [...graph.targets.subarray(graph.offsets[i], graph.offsets[i + 1])].map((to, at) => ({
        from,
        to: graph.projects[to],
        share: expect.closeTo(entitlements.edgeFlow[graph.offsets[i]! + at]!, 14),
      })),
    );
    expect(EXAMPLE_EXPECTED.flows).toEqual(flows);
  });

  test("pays what was worked out by hand, to the cent", () => {
    const { lines, held } = plan();
    const paid = lines.map(({ payee, share, entitledCents, cents, bound }) => ({
      payee,
      share: expect.closeTo(share, 14),
      entitledCents,
      cents,
      bound,
    }));
    expect(paid).toHaveLength(EXAMPLE_EXPECTED.lines.length);
    expect(EXAMPLE_EXPECTED.lines).toEqual(expect.arrayContaining(paid));
    expect(held.cents).toBe(EXAMPLE_EXPECTED.heldCents);
  });

  test("explains a payment as it was worked out by hand", () => {
    const { payee, steps } = EXAMPLE_EXPECTED.receipt;
    const { receipt } = plan().lines.find((line) => line.payee === payee)!;
    const seen = receipt.steps.map((step) =>
      step.kind === "passed" ? { from: step.project, cents: step.cents } : { [step.kind]: step.cents },
    );
    expect(seen).toEqual(steps);
  });

  test("holds what uplift would have placed, by cause", () => {
    const { lines, held } = plan({ uplift: 1 });
    const expected = EXAMPLE_EXPECTED.withoutUplift;
    expect(lines.map(({ payee, cents }) => ({ payee, cents }))).toEqual(expect.arrayContaining([...expected.lines]));
    expect(lines).toHaveLength(expected.lines.length);
    expect(held).toMatchObject({ ...expected.held, belowMinimum: 0, tooMany: 0, indivisible: 0 });
  });
});
