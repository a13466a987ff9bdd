import type { Provenance } from "../funding/types.ts";
import { SOURCE_LABELS } from "../funding/types.ts";
import { displayName } from "../purl.ts";
import { projectName } from "./project-name.ts";

/** Where and when something was learned, put together for one line of a page. */
export type Learned = {
  /** "GitHub", or the file's name. */
  label: string;
  /** Whose statements, as people write them, sorted. */
  subjects: string[];
  /** The oldest day among them. */
  on: string;
  /** The address to see it at, where all of them share one. */
  url: string | null;
  /** Learned more than 30 days ago: being asked for again. */
  isOld: boolean;
};

const OLD_AFTER_DAYS = 30;

/**
 * Puts provenance together by who said it, files first and then as the alphabet has it.
 *
 * @param today  the day it is for the reader
 * @example learnedFrom([{ source: "github", where: "https://github.com/a/b", subject: "github.com/a/b", learnedAt: "2026-11-01T…" }], "2026-11-21")
 * // → [{ label: "GitHub", subjects: ["a/b"], on: "2026-11-01", url: "https://github.com/a/b", isOld: false }]
 */
export function learnedFrom(provenance: readonly Provenance[], today: string): Learned[] {
  const groups = new Map<string, { label: string; subjects: Set<string>; urls: Set<string>; on: string }>();
  for (const { source, where, subject, learnedAt } of provenance) {
    const isFile = source === "lockfile";
    const label = isFile ? where : SOURCE_LABELS[source];
    const key = `${isFile ? 0 : 1} ${label}`;
    const group = groups.get(key) ?? { label, subjects: new Set(), urls: new Set(), on: learnedAt.slice(0, 10) };
    groups.set(key, group);
    group.subjects.add(subject.startsWith("pkg:") ? displayName(subject) : projectName(subject));
    if (where.startsWith("https://")) group.urls.add(where);
    if (learnedAt.slice(0, 10) < group.on) group.on = learnedAt.slice(0, 10);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { label, subjects, urls, on }]) => ({
      label,
      subjects: [...subjects].sort(),
      on,
      url: urls.size === 1 ? [...urls][0]! : null,
      isOld: isOlder(on, today),
    }));
}

/** Tells whether a day or moment is more than 30 days before a day. */
export function isOlder(learnedAt: string, today: string): boolean {
  return Date.parse(today.slice(0, 10)) - Date.parse(learnedAt.slice(0, 10)) > OLD_AFTER_DAYS * 86_400_000;
}
