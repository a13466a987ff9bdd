import { formatsByName } from "../lockfile/detect-format.ts";
import { isManifest } from "../lockfile/group-files.ts";

/** A folder's entries, as deep as they were asked for. */
export type TreeEntry = { name: string; type: string; object?: { entries?: TreeEntry[] | null } | null };

/** Folders that hold other people's files. */
const SKIPPED = new Set(["node_modules", ".git", ".yarn", ".venv", "vendor", "third_party"]);

/**
 * Names the files of a repository that a scan needs: every lockfile, and the manifests in the same folder, which tell
 * depth and scope. In the order of their paths.
 *
 * @example lockfilesInTree([{ name: "package-lock.json", type: "blob" }, { name: "a.js", type: "blob" }]) // → ["package-lock.json"]
 */
export function lockfilesInTree(entries: readonly TreeEntry[]): string[] {
  const found: string[] = [];
  visit(entries, "");
  return found.sort();

  function visit(folder: readonly TreeEntry[], path: string): void {
    const files = folder.filter(({ type }) => type === "blob").map(({ name }) => path + name);
    const lockfiles = files.filter((file) => formatsByName(file).length > 0);
    found.push(...lockfiles);
    if (lockfiles.length > 0) found.push(...files.filter((file) => isManifest(file) && !lockfiles.includes(file)));
    for (const { name, type, object } of folder)
      if (type === "tree" && !SKIPPED.has(name)) visit(object?.entries ?? [], `${path}${name}/`);
  }
}
