import fs from "node:fs";
import path from "node:path";
import type { Format, FormatReading, Package } from "../../lib/lockfile/types.ts";

const FIXTURES = path.resolve(import.meta.dirname, "../fixtures");

/** Where the real lockfiles are, when this checkout has them beside it. */
export const REAL_LOCKFILES = path.resolve(import.meta.dirname, "../../../shared/data/lockfiles");

/** Reads every file of a folder, by its path relative to the folder. */
export function filesOf(folder: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const entry of fs.readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    files.set(path.relative(folder, file).replaceAll(path.sep, "/"), fs.readFileSync(file, "utf8"));
  }
  return files;
}

/** Reads one file of `test/fixtures/<folder>` with a format; the folder's other files lie beside it. */
export async function readFixture(format: Format, folder: string, file: string): Promise<Told> {
  return readFolder(format, path.join(FIXTURES, folder), file);
}

/** Reads one file of any folder with a format; the folder's other files lie beside it. */
export async function readFolder(format: Format, folder: string, file: string): Promise<Told> {
  const beside = filesOf(folder);
  const text = beside.get(file);
  if (text === undefined) throw new Error(`${folder} has no ${file}`);
  beside.delete(file);
  return tell(await format.read(text, beside));
}

/** Reads a text with a format, and nothing beside it. */
export async function readText(format: Format, text: string, beside: Record<string, string> = {}): Promise<Told> {
  return tell(await format.read(text, new Map(Object.entries(beside))));
}

/** A reading in words that a test can compare. */
export type Told = {
  reading: FormatReading;
  purls: string[];
  /** `purl -> purl`, sorted. */
  edges: string[];
  /** Those of `edges` that are only peers. */
  peers: string[];
  /** Codes of warnings and fatal problems, in order; notes are left out. */
  troubles: string[];
  /** The package whose purl ends with the given text. */
  get: (end: string) => Package;
};

/** Puts a reading into words that a test can compare. */
export function tell(reading: FormatReading): Told {
  const purls = reading.packages.map((found) => found.purl);
  const named = ([from, to]: readonly [number, number]) => `${short(purls[from]!)} -> ${short(purls[to]!)}`;
  return {
    reading,
    purls,
    edges: reading.edges.map(named).sort(),
    peers: (reading.peers ?? []).map((at) => named(reading.edges[at]!)).sort(),
    troubles: reading.problems.filter(({ severity }) => severity !== "note").map(({ code }) => code),
    get: (end) => {
      const found = reading.packages.find(({ purl }) => purl.endsWith(end));
      if (!found) throw new Error(`no package ends with ${end} among ${purls.join(" ")}`);
      return found;
    },
  };
}

// pkg:cargo/serde@1.0.0 is serde@1.0.0
function short(purl: string): string {
  return purl.replace(/^pkg:[^/]+\//, "");
}
