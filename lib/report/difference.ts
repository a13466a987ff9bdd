import type { PublishedLine, ReportBody } from "./body.ts";
import { canonicalJson, type Json } from "./canonical.ts";

/** One figure or text that a correction changed; amounts in cents, developers in hundredths. */
export type ChangedFigure = { name: FigureName; before: number | string | null; after: number | string | null };

const FIGURES = [
  "paidCents",
  "fteHundredths",
  "perDeveloperCents",
  "headcountBasis",
  "pledgedCentsEach",
  "pledgedCapCents",
  "statement",
  "headcountNote",
  "methodVersion",
  "rulesVersion",
] as const;

/** The figures and texts that are compared. */
export type FigureName = (typeof FIGURES)[number];

/** What a correction changed: figures, and lines that came or went. A line that was amended went and came. */
export type Difference = { figures: ChangedFigure[]; added: PublishedLine[]; removed: PublishedLine[] };

/**
 * Says what differs between a publication and its correction, so that a reader need not compare two tables.
 *
 * Lines have no names of their own in public: equal lines are matched one to one, what is left came or went.
 */
export function differenceOf(before: ReportBody, after: ReportBody): Difference {
  const figures = FIGURES.filter((name) => before[name] !== after[name]).map((name) => ({
    name,
    before: before[name] ?? null,
    after: after[name] ?? null,
  }));
  const open = new Map<string, PublishedLine[]>();
  for (const line of before.lines) {
    const same = open.get(keyOf(line));
    if (same) same.push(line);
    else open.set(keyOf(line), [line]);
  }
  const added = after.lines.filter((line) => !open.get(keyOf(line))?.pop());
  return { figures, added, removed: [...open.values()].flat() };
}

function keyOf(line: PublishedLine): string {
  return canonicalJson(line as unknown as Json);
}
