/** One dependency as Python tools write it (PEP 508, and the addresses pip takes beside it). */
import { pythonName } from "../naming.ts";

/** A Python requirement: what is wanted, and as much of "which one" as is said. */
export type Requirement = {
  /** Normalised as PEP 503 says. */
  name: string;
  /** The version of an exact pin (`==1.0`, `===1.0`) or of the archive at an address; absent for ranges. */
  version?: string;
  /** What versions it takes, as written (`>=1,<2`). */
  range?: string;
  /** Git address, archive or path that it comes from. */
  url?: string;
  /** Whether an environment marker limits it to some platforms or Python versions. */
  marker?: string;
};

/**
 * Reads one requirement, or answers undefined when it is none.
 *
 * @example readRequirement('Foo_Bar[x] == 1.0 ; python_version < "3.11"')
 * // → { name: "foo-bar", version: "1.0", range: "== 1.0", marker: 'python_version < "3.11"' }
 */
export function readRequirement(text: string): Requirement | undefined {
  const [, name, rest = ""] = /^([A-Za-z0-9_][A-Za-z0-9._-]*)(.*)$/s.exec(text.trim()) ?? [];
  if (name === undefined) return undefined;
  let tail = rest.trimStart();
  if (tail.startsWith("[")) {
    const close = tail.indexOf("]");
    if (close < 0) return undefined;
    tail = tail.slice(close + 1).trimStart();
  }
  const found: Requirement = { name: pythonName(name) };
  if (tail.startsWith("@")) {
    // a blank must stand before the semicolon, because addresses may hold one
    const [url = "", ...marker] = tail.slice(1).trim().split(/\s;/);
    if (url === "") return undefined;
    found.url = url.trim();
    const archive = readAddress(found.url);
    if (archive?.version !== undefined && archive.name === found.name) found.version = archive.version;
    if (marker.length > 0) found.marker = marker.join(";").trim();
    return found;
  }
  const semicolon = tail.indexOf(";");
  const marker = semicolon < 0 ? "" : tail.slice(semicolon + 1).trim();
  if (marker !== "") found.marker = marker;
  const clauses = (semicolon < 0 ? tail : tail.slice(0, semicolon))
    .trim()
    .replace(/^\(|\)$/g, "")
    .trim();
  if (clauses !== "" && !/^[=<>!~]/.test(clauses)) return undefined;
  if (clauses !== "") found.range = clauses;
  for (const clause of clauses.split(",")) {
    // "==1.*" is a range, and "==${X}" is filled in from the environment
    const version = /^={2,3}\s*([^\s*${}]+)$/.exec(clause.trim())?.[1];
    if (version !== undefined) found.version = version;
  }
  return found;
}

/**
 * Reads a bare address as a requirement: a wheel or source archive says name and version in its file name, a git
 * address may say the name behind `#egg=`. Undefined when no name can be told.
 *
 * @example readAddress("https://host/foo_bar-1.0-py3-none-any.whl") // → { name: "foo-bar", version: "1.0", url: "https://…" }
 */
export function readAddress(url: string): Requirement | undefined {
  const egg = /[#&]egg=([A-Za-z0-9][A-Za-z0-9._-]*)/.exec(url)?.[1];
  if (egg !== undefined) return { name: pythonName(egg), url };
  // torch-2.1.0%2Bcpu-cp310-cp310-linux_x86_64.whl
  const file = url
    .replace(/[?#].*$/s, "")
    .split("/")
    .at(-1)!
    .replaceAll("%2B", "+");
  const [, name, version] = /^([A-Za-z0-9][A-Za-z0-9._]*)-([^-]+)(?:-[^-]+){3,4}\.whl$/.exec(file) ?? [];
  if (name !== undefined && version !== undefined) return { name: pythonName(name), version, url };
  // foo-bar-1.0.tar.gz: the version begins at the last hyphen
  const stem = /^(.+)\.(?:tar\.gz|zip|tar\.bz2|tgz)$/.exec(file)?.[1];
  const hyphen = stem?.lastIndexOf("-") ?? -1;
  if (stem === undefined || hyphen < 1 || !/^\d/.test(stem.slice(hyphen + 1))) return undefined;
  return { name: pythonName(stem.slice(0, hyphen)), version: stem.slice(hyphen + 1), url };
}
