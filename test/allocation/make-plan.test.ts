import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stepSentence, topReasons } from "../../lib/allocation/explain.ts";
import { METHOD_VERSION, makePlan, type Plan, type PlanInput } from "../../lib/allocation/make-plan.ts";
import type { PayeeInput, ProjectPayees } from "../../lib/allocation/types.ts";
import { THOUSAND } from "./graphs.ts";
import { packageCases, repositoryOf } from "./packages.ts";

const BUDGET = { budgetCents: 1_000_000, period: "2026" };

/** Random companies: two repositories, some projects without payees, some payees with several projects. */
const companies: fc.Arbitrary<PlanInput> = fc
  .tuple(
    packageCases,
    packageCases,
    fc.array(
      fc.array(fc.record({ payee: fc.constantFrom("ann", "ben", "cyd", "dee"), weight: fc.constantFrom(1, 2) }), {
        maxLength: 3,
      }),
      {
        minLength: 20,
        maxLength: 20,
      },
    ),
    fc.record({
      budgetCents: fc.integer({ min: 0, max: 5_000_000 }),
      depth: fc.constantFrom("direct-first" as const, "balanced" as const, "deep" as const),
      uplift: fc.constantFrom(1, 2, null),
      capShare: fc.constantFrom(0.1, 0.5, 1),
      excluded: fc.subarray(["project-1"]),
      multipliers: fc.constantFrom<Record<string, number>>({}, { "project-0": 3, "project-2": 0 }),
      quantumCents: fc.constantFrom(1, 100),
    }),
  )
  .map(([one, two, payees, settings]) => ({
    repositories: [repositoryOf(one, { id: "a", name: "A" }), repositoryOf(two, { id: "b", name: "B", weight: 2 })],
    projectOf: (purl) => one.projectOf.get(purl) ?? two.projectOf.get(purl) ?? purl,
    payeesOf: (project) => payees[Number(project.split("-").at(-1)) % 20] as ProjectPayees,
    settings: { ...settings, period: "2026", minimumCents: 1000 },
  }));

function made(input: PlanInput): Plan {
  const { plan, problems } = makePlan(input);
  expect(problems.filter(({ code }) => code !== "unknown-project")).toEqual([]);
  return plan!;
}

describe("a plan", () => {
  test("adds up: lines, held money and every receipt", () => {
    fc.assert(
      fc.property(companies, (input) => {
        const { lines, held, totals, budgetCents, paidByBand } = made(input);
        const paid = lines.reduce((sum, { cents }) => sum + cents, 0);
        expect(paid + held.cents).toBe(budgetCents);
        expect(totals.pinnedCents + totals.sharedCents).toBe(paid);
        expect(paidByBand.direct + paidByBand.second + paidByBand.deeper).toBe(paid);
        for (const { receipt, cents, upliftCents, entitledCents } of lines) {
          expect(receipt.steps.reduce((sum, step) => sum + step.cents, 0)).toBe(cents);
          expect(upliftCents).toBe(Math.max(0, cents - entitledCents));
          const { reasons, covered } = topReasons(receipt, 1000);
          expect(reasons.reduce((sum, reason) => sum + reason.cents, 0)).toBe(cents);
          expect(covered).toBeCloseTo(1, 9);
          const one = topReasons(receipt, 1);
          expect(one.others.count).toBe(reasons.length - one.reasons.length);
          expect(one.others.cents + one.reasons[0]!.cents).toBe(cents);
        }
      }),
      THOUSAND,
    );
  });

  test("counts every dollar once in the picture: what comes into the bands from the company is all of it", () => {
    fc.assert(
      fc.property(companies, (input) => {
        const { flows, totals } = made(input);
        const start = flows.between.filter(({ from }) => from === "company").reduce((sum, { share }) => sum + share, 0);
        const kept = flows.bands.reduce((sum, band) => sum + band.kept, 0);
        fc.pre(totals.projects > 0);
        expect(start).toBeCloseTo(1, 9);
        expect(kept).toBeCloseTo(1, 9);
        for (const { band, received } of flows.bands) {
          const into = flows.between.filter(({ to }) => to === band).reduce((sum, { share }) => sum + share, 0);
          expect(received).toBeCloseTo(into, 12);
        }
        expect(flows.bands.reduce((sum, band) => sum + band.projects, 0)).toBeGreaterThanOrEqual(totals.projects);
      }),
      THOUSAND,
    );
  });

  test("is the same, bit for bit, for any order of repositories, packages, edges and payees", () => {
    const shuffled = companies.chain((input) => {
      const shuffles = input.repositories.map(({ packages }) =>
        fc.shuffledSubarray([...packages.keys()], { minLength: packages.length }),
      );
      return fc.tuple(fc.constant(input), ...shuffles);
    });
    fc.assert(
      fc.property(shuffled, ([input, ...orders]) => {
        const repositories = input.repositories
          .map((repository, r) => {
            const order = orders[r] as number[];
            const place = new Map(order.map((was, now) => [was, now]));
            return {
              ...repository,
              packages: order.map((was) => repository.packages[was]!),
              edges: [...repository.edges].reverse().map(([a, b]) => [place.get(a)!, place.get(b)!] as const),
            };
          })
          .reverse();
        const payeesOf = (project: string) => [...(input.payeesOf(project) ?? [])].reverse();
        expect(JSON.stringify(makePlan({ ...input, repositories, payeesOf }))).toBe(JSON.stringify(makePlan(input)));
      }),
      THOUSAND,
    );
  });
});

const shop = repositoryOf({
  packages: [
    { purl: "pkg:npm/router@1.0.0", depth: "direct", scope: "runtime" },
    { purl: "pkg:npm/bundler@2.0.0", depth: "direct", scope: "development" },
    { purl: "pkg:npm/strings@1.0.0", depth: "transitive", scope: "runtime" },
    { purl: "pkg:npm/strings@2.0.0", depth: "transitive", scope: "runtime" },
  ],
  edges: [
    [0, 2],
    [1, 3],
    [0, 3],
  ],
});
const own = (project: string): ProjectPayees => [{ payee: `of ${project}`, weight: 1 }];
const input = (settings: Partial<PlanInput["settings"]> = {}, more: Partial<PlanInput> = {}): PlanInput => ({
  repositories: [shop],
  projectOf: (purl) => purl.slice("pkg:npm/".length),
  payeesOf: own,
  settings: { ...BUDGET, capShare: 1, ...settings },
  ...more,
});
const paid = (plan: Plan): Record<string, number> =>
  Object.fromEntries(plan.lines.map(({ payee, cents }) => [payee, cents]));

describe("makePlan", () => {
  test("says by which method it was made", () => {
    expect(made(input()).methodVersion).toBe(METHOD_VERSION);
  });

  test("counts two versions of a package once, and a development tool half", () => {
    // points 1 and 0.5; both pass a tenth on to strings
    expect(paid(made(input()))).toEqual({ "of router": 600_000, "of bundler": 300_000, "of strings": 100_000 });
  });

  test("gives the money of an excluded project to what it depends on", () => {
    expect(paid(made(input({ excluded: ["router"] })))).toEqual({ "of bundler": 300_000, "of strings": 700_000 });
  });

  test("counts what first-party packages depend on as listed directly, and first-party packages not at all", () => {
    const workspace = repositoryOf({
      packages: [
        { purl: "pkg:npm/our-app@1.0.0", depth: "unknown", scope: "runtime", firstParty: true },
        { purl: "pkg:npm/router@1.0.0", depth: "unknown", scope: "runtime" },
      ],
      edges: [[0, 1]],
    });
    const plan = made(input({}, { repositories: [workspace] }));
    expect(paid(plan)).toEqual({ "of router": 1_000_000 });
    expect(plan.assumedDirect).toEqual([]);
  });

  test("where a file does not say what is direct, takes what nothing depends on, and says so", () => {
    const flat = repositoryOf({
      packages: shop.packages.map((found) => ({ ...found, depth: "unknown" as const, scope: "unknown" as const })),
      edges: [...shop.edges] as [number, number][],
    });
    const plan = made(input({}, { repositories: [flat] }));
    expect(plan.assumedDirect).toEqual(["shop"]);
    expect(paid(plan)).toEqual({ "of router": 450_000, "of bundler": 450_000, "of strings": 100_000 });
  });

  test("takes in what is in no lockfile, by points or by a pin", () => {
    const plan = made(
      input({ pins: { "a foundation": 100_000 } }, { additions: [{ project: "the database", points: 1.5 }] }),
    );
    // of 900,000: half to the database, a third and a sixth to what the shop lists, less the tenth that flows on
    expect(paid(plan)).toEqual({
      "a foundation": 100_000,
      "of the database": 450_000,
      "of router": 270_000,
      "of bundler": 135_000,
      "of strings": 45_000,
    });
    const { reasons } = plan.lines.find(({ payee }) => payee === "of the database")!;
    expect(reasons.map((reason) => stepSentence(reason, (name) => name))).toEqual(["added by hand: $4,500.00"]);
  });

  test("puts the reasons into words", () => {
    const strings = made(input()).lines.find(({ payee }) => payee === "of strings")!;
    expect(strings.reasons.map((reason) => stepSentence(reason, (name) => name.toUpperCase()))).toEqual([
      "passed on by ROUTER: $666.67",
      "passed on by BUNDLER: $333.33",
    ]);
    expect(strings.reasonsCover).toBeCloseTo(1, 12);
  });

  test("counts a payee who cannot be paid as unreached, and names the project", () => {
    const payees: PayeeInput[] = [{ id: "of router", name: "Router", payable: false }];
    const plan = made(input({ uplift: 1 }, { payees }));
    expect(plan.unreached).toEqual([{ project: "router", share: expect.closeTo(0.6, 12), entitledCents: 600_000 }]);
    expect(plan.held).toMatchObject({ cents: 600_000, unreached: 600_000 });
    expect(plan.totals.reach).toBeCloseTo(0.4, 12);
  });

  test("gives held money to the fallback funds that were named, by weight", () => {
    const fallback = [
      { payee: "fund two", weight: 1 },
      { payee: "fund one", weight: 2 },
    ];
    const plan = made(input({ uplift: 1, fallback, quantumCents: 100 }, { payeesOf: () => null }));
    expect(plan.fallback).toEqual([
      { payee: "fund one", name: "fund one", cents: 666_700 },
      { payee: "fund two", name: "fund two", cents: 333_300 },
    ]);
    expect(plan.held.cents).toBe(1_000_000);
  });

  test("holds the whole budget when there is nothing to pay for", () => {
    const plan = made(input({}, { repositories: [] }));
    expect(plan.lines).toEqual([]);
    expect(plan.held).toMatchObject({ cents: 1_000_000, unreached: 1_000_000 });
  });

  test("a payee of many small projects becomes payable by their sum", () => {
    const many = repositoryOf({
      packages: [
        { purl: "pkg:npm/framework@1.0.0", depth: "direct", scope: "runtime" },
        ...Array.from({ length: 50 }, (_, i) => ({
          purl: `pkg:npm/tiny-${i}@1.0.0`,
          depth: "transitive" as const,
          scope: "runtime" as const,
        })),
      ],
      edges: Array.from({ length: 50 }, (_, i): [number, number] => [0, i + 1]),
    });
    const payeesOf = (project: string) => [{ payee: project === "framework" ? "framework" : "tiny author", weight: 1 }];
    // each of the fifty alone is entitled to $1, a tenth of the smallest payment
    const settings = { budgetCents: 10_000, capShare: 1 };
    expect(paid(made(input(settings, { repositories: [many], payeesOf })))).toEqual({
      framework: 5000,
      "tiny author": 5000,
    });
    expect(Object.keys(paid(made(input(settings, { repositories: [many] }))))).toEqual(["of framework"]);
  });

  test.each([
    ["pins above the budget", { pins: { a: 2_000_000 } }, "pins-above-budget", false],
    ["a negative multiplier", { multipliers: { router: -1 } }, "bad-number", false],
    ["a multiplier that is no number", { multipliers: { router: Number.NaN } }, "bad-number", false],
    ["more depth than there is", { depth: { perDependency: 0.1, most: 1 } }, "bad-number", false],
    ["a fallback with a negative weight", { fallback: [{ payee: "fund", weight: -1 }] }, "bad-number", false],
    ["an exclusion of nothing", { excluded: ["no such project"] }, "unknown-project", true],
    ["a floor for nobody", { floors: { nobody: 100 } }, "unknown-payee", true],
  ])("answers %s with a sentence", (_, settings, code, stillPlans) => {
    const { plan, problems } = makePlan(input(settings));
    expect(problems.map((problem) => problem.code)).toEqual([code]);
    expect(problems[0]!.message).toMatch(/^[A-Za-z].*\.$/);
    expect(plan !== null).toBe(stillPlans);
  });

  test("refuses a pin for a payee who cannot be paid", () => {
    const { plan, problems } = makePlan(
      input({ pins: { "of router": 100 } }, { payees: [{ id: "of router", name: "Router", payable: false }] }),
    );
    expect(plan).toBeNull();
    expect(problems).toEqual([
      { code: "pin-not-payable", message: "Router is pinned but cannot be paid.", about: "of router" },
    ]);
  });

  test("packages called __proto__ and constructor are packages like any other", () => {
    const odd = repositoryOf({
      packages: ["__proto__", "constructor", "toString"].map((name) => ({
        purl: `pkg:npm/${name}@1.0.0`,
        depth: "direct" as const,
        scope: "runtime" as const,
      })),
      edges: [[0, 1]],
    });
    const settings = { multipliers: JSON.parse('{"__proto__": 2}') as Record<string, number> };
    const plan = made(input(settings, { repositories: [odd] }));
    expect(plan.lines.map(({ payee }) => payee).sort()).toEqual(["of __proto__", "of constructor", "of toString"]);
    expect(plan.lines[0]!.payee).toBe("of __proto__");
  });
});
