import { FORMATS } from "./formats.ts";
import type { Format } from "./types.ts";

/** Characters of a file's start that are shown to `looksLike`. */
export const HEAD_LENGTH = 4096;

/** What a file is: told by its name, guessed by its shape, or neither. */
export type Detection = { format: Format; by: "name" | "shape" } | null;

/**
 * Tells which format a file is, by its name and, where several formats share the name or none has it, by its shape.
 *
 * @param file name or path; folders matter only to formats whose file names have them (`.github/workflows/*.yml`)
 * @param head the first characters of its text
 */
export function detectFormat(file: string, head: string): Detection {
  const start = head.slice(0, HEAD_LENGTH);
  const named = formatsByName(file);
  const format = named.find((candidate) => candidate.looksLike?.(start)) ?? named[0];
  if (format) return { format, by: "name" };
  const shaped = FORMATS.find((candidate) => candidate.looksLike?.(start));
  return shaped ? { format: shaped, by: "shape" } : null;
}

/** Answers the formats that claim a file's name, in the order of the list. */
export function formatsByName(file: string): Format[] {
  const path = file.replaceAll("\\", "/").toLowerCase();
  const name = path.slice(path.lastIndexOf("/") + 1);
  return FORMATS.filter(({ files }) => files.some((glob) => matchesPath(path, name, glob.toLowerCase())));
}

/**
 * Tells whether a path ends in a file name as formats write them: without case, `*` for any run of characters.
 *
 * @example matchesName("app/Requirements-dev.txt", "requirements*.txt") // → true
 */
export function matchesName(file: string, glob: string): boolean {
  const path = file.replaceAll("\\", "/").toLowerCase();
  return matchesPath(path, path.slice(path.lastIndexOf("/") + 1), glob.toLowerCase());
}

function matchesPath(path: string, name: string, glob: string): boolean {
  if (!glob.includes("/")) return glob.includes("*") ? matchesPart(name, glob) : name === glob;
  const globs = glob.split("/");
  const names = path.split("/").slice(-globs.length);
  return names.length === globs.length && globs.every((part, at) => matchesPart(names[at]!, part));
}

function matchesPart(name: string, glob: string): boolean {
  const [start, ...rest] = glob.split("*");
  const end = rest.pop();
  if (end === undefined) return name === start;
  if (!name.startsWith(start!) || !name.endsWith(end) || name.length < start!.length + end.length) return false;
  let from = start!.length;
  for (const middle of rest) {
    const at = name.indexOf(middle, from);
    if (at < 0 || at + middle.length > name.length - end.length) return false;
    from = at + middle.length;
  }
  return true;
}
