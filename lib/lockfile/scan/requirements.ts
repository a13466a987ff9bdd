/** The lines of a requirements file, joined where a backslash says so and parted from options, hashes and comments. */
import { splitLines } from "../syntax/line-finder.ts";

/** One requirement or one `-r file`, the 1-based line where it begins, and who asked for it (`# via`). */
export type RequirementsLine = { text: string; line: number; via: string[]; editable: boolean; include?: string };

/** Answers the requirements of a file in order. Options that only say where to look are left out. */
export function scanRequirements(text: string): RequirementsLine[] {
  const found: RequirementsLine[] = [];
  let words: string[] = [];
  let start = 0;
  let current: RequirementsLine | undefined;
  let inVia = false;
  for (const [index, raw] of splitLines(text).entries()) {
    const line = raw.trim();
    const isComment = line.startsWith("#");
    if (isComment && words.length === 0) {
      // "# via a", or "# via" and then "#   a" on lines of their own
      const comment = line.slice(1).trim();
      if (!raw.startsWith(" ") || comment === "") inVia = false;
      else if (comment === "via" || comment.startsWith("via ")) inVia = true;
      if (inVia && current) for (const via of viasOf(comment.replace(/^via\b/, ""))) current.via.push(via);
      continue;
    }
    inVia = false;
    if (line === "" && words.length === 0) continue;
    if (words.length === 0) start = index + 1;
    // a comment ends a joined line: pip removes comments only after joining
    const goesOn = line.endsWith("\\") && !isComment;
    const part = goesOn ? line.slice(0, -1).trim() : line;
    if (!part.startsWith("--hash")) words.push(part);
    if (goesOn) continue;
    current = lineOf(words.join(" "), start);
    words = [];
    if (current) found.push(current);
  }
  const last = words.length > 0 ? lineOf(words.join(" "), start) : undefined;
  if (last) found.push(last);
  return found;
}

function lineOf(joined: string, line: number): RequirementsLine | undefined {
  const hash = joined.startsWith("#") ? 0 : joined.search(/\s#/);
  const text = (hash < 0 ? joined : joined.slice(0, hash)).trim();
  const comment = hash < 0 ? "" : joined.slice(hash).replace(/^[\s#]+/, "");
  if (text === "") return undefined;
  const via = /^via\b/.test(comment) ? viasOf(comment.slice(3)) : [];
  const [, include] = /^(?:-r|--requirement)[\s=]*(\S.*)$/.exec(text) ?? [];
  if (include !== undefined) return { text, line, via, editable: false, include };
  const [, editable] = /^(?:-e|--editable)[\s=]*(\S.*)$/.exec(text) ?? [];
  if (editable === undefined && text.startsWith("-")) return undefined;
  // options of one requirement stand behind it: "a==1 --hash=… --config-settings=…"
  const bare = (editable ?? text).replace(/\s--[a-z].*$/s, "").trim();
  return { text: bare, line, via, editable: editable !== undefined };
}

function viasOf(words: string): string[] {
  return words
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
}
