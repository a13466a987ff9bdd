import { splitNameAndVersion } from "../npm/fields.ts";

/**
 * Drops what a key or version says about peers: `(peer@2)…`, and up to version 5 `_peer@2` or a hash.
 *
 * A version holds no underscore, so the first one behind the last slash begins the peers; names may hold one.
 *
 * @example withoutPeers("/http_ece/1.1.0_debug@4.0.0", 5) // → "/http_ece/1.1.0"
 * @example withoutPeers("a@1.0.0(b@2.0.0(c@3.0.0))", 9) // → "a@1.0.0"
 */
export function withoutPeers(key: string, major: number): string {
  const open = key.indexOf("(");
  const bare = open > 0 ? key.slice(0, open) : key;
  if (major >= 6) return bare;
  // the slashes of a peer's scope are written as "+", so the last slash is the one before the version
  const underscore = bare.indexOf("_", bare.lastIndexOf("/") + 1);
  return underscore > 0 ? bare.slice(0, underscore) : bare;
}

/**
 * Splits a key of `packages` into name and version, and the registry's host where the key begins with one.
 *
 * @example splitKey("/@scope/a/1.0.0", 5) // → { name: "@scope/a", version: "1.0.0" }
 * @example splitKey("/a/1.0.0/b@2.0.0", 5) // → { name: "a", version: "1.0.0" }
 * @example splitKey("npm.example/a/1.0.0", 5) // → { host: "npm.example", name: "a", version: "1.0.0" }
 * @example splitKey("@scope/a@1.0.0", 9) // → { name: "@scope/a", version: "1.0.0" }
 */
export function splitKey(key: string, major: number): { name: string; version: string; host?: string } | undefined {
  const bare = withoutPeers(key, major);
  const host = /^([\w-]+(?:\.[\w-]+)+(?::\d+)?)\/(?=@|[^/@]+[/@]\d)/.exec(bare)?.[1];
  const path = host && major < 9 ? bare.slice(host.length + 1) : bare.startsWith("/") ? bare.slice(1) : bare;
  const split = major >= 6 ? splitNameAndVersion(path) : splitAtSlash(path);
  if (!split) return undefined;
  return host && major < 9 ? { ...split, host } : split;
}

function splitAtSlash(path: string): { name: string; version: string } | undefined {
  // the oldest files write peers as one more folder: "a/1.0.0/b@2.0.0"
  const [, oldest, version] = /^((?:@[^/]+\/)?[^/@]+)\/(\d[^/]*)\/[^/]+$/.exec(path) ?? [];
  if (oldest !== undefined && version !== undefined) return { name: oldest, version };
  const slash = path.lastIndexOf("/");
  return slash > 0 && slash < path.length - 1
    ? { name: path.slice(0, slash), version: path.slice(slash + 1) }
    : undefined;
}

/**
 * Answers the folder that a `link:` leads to, relative to the lockfile's.
 *
 * @example folderOf("link:../b", "packages/a") // → "packages/b"
 */
export function folderOf(link: string, from: string): string {
  const parts = from === "." ? [] : from.split("/");
  for (const part of link.replace(/^(?:link|file):/, "").split("/")) {
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/") || ".";
}
