/** What the lockfiles of the npm world have in common: addresses, aliases, funding, and the package.json beside them. */
import { tryMakePurl } from "../../purl.ts";
import type { Graph } from "../graph.ts";
import { field, isMapping, items, type Mapping, string, stringField } from "../syntax/shape.ts";
import type { Beside, Scope } from "../types.ts";

/** The lists of a package.json that say what a package needs, and what for. Peers are wanted of others, so not here. */
export const NEEDS: readonly (readonly [list: string, scope: Scope])[] = [
  ["dependencies", "runtime"],
  ["devDependencies", "development"],
  ["optionalDependencies", "optional"],
];

/** Builds the purl of an npm package, or undefined when name and version make none. */
export function npmPurl(name: string, version: string | undefined): string | undefined {
  return tryMakePurl("npm", name, version);
}

// npm's own registry, yarn's name for it, and copies of it under other top-level domains
const DEFAULT_REGISTRY = /https?:\/\/registry\.(?:npm|npmjs|yarn|yarnpkg)\.[a-z]+(?::\d+)?\//y;

// Nearly every package of a file comes from the same one: the last address that was one is compared first. No address
// begins with a line break.
let lastRegistry = "\n";

/**
 * Answers how long the address of npm's own registry is that stands at a place of a text, 0 where none does.
 *
 * @example defaultRegistryAt("https://registry.npm.example/a/-/a-1.0.0.tgz", 0) // → 29
 */
export function defaultRegistryAt(text: string, at: number): number {
  if (text.startsWith(lastRegistry, at)) return lastRegistry.length;
  DEFAULT_REGISTRY.lastIndex = at;
  const found = DEFAULT_REGISTRY.exec(text);
  if (!found) return 0;
  lastRegistry = found[0];
  return lastRegistry.length;
}

/**
 * Answers where a package comes from when that is not npm's own registry: the registry's address for its tarballs,
 * otherwise the address as stated (git, a tarball of its own). Passwords in addresses are left out.
 *
 * @example originOf("https://npm.corp.example/api/a/-/a-1.0.0.tgz", "a") // → "https://npm.corp.example/api/"
 */
export function originOf(resolved: string | undefined, name: string): string | undefined {
  if (resolved === undefined || defaultRegistryAt(resolved, 0) > 0) return undefined;
  if (!/^[\w+.-]+:\/\/|^git@/.test(resolved)) return undefined;
  // a password between "//user:" and "@"
  const address = resolved.replace(/\/\/[^/@\s]*:[^/@\s]*@/, "//");
  const path = address.indexOf(`/${name}/-/`);
  const encoded = path < 0 ? address.indexOf(`/${name.replace("/", "%2f")}/-/`) : path;
  return encoded < 0 ? address : address.slice(0, encoded + 1);
}

/**
 * Splits `npm:real-name@range`, the way an alias is written; undefined for anything else.
 *
 * @example aliasTarget("npm:@scope/real@^1.0.0") // → { name: "@scope/real", version: "^1.0.0" }
 */
export function aliasTarget(range: string): { name: string; version: string } | undefined {
  if (!range.startsWith("npm:")) return undefined;
  return splitNameAndVersion(range.slice(4));
}

/**
 * Splits `name@version` at the first `@` that does not begin a scope; undefined when there is no name or no version.
 *
 * @example splitNameAndVersion("@scope/name@1.0.0") // → { name: "@scope/name", version: "1.0.0" }
 */
export function splitNameAndVersion(text: string): { name: string; version: string } | undefined {
  const at = text.indexOf("@", 1);
  return at > 0 && at < text.length - 1 ? { name: text.slice(0, at), version: text.slice(at + 1) } : undefined;
}

/**
 * Answers the version in a tarball's address, as registries and GitHub name such files.
 *
 * @example versionInAddress("https://host.example/a/-/a-1.2.3-rc.1.tgz") // → "1.2.3-rc.1"
 */
export function versionInAddress(address: string): string | undefined {
  return /-(\d+\.\d+\.\d+[\w.+-]*?)\.(?:tgz|tar\.gz)(?:[?#]|$)/.exec(address)?.[1];
}

/** Answers the addresses in a `funding` field, which is an address, `{ url }`, or a list of both. */
export function fundingOf(funding: unknown): string[] | undefined {
  if (funding === undefined) return undefined;
  const addresses: string[] = [];
  for (const one of Array.isArray(funding) ? funding : [funding]) {
    const address = (string(one) ?? stringField(one, "url"))?.trim();
    if (address && !addresses.includes(address)) addresses.push(address);
  }
  return addresses.length > 0 ? addresses : undefined;
}

/** A package.json given beside a lockfile. */
export type Manifest = {
  /** Folder it lies in, relative to the lockfile's; "" for the same. */
  folder: string;
  name: string | undefined;
  version: string | undefined;
  /** Globs of its workspaces; both spellings, a list and `{ packages: [...] }`. */
  workspaces: string[];
  content: Mapping;
};

/** Reads every package.json given beside a lockfile, the nearest first; a broken one becomes a problem and is left out. */
export function readManifests(beside: Beside, graph: Graph): Manifest[] {
  const manifests: Manifest[] = [];
  for (const [path, text] of beside) {
    if (!/(^|\/)package\.json$/.test(path)) continue;
    const content = tryJson(text);
    if (!isMapping(content)) {
      graph.problem("syntax", "warning", `${path} beside it is not valid JSON and was left out.`);
      continue;
    }
    const listed = field(content, "workspaces");
    manifests.push({
      folder: path.slice(0, Math.max(path.lastIndexOf("/"), 0)),
      name: stringField(content, "name"),
      version: stringField(content, "version"),
      workspaces: items(isMapping(listed) ? field(listed, "packages") : listed).filter(
        (glob) => typeof glob === "string",
      ),
      content,
    });
  }
  return manifests.sort((a, b) => a.folder.length - b.folder.length);
}

/** Answers what a manifest lists for itself, in file order: name, range and scope. A name is listed once. */
export function needsOf(manifest: Mapping): { name: string; range: string; scope: Scope }[] {
  const needs = new Map<string, { name: string; range: string; scope: Scope }>();
  for (const [list, scope] of NEEDS) {
    const wanted = field(manifest, list);
    if (!isMapping(wanted)) continue;
    for (const [name, range] of Object.entries(wanted)) {
      // npm copies optional ones into `dependencies`, and what is in both lists is optional; development gives way
      if (scope === "development" && needs.has(name)) continue;
      needs.set(name, { name, range: typeof range === "string" ? range : "", scope });
    }
  }
  return [...needs.values()];
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch {
    return undefined;
  }
}
