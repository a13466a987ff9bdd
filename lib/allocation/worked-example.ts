import type { MoneySettings, PayeeInput, ProjectPayees, RepositoryInput } from "./types.ts";

/**
 * The worked example of the methodology page, small enough to be checked with a pencil: a sample company with two
 * repositories, five projects and $10,000. Names are made up. `expected` is worked out by hand, never by the code, and a test runs
 * the code against it, so the page shows exactly what is executed.
 */

const npm = (name: string): string => `pkg:npm/${name}@1.0.0`;
const direct = (name: string, scope: "runtime" | "development" = "runtime") => ({
  purl: npm(name),
  depth: "direct" as const,
  scope,
});
const beneath = (name: string) => ({ purl: npm(name), depth: "transitive" as const, scope: "runtime" as const });

/** The sample company's two repositories. The router project is four packages; the others are one each. */
export const EXAMPLE_REPOSITORIES: readonly RepositoryInput[] = [
  {
    id: "web-shop",
    name: "web-shop",
    weight: 1,
    packages: [
      direct("router"),
      direct("router-core"),
      direct("router-dom"),
      direct("router-server"),
      direct("forms"),
      direct("dates", "development"),
      beneath("strings"),
      beneath("colors"),
    ],
    edges: [
      [0, 1],
      [0, 6],
      [2, 7],
      [4, 6],
      [6, 7],
    ],
  },
  {
    id: "back-office",
    name: "back-office",
    weight: 1,
    packages: [direct("forms"), direct("dates", "development"), beneath("strings"), beneath("colors")],
    edges: [
      [0, 2],
      [2, 3],
    ],
  },
];

/** Says which project a package of the example is made in. */
export function exampleProjectOf(packagePurl: string): string {
  const name = packagePurl.slice("pkg:npm/".length);
  return name.startsWith("router") ? "router" : name;
}

/** Who can be paid for the projects of the example. Nobody is known for `dates`. */
export const EXAMPLE_PAYEES_OF: Readonly<Record<string, ProjectPayees | null>> = {
  router: [{ payee: "router-collective", weight: 1 }],
  forms: [
    { payee: "forms-maintainer-one", weight: 1 },
    { payee: "forms-maintainer-two", weight: 1 },
  ],
  strings: [{ payee: "small-tools-author", weight: 1 }],
  colors: [{ payee: "small-tools-author", weight: 1 }],
  dates: null,
};

/** How the example's payees are called. */
export const EXAMPLE_PAYEES: readonly PayeeInput[] = [
  { id: "router-collective", name: "The router collective" },
  { id: "forms-maintainer-one", name: "First maintainer of forms" },
  { id: "forms-maintainer-two", name: "Second maintainer of forms" },
  { id: "small-tools-author", name: "Author of strings and colors" },
];

/** Defaults, but for a cap of 30 %: with a tenth of the budget for each of four payees nothing else would show. */
export const EXAMPLE_SETTINGS: MoneySettings = { budgetCents: 1_000_000, period: "2026", capShare: 0.3 };

/** Every intermediate figure, by hand. */
export const EXAMPLE_EXPECTED = {
  /** Four router packages count √4 = 2; a development tool counts half in each repository. */
  points: [
    { repository: "web-shop", project: "router", points: 2 },
    { repository: "web-shop", project: "forms", points: 1 },
    { repository: "back-office", project: "forms", points: 1 },
    { repository: "web-shop", project: "dates", points: 0.5 },
    { repository: "back-office", project: "dates", points: 0.5 },
  ],
  /**
   * Five points in all. `start` is the part of the points; `passRate` is 10 % per project it depends on; `received` adds what others
   * passed on; `kept` is the entitlement.
   */
  projects: [
    { project: "router", dependsOn: ["colors", "strings"], start: 0.4, received: 0.4, passRate: 0.2, kept: 0.32 },
    { project: "forms", dependsOn: ["strings"], start: 0.4, received: 0.4, passRate: 0.1, kept: 0.36 },
    { project: "dates", dependsOn: [], start: 0.2, received: 0.2, passRate: 0, kept: 0.2 },
    { project: "strings", dependsOn: ["colors"], start: 0, received: 0.08, passRate: 0.1, kept: 0.072 },
    { project: "colors", dependsOn: [], start: 0, received: 0.048, passRate: 0, kept: 0.048 },
  ],
  /** What flows from project to project, as a part of the whole. */
  flows: [
    { from: "forms", to: "strings", share: 0.04 },
    { from: "router", to: "colors", share: 0.04 },
    { from: "router", to: "strings", share: 0.04 },
    { from: "strings", to: "colors", share: 0.008 },
  ],
  /**
   * Nobody is known for dates, so 80 % of the entitlement has a payee. At a common rate of 10,000 / 0.8 the router collective would
   * get $4,000; the cap leaves it $3,000. The other $7,000 over 0.48 is a rate of 14,583⅓.
   */
  lines: [
    { payee: "router-collective", share: 0.32, entitledCents: 320_000, cents: 300_000, bound: "cap" },
    { payee: "forms-maintainer-one", share: 0.18, entitledCents: 180_000, cents: 262_500, bound: null },
    { payee: "forms-maintainer-two", share: 0.18, entitledCents: 180_000, cents: 262_500, bound: null },
    { payee: "small-tools-author", share: 0.12, entitledCents: 120_000, cents: 175_000, bound: null },
  ],
  heldCents: 0,
  /** The last line's receipt: its entitlement by where it comes from, then what the common rate adds. */
  receipt: {
    payee: "small-tools-author",
    steps: [
      { from: "router", cents: 76_000 },
      { from: "forms", cents: 36_000 },
      { from: "strings", cents: 8_000 },
      { rate: 55_000 },
    ],
  },
  /** The same with an uplift of 1: everybody gets their entitlement, up to the cap, and the rest is held. */
  withoutUplift: {
    lines: [
      { payee: "router-collective", cents: 300_000 },
      { payee: "forms-maintainer-one", cents: 180_000 },
      { payee: "forms-maintainer-two", cents: 180_000 },
      { payee: "small-tools-author", cents: 120_000 },
    ],
    held: { cents: 220_000, unreached: 200_000, capped: 20_000 },
  },
} as const;
