import { formatsByName, matchesName } from "./detect-format.ts";
import { FORMATS } from "./formats.ts";

/** One lockfile and the files given with it that help to read it; paths as they were given. */
export type FileGroup = {
  lockfile: string;
  /** Manifests by path relative to the lockfile's folder, each with its path as given. */
  beside: Map<string, string>;
  /** Another lockfile of the same folder that wins over this one: npm reads the shrinkwrap and ignores the other. */
  supersededBy?: string;
};

/**
 * Pairs lockfiles with the manifests given beside them: those of the same folder, and those of subfolders (workspaces)
 * that have no nearer lockfile of their own. A file may be both, as go.mod is. Paths that are neither are lockfiles of
 * unknown name when nothing claims them, so that nobody's file is passed over silently.
 *
 * @example groupFiles(["a/yarn.lock", "a/package.json", "a/b/package.json"])
 * // → [{ lockfile: "a/yarn.lock", beside: Map { "package.json" → "a/package.json", "b/package.json" → … } }]
 */
export function groupFiles(paths: readonly string[]): FileGroup[] {
  const unique = [...new Set(paths)];
  const lockfiles = unique.filter((path) => formatsByName(path).length > 0 || !isManifest(path));
  const byFolder = new Map<string, FileGroup[]>();
  const groups = lockfiles.map((lockfile): FileGroup => {
    const group: FileGroup = { lockfile, beside: new Map() };
    const folder = folderOf(lockfile);
    const neighbours = byFolder.get(folder);
    if (neighbours) neighbours.push(group);
    else byFolder.set(folder, [group]);
    return group;
  });
  for (const path of unique) {
    for (const folder of foldersAbove(path)) {
      const takers = (byFolder.get(folder) ?? []).filter(({ lockfile }) => lockfile !== path && wants(lockfile, path));
      for (const { beside } of takers)
        beside.set(folder === "" ? slashed(path) : slashed(path).slice(folder.length + 1), path);
      if (takers.length > 0) break;
    }
  }
  // a manifest given without its lockfile is still answered for
  const taken = new Set(groups.flatMap(({ beside }) => [...beside.values()]));
  const isLockfile = new Set(lockfiles);
  const alone = unique.filter((path) => !isLockfile.has(path) && !taken.has(path));
  for (const group of groups) {
    if (!/(^|\/)package-lock\.json$/i.test(slashed(group.lockfile))) continue;
    const winner = byFolder
      .get(folderOf(group.lockfile))
      ?.find(({ lockfile }) => /(^|\/)npm-shrinkwrap\.json$/i.test(slashed(lockfile)));
    if (winner) group.supersededBy = winner.lockfile;
  }
  return [...groups, ...alone.map((lockfile) => ({ lockfile, beside: new Map() }))];
}

/** Tells whether some format uses a file of this name beside its lockfile. */
export function isManifest(path: string): boolean {
  return FORMATS.some(({ manifests }) => manifests?.some((glob) => matchesName(path, glob)));
}

function wants(lockfile: string, manifest: string): boolean {
  return formatsByName(lockfile).some(({ manifests }) => manifests?.some((glob) => matchesName(manifest, glob)));
}

function slashed(path: string): string {
  return path.replaceAll("\\", "/");
}

function folderOf(path: string): string {
  const name = slashed(path);
  return name.slice(0, Math.max(name.lastIndexOf("/"), 0));
}

// the path's own folder first, then the ones above it, up to the root of what was given
function foldersAbove(path: string): string[] {
  const above: string[] = [];
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    above.push(folder);
    if (folder === "") return above;
  }
}
