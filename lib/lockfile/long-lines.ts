import { MAX_LINE_LENGTH } from "./limits.ts";

const NEWLINE = 10;
const QUOTE = 34;

/**
 * Answers the 1-based line that is longer than any line of a lockfile, or undefined. JSON and XML may stand on one line;
 * there it is a single value or name that must not be so long.
 *
 * Looks for one line end (or one quote) in every stretch of the limit's length, from its end backwards, so that an
 * ordinary file costs a few looks. Works on bytes as well, so that a hostile file need not be decoded first.
 */
export function tooLongLine(content: string | Uint8Array): number | undefined {
  if (content.length <= MAX_LINE_LENGTH) return undefined;
  const hasQuotes = /^[^!-~]*[{[<]/.test(startOf(content));
  for (let at = 0; content.length - at > MAX_LINE_LENGTH; ) {
    const step = Math.max(
      lastIndexIn(content, NEWLINE, at + 1, at + MAX_LINE_LENGTH),
      hasQuotes ? lastIndexIn(content, QUOTE, at + 1, at + MAX_LINE_LENGTH) : -1,
    );
    if (step < 0) return 1 + linesBefore(content, at + 1);
    at += step + 1;
  }
  return undefined;
}

function startOf(content: string | Uint8Array): string {
  return typeof content === "string" ? content.slice(0, 64) : String.fromCharCode(...content.subarray(0, 64));
}

function lastIndexIn(content: string | Uint8Array, code: number, from: number, to: number): number {
  if (typeof content === "string") return content.slice(from, to).lastIndexOf(String.fromCharCode(code));
  return content.subarray(from, to).lastIndexOf(code);
}

function linesBefore(content: string | Uint8Array, end: number): number {
  let lines = 0;
  for (let at = 0; at < end; at++) {
    const code = typeof content === "string" ? content.charCodeAt(at) : content[at];
    if (code === NEWLINE) lines++;
  }
  return lines;
}
