import { decodeText } from "./decode.ts";
import { detectFormat, formatsByName } from "./detect-format.ts";
import { FORMATS } from "./formats.ts";
import { LimitReached, MAX_BYTES, MAX_LINE_LENGTH } from "./limits.ts";
import { tooLongLine } from "./long-lines.ts";
import { lineAt } from "./syntax/lines.ts";
import type { Beside, FormatReading, Problem, ProblemCode, Reading } from "./types.ts";

const NOTHING_BESIDE: Beside = new Map();

/**
 * Reads one lockfile: what it lists, how it hangs together, and every problem met on the way.
 *
 * Never throws, and never answers no packages without a problem that says why. A problem of severity `fatal` means that
 * the answer must not be used. Runs in a browser's worker as it does in Node.
 *
 * @param file name or path, as the person knows it; the name tells the format
 * @param bytes the file's bytes, or its text where that is at hand
 * @param beside texts of manifests that lie with it, by path relative to its folder: `packages/a/package.json`
 */
export async function readLockfile(
  file: string,
  bytes: Uint8Array | string,
  beside: Beside = NOTHING_BESIDE,
): Promise<Reading> {
  if (bytes.length > MAX_BYTES) {
    const limit = `${Math.round(MAX_BYTES / 1024 / 1024)} MB`;
    return unread(file, null, "too-large", `The file is larger than ${limit}; no lockfile we know comes near that.`);
  }
  const longLine = tooLongLine(bytes);
  if (longLine) {
    const limit = MAX_LINE_LENGTH.toLocaleString("en");
    const named = formatsByName(file)[0]?.name ?? null;
    return unread(
      file,
      named,
      "too-large",
      `A line or value of the file is longer than ${limit} characters.`,
      longLine,
    );
  }
  const text = typeof bytes === "string" ? withoutMark(bytes) : (binaryLockText(bytes) ?? decodeText(bytes));
  if (text === null) {
    return unread(file, null, "not-utf8", "The file is not text: its bytes are neither UTF-8 nor UTF-16.");
  }
  const detection = detectFormat(file, text);
  const name = detection?.format.name ?? null;
  if (!/\S/.test(text)) return unread(file, name, "empty-file", "The file is empty.");
  if (!detection) return unread(file, null, "unknown-format", unknownSentence(file));
  const conflict = conflictMarker(text);
  if (conflict)
    return unread(file, name, "syntax", "The file holds merge conflict markers; settle the conflict first.", conflict);
  const reading = await read(text, detection.format.read, beside);
  const problems = [...reading.problems];
  if (detection.by === "shape") {
    const message = `The file's name is unknown; by its shape it was read as ${detection.format.label}.`;
    problems.unshift({ code: "guessed-format", severity: "note", message });
  }
  if (reading.packages.every((found) => found.firstParty) && problems.every(({ code }) => code === "guessed-format")) {
    problems.push({
      code: "no-packages",
      severity: "note",
      message: "The file is well-formed and lists no dependency.",
    });
  }
  return { file, format: name, ...reading, problems };
}

/** Tells whether a reading must not be used: one of its problems is fatal. */
export function isFatal(reading: Pick<Reading, "problems">): boolean {
  return reading.problems.some(({ severity }) => severity === "fatal");
}

async function read(
  text: string,
  readText: (text: string, beside: Beside) => Promise<FormatReading> | FormatReading,
  beside: Beside,
): Promise<FormatReading> {
  try {
    return await readText(text, beside);
  } catch (error) {
    if (error instanceof LimitReached) return nothing("too-large", error.message);
    const reason = error instanceof Error ? error.message : String(error);
    return nothing("wrong-shape", `The file could not be read to its end (${reason}).`);
  }
}

function nothing(code: ProblemCode, message: string, line?: number): FormatReading {
  const problem: Problem = { code, severity: "fatal", message };
  if (line !== undefined) problem.line = line;
  return { packages: [], edges: [], problems: [problem] };
}

function unread(file: string, format: string | null, code: ProblemCode, message: string, line?: number): Reading {
  return { file, format, ...nothing(code, message, line) };
}

function withoutMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

// bun.lockb is a lockfile that is no text; all its reader needs to know is the line of text that it begins with
function binaryLockText(bytes: Uint8Array): string | null {
  for (let at = 0; at < BINARY_LOCK_START.length; at++) {
    if (bytes[at] !== BINARY_LOCK_START.charCodeAt(at)) return null;
  }
  return BINARY_LOCK_START;
}

/** The first line of bun.lockb, whose rest is binary. */
const BINARY_LOCK_START = "#!/usr/bin/env bun\n";

// git writes seven of these at the start of a line, and no lockfile has a line that begins so
function conflictMarker(text: string): number | undefined {
  for (let at = text.indexOf(MARKER_START); at >= 0; at = text.indexOf(MARKER_START, at + 1)) {
    if ((at === 0 || text[at - 1] === "\n") && text.startsWith("<<<<<<< ", at)) return lineAt(text, at);
  }
  return undefined;
}

// engines look for texts as short as this one four times as fast as for the whole mark
const MARKER_START = "<<<<<<";

function unknownSentence(file: string): string {
  const name = file.slice(file.lastIndexOf("/") + 1);
  const format = FORMATS.find(({ manifests }) => manifests?.includes(name));
  return format
    ? `${name} says what was wanted, not what was chosen; drop it together with ${format.files[0]}.`
    : "Neither the file's name nor its shape is one that Tributary knows.";
}
