import { z } from "zod";
import { METHOD_VERSION, type Plan, settlePlan, type Weighed, weigh } from "../allocation/make-plan.ts";
import { projectGraph } from "../allocation/project-graph.ts";
import type { AllocationProblem, MoneySettings, PayeeInput, ProjectPayees } from "../allocation/types.ts";
import { MAX_CENTS } from "../money.ts";

const cents = z.int().min(0).max(MAX_CENTS);
const share = z.number().min(0).max(1);
const id = z.string().min(1).max(500);

const project = z.strictObject({
  /** Unique name of the project. */
  id,
  /** Direct-use points: one number, or a number per repository. A project that nobody lists directly has none. */
  points: z.union([z.number().min(0), z.record(id, z.number().min(0))]).optional(),
  /** 1 unless said otherwise. */
  multiplier: z.number().min(0).max(1000).optional(),
  /** Keeps nothing and passes everything on. */
  excluded: z.boolean().optional(),
  /** Who can be paid, with weights of the split; left out or empty when nobody is known. */
  payees: z.array(z.strictObject({ payee: id, weight: z.number().positive().optional() })).optional(),
});

const payee = z.strictObject({
  id,
  name: z.string().optional(),
  payable: z.boolean().optional(),
  minimumCents: cents.optional(),
  pinCents: cents.optional(),
  floorCents: cents.optional(),
});

/** The document that `npm run plan -- INPUT.json` reads; unknown fields are refused, so that a typing error is not a default. */
export const planDocument = z.strictObject({
  budgetCents: cents,
  /** Seeds the order of ties. */
  period: z.string().min(1),
  depth: z
    .union([
      z.enum(["direct-first", "balanced", "deep"]),
      z.strictObject({ perDependency: share, most: z.number().min(0).max(0.95) }),
    ])
    .optional(),
  minimumCents: cents.optional(),
  capShare: share.optional(),
  capCents: cents.optional(),
  /** How many times its entitlement a payee may get; null for no such bound. */
  uplift: z.number().min(0).max(1_000_000).nullable().optional(),
  maxPayees: z.int().min(0).nullable().optional(),
  quantumCents: z.int().min(1).max(MAX_CENTS).optional(),
  projects: z.array(project).min(1),
  /** Pairs of project ids: the first depends on the second. */
  edges: z.array(z.tuple([id, id])),
  payees: z.array(payee).optional(),
  fallback: z.array(z.strictObject({ payee: id, weight: z.number().min(0).max(1_000_000) })).optional(),
});

/** A plan's input as a stranger writes it. */
export type PlanDocument = z.infer<typeof planDocument>;

/** What `npm run plan -- INPUT.json --json` prints. Field names are promised to scripts. */
export type PlanAnswer = {
  methodVersion: string;
  problems: AllocationProblem[];
  /** Every project with its share of the whole, in order of name. */
  entitlements: { project: string; share: number; received: number }[];
  plan: Omit<Plan, "methodVersion" | "flows"> | null;
};

/**
 * Reads the text of a plan document, or says in sentences what is wrong with it.
 *
 * @example readPlanDocument("{}") // → { document: null, mistakes: ["budgetCents: Invalid input: expected number, …", …] }
 */
export function readPlanDocument(text: string): { document: PlanDocument | null; mistakes: string[] } {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch (error) {
    return { document: null, mistakes: [`The input is not JSON: ${(error as Error).message}.`] };
  }
  const read = planDocument.safeParse(raw);
  if (!read.success) {
    const mistakes = read.error.issues.map(({ path, message }) => `${path.join(".") || "the document"}: ${message}.`);
    return { document: null, mistakes };
  }
  const mistakes = [...repeated(read.data.projects, "projects"), ...repeated(read.data.payees ?? [], "payees")];
  const known = new Set(read.data.projects.map((entry) => entry.id));
  read.data.edges.forEach((edge, i) => {
    for (const end of edge) if (!known.has(end)) mistakes.push(`edges.${i}: no project is called ${end}.`);
  });
  return mistakes.length > 0 ? { document: null, mistakes } : { document: read.data, mistakes };
}

function repeated(entries: readonly { id: string }[], where: string): string[] {
  const seen = new Set<string>();
  return entries.flatMap(({ id }, i) => {
    if (seen.has(id)) return [`${where}.${i}: ${id} is listed twice.`];
    seen.add(id);
    return [];
  });
}

/** Runs both halves of allocation on a document; `nameOf` of the result names projects and payees by their ids. */
export function answerPlan(document: PlanDocument): PlanAnswer {
  const graph = projectGraph({
    projects: document.projects.map((entry) => entry.id),
    direct: document.projects.flatMap((entry) => {
      if (entry.points === undefined) return [];
      const byRepository = typeof entry.points === "number" ? { repository: entry.points } : entry.points;
      return Object.entries(byRepository).map(([repository, points]) => ({ repository, project: entry.id, points }));
    }),
    edges: document.edges,
  });
  const split = new Map<string, ProjectPayees>();
  for (const entry of document.projects) {
    split.set(entry.id, entry.payees?.map(({ payee, weight }) => ({ payee, weight: weight ?? 1 })) ?? []);
  }
  const payees: PayeeInput[] = (document.payees ?? []).map(({ pinCents, floorCents, ...payee }) => payee);
  const { weighed, problems } = weigh(graph, (name) => split.get(name) ?? null, payees, {
    depth: document.depth,
    multipliers: asRecord(document.projects.map((entry) => [entry.id, entry.multiplier])),
    excluded: document.projects.filter((entry) => entry.excluded).map((entry) => entry.id),
  });
  if (!weighed) return { methodVersion: METHOD_VERSION, problems, entitlements: [], plan: null };
  const { projects: _projects, edges: _edges, payees: _payees, depth: _depth, ...rest } = document;
  const money: MoneySettings = {
    ...rest,
    pins: asRecord(document.payees?.map(({ id, pinCents }) => [id, pinCents])),
    floors: asRecord(document.payees?.map(({ id, floorCents }) => [id, floorCents])),
  };
  const settled = settlePlan(weighed, money);
  problems.push(...settled.problems);
  return { methodVersion: METHOD_VERSION, problems, entitlements: listed(weighed), plan: trimmed(settled.plan) };
}

function asRecord(entries: readonly (readonly [string, number | undefined])[] = []): Record<string, number> {
  // fromEntries defines own properties: a payee called __proto__ is a payee like any other
  return Object.fromEntries(entries.filter((entry): entry is [string, number] => entry[1] !== undefined));
}

function listed({ graph, book }: Weighed): PlanAnswer["entitlements"] {
  const { kept, received } = book.entitlements;
  return graph.projects.map((project, i) => ({ project, share: kept[i]!, received: received[i]! }));
}

function trimmed(plan: Plan | null): PlanAnswer["plan"] {
  if (!plan) return null;
  const { methodVersion: _, flows: __, ...rest } = plan;
  return rest;
}
