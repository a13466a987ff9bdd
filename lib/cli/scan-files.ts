import fs from "node:fs";
import path from "node:path";
import { decodeText } from "../lockfile/decode.ts";
import { formatsByName } from "../lockfile/detect-format.ts";
import { type FileGroup, groupFiles, isManifest } from "../lockfile/group-files.ts";
import { MAX_BYTES } from "../lockfile/limits.ts";
import { readLockfile } from "../lockfile/read-lockfile.ts";
import type { Problem, Reading } from "../lockfile/types.ts";

// folders that hold other people's files, or none that a person wrote
const SKIPPED_FOLDERS = new Set(["node_modules", ".git", ".hg", ".svn", ".venv", ".yarn"]);

/**
 * Reads lockfiles from disk, one after the other: files as named, and of folders every lockfile in and beneath them.
 *
 * A folder's manifests go with its lockfile, also where only the lockfile was named. A path that cannot be opened and a
 * folder without lockfiles are readings with a fatal problem, so that a script never takes silence for success.
 */
export async function* readPaths(paths: readonly string[]): AsyncGenerator<Reading> {
  const files: string[] = [];
  for (const given of paths) {
    const found = fs.statSync(given, { throwIfNoEntry: false });
    if (!found) yield unread(given, "unreadable-file", "There is no such file or folder.");
    else if (!found.isDirectory()) files.push(given, ...manifestsBeside(given));
    else {
      const inside = filesBeneath(given);
      files.push(...inside);
      if (inside.length === 0)
        yield unread(given, "unknown-format", "There is no lockfile in this folder or beneath it.");
    }
  }
  for (const group of groupFiles(files)) yield await readGroup(group);
}

/**
 * Finds what a scan of these paths would send: every lockfile and the manifests beside it, as texts. Files that cannot be
 * read as text or are too large are left out, and named.
 */
export function textsOf(paths: readonly string[]): { files: { path: string; text: string }[]; left: string[] } {
  const files = new Map<string, string>();
  const left: string[] = [];
  const named = paths.flatMap((given) => {
    const found = fs.statSync(given, { throwIfNoEntry: false });
    if (!found) left.push(given);
    if (!found?.isDirectory()) return found ? [given, ...manifestsBeside(given)] : [];
    const inside = filesBeneath(given);
    if (inside.length === 0) left.push(given);
    return inside;
  });
  for (const file of named) {
    const bytes = readStart(file);
    const text = bytes.length <= MAX_BYTES ? decodeText(bytes) : null;
    if (text === null) left.push(file);
    else files.set(file, text);
  }
  return { files: [...files].map(([file, text]) => ({ path: file.replaceAll("\\", "/"), text })), left };
}

async function readGroup({ lockfile, beside, supersededBy }: FileGroup): Promise<Reading> {
  if (supersededBy !== undefined) {
    return unread(
      lockfile,
      "superseded",
      `npm uses ${supersededBy} and ignores this file, so it was not counted.`,
      "note",
    );
  }
  try {
    const manifests = new Map<string, string>();
    for (const [near, file] of beside) {
      const text = decodeText(readStart(file));
      if (text !== null) manifests.set(near, text);
    }
    return await readLockfile(lockfile, readStart(lockfile), manifests);
  } catch (error) {
    return unread(
      lockfile,
      "unreadable-file",
      `The file could not be opened (${(error as NodeJS.ErrnoException).code}).`,
    );
  }
}

// no more than it takes to see that a file is too large
function readStart(file: string): Uint8Array {
  if (fs.statSync(file).size <= MAX_BYTES) return fs.readFileSync(file);
  const bytes = new Uint8Array(MAX_BYTES + 1);
  const handle = fs.openSync(file, "r");
  try {
    return bytes.subarray(0, fs.readSync(handle, bytes));
  } finally {
    fs.closeSync(handle);
  }
}

function manifestsBeside(file: string): string[] {
  const wanted = formatsByName(file).some(({ manifests }) => manifests !== undefined);
  if (!wanted) return [];
  const folder = path.dirname(file);
  const names = fs.readdirSync(folder, { withFileTypes: true });
  return names
    .filter(
      (entry) => entry.isFile() && isManifest(entry.name) && formatsByName(path.join(folder, entry.name)).length === 0,
    )
    .map((entry) => path.join(folder, entry.name))
    .filter((near) => path.resolve(near) !== path.resolve(file));
}

// lockfiles and manifests in a folder, in the order of their paths
function filesBeneath(folder: string): string[] {
  const found: string[] = [];
  const open = [folder];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (const entry of fs.readdirSync(at, { withFileTypes: true })) {
      const file = path.join(at, entry.name);
      if (entry.isDirectory() && !SKIPPED_FOLDERS.has(entry.name)) open.push(file);
      else if (entry.isFile() && (formatsByName(file).length > 0 || isManifest(file))) found.push(file);
    }
  }
  found.sort();
  // manifests alone are no lockfile: the folder has none
  return found.some((file) => formatsByName(file).length > 0) ? found : [];
}

function unread(
  file: string,
  code: Problem["code"],
  message: string,
  severity: Problem["severity"] = "fatal",
): Reading {
  const format = formatsByName(file)[0]?.name ?? null;
  return { file, format, packages: [], edges: [], problems: [{ code, severity, message }] };
}
