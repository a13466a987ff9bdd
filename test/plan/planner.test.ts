import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readLockfile } from "../../lib/lockfile/read-lockfile.ts";
import { defaultInputs, type PlanInputs } from "../../lib/plan/inputs.ts";
import { planner, planSums } from "../../lib/plan/planner.ts";
import { planSource } from "../../lib/plan/source.ts";

const text = JSON.stringify({
  lockfileVersion: 3,
  packages: {
    "": { name: "app", dependencies: { alpha: "1", beta: "1", gamma: "1" }, devDependencies: { tool: "1" } },
    "node_modules/alpha": { version: "1.0.0", dependencies: { leaf: "1" } },
    "node_modules/beta": { version: "1.0.0", dependencies: { leaf: "1" } },
    "node_modules/gamma": { version: "1.0.0" },
    "node_modules/leaf": { version: "1.0.0" },
    "node_modules/tool": { version: "1.0.0", dev: true },
  },
});
const readings = [
  await readLockfile("web/package-lock.json", text),
  await readLockfile("api/package-lock.json", text.replace('"gamma":"1"', '"leaf":"1"')),
];
const payee = (id: string) => ({
  id,
  name: id,
  payable: true,
  channels: [
    {
      rail: "github_sponsors" as const,
      key: id,
      url: `https://github.com/sponsors/${id}`,
      label: `GitHub Sponsors: ${id}`,
      projectCount: 1,
      provenance: [],
      judgement: { verdict: "unchecked" as const },
    },
  ],
});
/** ann makes alpha and leaf, ben beta, ann and ben gamma; nobody is known for tool. */
const people = {
  payees: [payee("ann"), payee("ben")],
  projectOf: new Map<string, string>(),
  payeesOf: new Map([
    ["pkg:npm/alpha", [{ payee: "ann", weight: 1 }]],
    ["pkg:npm/leaf", [{ payee: "ann", weight: 1 }]],
    ["pkg:npm/beta", [{ payee: "ben", weight: 1 }]],
    [
      "pkg:npm/gamma",
      [
        { payee: "ann", weight: 1 },
        { payee: "ben", weight: 1 },
      ],
    ],
  ]),
};
const source = planSource(readings, people);
const usual: PlanInputs = { ...defaultInputs(100_000, "2026"), capShare: 1 };
const plan = (changes: Partial<PlanInputs> = {}) => planner(source).plan({ ...usual, ...changes });
const amounts = (changes: Partial<PlanInputs> = {}) =>
  Object.fromEntries(plan(changes).plan!.lines.map((line) => [line.payee, line.cents]));

describe("what people set", () => {
  test("the source survives a journey as JSON without changing a bit of the plan", () => {
    const sent = JSON.parse(JSON.stringify(source));
    expect(planner(sent).plan(usual)).toEqual(plan());
  });

  test("a repository of weight 0 is as if it were not there, and 5 counts five times", () => {
    const web = planner(planSource([readings[0]!], people)).plan(usual).plan!;
    const without = plan({ repositoryWeights: { "api/package-lock.json": 0 } }).plan!;
    expect(without.lines.map(({ cents }) => cents)).toEqual(web.lines.map(({ cents }) => cents));
    const listed = plan({ repositoryWeights: { "web/package-lock.json": 5 } }).plan!.lines[0]!.receipt.steps;
    expect(listed[0]).toMatchObject({ kind: "listed", repository: "web/package-lock.json" });
  });

  test("a multiplier on a payee acts on all their projects, by hand before by vote, by project before by payee", () => {
    const share = (changes: Partial<PlanInputs>) =>
      plan(changes).plan!.lines.find(({ payee: id }) => id === "ben")!.share;
    expect(share({ multipliers: { ben: 3 } })).toBeGreaterThan(share({}));
    expect(share({ votes: { ben: 3 } })).toBe(share({ multipliers: { ben: 3 } }));
    expect(share({ votes: { ben: 3 }, multipliers: { ben: 1 } })).toBe(share({}));
    expect(share({ multipliers: { ben: 3, "pkg:npm/beta": 1, "pkg:npm/gamma": 1 } })).toBe(share({}));
  });

  test("whoever is left out gets nothing, what they share with others goes to those, and the rest passes on", () => {
    const out = { id: "ann", name: "ann", reason: "asks for nothing", own: false };
    const { plan: left } = plan({ exclusions: [out], uplift: null });
    expect(left!.lines.map(({ payee: id }) => id)).toEqual(["ben"]);
    expect(left!.unreached.map(({ project }) => project)).toEqual(["pkg:npm/tool"]);
    const gamma = left!.lines[0]!.projects.find(({ project }) => project === "pkg:npm/gamma")!.share;
    const shared = plan().plan!.lines.find(({ payee: id }) => id === "ben")!.projects;
    expect(gamma).toBeGreaterThan(2 * shared.find(({ project }) => project === "pkg:npm/gamma")!.share - 1e-9);
  });

  test("pins are exact, and pins of whoever is left out or unknown are said to change nothing", () => {
    expect(amounts({ pins: { ben: 12_300 } }).ben).toBe(12_300);
    const { problems } = plan({ pins: { stranger: 100 } });
    expect(problems.map(({ about }) => about)).toEqual(["stranger"]);
  });

  test("what is in no lockfile is added with a weight or an amount, and can be paid where its address says", () => {
    const added = [
      { id: "added:1", name: "A sample tool", url: "https://opencollective.com/sample", points: 2, cents: null },
      { id: "added:2", name: "A sample fund", url: "", points: 0, cents: 5_000 },
    ];
    const { plan: with2 } = plan({ added });
    const tool = with2!.lines.find(({ payee: id }) => id === "added:1")!;
    expect(tool.reasons[0]!.kind).toBe("added");
    expect(tool.channels[0]).toMatchObject({ rail: "open_collective", key: "sample" });
    expect(with2!.lines.find(({ payee: id }) => id === "added:2")).toMatchObject({ cents: 5_000, bound: "pin" });
  });

  test("a rail has a minimum of its own", () => {
    const { plan: least } = plan({ railMinimums: { github_sponsors: 99_000 }, uplift: null });
    expect(least!.lines.every(({ cents }) => cents >= 99_000)).toBe(true);
  });

  test("funds get what cannot be paid, and the sums say so", () => {
    const { plan: funded } = plan({
      uplift: 1,
      fallback: [{ id: "fund:1", name: "A sample fund", url: "", weight: 1 }],
    });
    expect(funded!.held.cents).toBeGreaterThan(0);
    expect(planSums(funded!)).toEqual({ paidCents: 100_000, heldCents: 0 });
  });

  test("strategies are compared over the same graph, additions and exclusions", () => {
    const { comparison } = planner(source).compare({ ...usual, uplift: null });
    expect(comparison!.strategies).toHaveLength(6);
    for (const { paidCents, heldCents } of comparison!.strategies) expect(paidCents + heldCents).toBe(100_000);
  });
});

test("any settings pay and hold exactly the budget, and every receipt adds up to its amount", () => {
  const some = fc.record({
    budgetCents: fc.integer({ min: 1, max: 5_000_000 }),
    depth: fc.constantFrom("direct-first", "balanced", "deep"),
    multipliers: fc.dictionary(fc.constantFrom("ann", "ben", "pkg:npm/leaf"), fc.constantFrom(0, 0.5, 1, 2, 5)),
    repositoryWeights: fc.dictionary(
      fc.constantFrom("web/package-lock.json", "api/package-lock.json"),
      fc.integer({ min: 0, max: 5 }),
    ),
    minimumCents: fc.integer({ min: 0, max: 20_000 }),
    capShare: fc.constantFrom(0.1, 0.5, 1),
    maxPayees: fc.constantFrom(null, 0, 1, 3),
    wholeDollars: fc.boolean(),
    uplift: fc.constantFrom(1, 2, null),
    exclusions: fc
      .subarray(["ann", "ben", "pkg:npm/tool"])
      .map((ids) => ids.map((id) => ({ id, name: id, reason: "a sample", own: false }))),
  });
  const plans = planner(source);
  fc.assert(
    fc.property(some, (changes) => {
      const { plan: made } = plans.plan({ ...usual, ...(changes as Partial<PlanInputs>) });
      const paid = made!.lines.reduce((sum, { cents }) => sum + cents, 0);
      expect(paid + made!.held.cents).toBe(changes.budgetCents);
      for (const { cents, receipt } of made!.lines) {
        expect(receipt.steps.reduce((sum, step) => sum + step.cents, 0)).toBe(cents);
        if (changes.wholeDollars) expect(cents % 100).toBe(0);
      }
    }),
    { numRuns: 1_000 },
  );
});
