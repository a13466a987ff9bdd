/** Git addresses as lockfiles write them, and the packages they stand for. */
import { tryPurl } from "./naming.ts";

/** Where a git repository lives: `host` in lower case, `path` without `.git`, and a web address without any credentials. */
export type GitAddress = { host: string; path: string; repository: string };

/**
 * Reads a git address of any common spelling, or answers undefined when it names no host (a folder, a bare word).
 *
 * User names and tokens in the address are dropped: they are nobody's business and never part of the place.
 *
 * @example readGitAddress("git@github.com:Owner/repo.git")
 * // → { host: "github.com", path: "Owner/repo", repository: "https://github.com/Owner/repo" }
 */
export function readGitAddress(text: string): GitAddress | undefined {
  // git+ssh://git@host:22/owner/repo.git, https://host/owner/repo
  const address = /^(?:git\+)?(?:https?|git|ssh):\/\/([^/?#\s]+)\/([^?#\s]+)/i.exec(text);
  // git@host:owner/repo.git
  const scp = address ? null : /^[^@/:\s]+@([^@/:\s]+):([^?#\s]+)$/.exec(text);
  const authority = address?.[1] ?? scp?.[1];
  const rest = address?.[2] ?? scp?.[2];
  if (authority === undefined || rest === undefined) return undefined;
  const host = authority
    .slice(authority.lastIndexOf("@") + 1)
    .replace(/:\d*$/, "")
    .toLowerCase();
  const path = rest
    .split("/")
    .filter((part) => part !== "")
    .join("/")
    .replace(/\.git$/, "");
  if (host === "" || path === "") return undefined;
  return { host, path, repository: `https://${host}/${path}` };
}

/** A package that is a git repository at a revision; spread it into `Graph.add`. */
export type GitPackage = { purl: string; origin: string; repository?: string };

/**
 * Names a git (or Mercurial) repository at a revision as a package, or undefined when the words make none.
 *
 * GitHub and Bitbucket have purl types of their own; any other host becomes `pkg:generic` with `vcs_url`, as the purl
 * specification advises.
 *
 * @example gitPackage("https://github.com/a/b.git", "1f2e").purl // → "pkg:github/a/b@1f2e"
 */
export function gitPackage(
  url: string,
  revision: string | undefined,
  system: "git" | "hg" = "git",
): GitPackage | undefined {
  const address = readGitAddress(url);
  if (!address) {
    const name = url
      .split("/")
      .filter((part) => part !== "")
      .at(-1)
      ?.replace(/\.git$/, "");
    const purl = name ? tryPurl("generic", name, revision) : undefined;
    return purl === undefined ? undefined : { purl, origin: url };
  }
  const parts = address.path.split("/");
  const own = HOSTS_WITH_TYPE.get(address.host);
  const purl =
    own !== undefined && parts.length === 2
      ? tryPurl(own, address.path, revision)
      : tryPurl("generic", address.path, revision, [["vcs_url", `${system}+${address.repository}`]]);
  return purl === undefined ? undefined : { purl, origin: withoutCredentials(url), repository: address.repository };
}

const HOSTS_WITH_TYPE = new Map([
  ["github.com", "github"],
  ["www.github.com", "github"],
  ["bitbucket.org", "bitbucket"],
]);

/**
 * Answers an address without user name and password.
 *
 * @example withoutCredentials("https://me:secret@host/a") // → "https://host/a"
 */
export function withoutCredentials(url: string): string {
  return url.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#@\s]*@/i, "$1");
}
