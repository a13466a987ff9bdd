import { decodeText } from "../lockfile/decode.ts";
import { groupFiles } from "../lockfile/group-files.ts";
import { readLockfile } from "../lockfile/read-lockfile.ts";
import type { Reading } from "../lockfile/types.ts";

/**
 * Reads a set of files as they were given together: each lockfile with the manifests that lie beside it.
 *
 * The answer is in the order of the paths and does not depend on the order of the files. A lockfile that another one of
 * its folder replaces (npm-shrinkwrap.json wins over package-lock.json) is listed with a note and no packages, so that
 * nothing is counted twice and nothing vanishes. Never throws; what could not be read is a reading with a fatal problem.
 *
 * @param files  text or bytes by path, as dropped, uploaded or found in a folder
 */
export async function readFiles(files: ReadonlyMap<string, string | Uint8Array>): Promise<Reading[]> {
  const readings: Reading[] = [];
  for (const { lockfile, beside, supersededBy } of groupFiles([...files.keys()].sort())) {
    if (supersededBy !== undefined) {
      const message = `npm uses ${supersededBy} and ignores this file, so it was not counted.`;
      const problems = [{ code: "superseded" as const, severity: "note" as const, message }];
      readings.push({ file: lockfile, format: "package-lock", packages: [], edges: [], problems });
      continue;
    }
    const manifests = new Map<string, string>();
    for (const [near, path] of beside) {
      const content = files.get(path)!;
      const text = typeof content === "string" ? content : decodeText(content);
      if (text !== null) manifests.set(near, text);
    }
    readings.push(await readLockfile(lockfile, files.get(lockfile)!, manifests));
  }
  return readings;
}
