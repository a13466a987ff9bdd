/**
 * Package URLs, built and read as https://github.com/package-url/purl-spec says, without a library: readers of
 * lockfiles build thousands at once. The tests hold every answer against packageurl-js.
 */

/** The parts of a package URL that this project uses. */
export type Purl = { type: string; namespace: string | null; name: string; version: string | null };

// nothing in it needs encoding, lower case or trimming, whatever the type: "lodash", "4.17.21"
const PLAIN = /^[a-z0-9][a-z0-9.-]*$/;
// nothing in it needs encoding or trimming when it is npm's: "@scope/under_score", "1.0.0-RC.1"
const PLAIN_NPM_NAME = /^(?:@[a-z0-9_~-][a-z0-9._~-]*\/)?[a-z0-9_~-][a-z0-9._~-]*$/;
const PLAIN_NPM_VERSION = /^[\w.~-]+$/;

/**
 * Builds a package URL, normalised per type as the purl specification says (PyPI names, GitHub's case, …). What stands
 * before the last slash of the name is the namespace. Go modules keep their case, against the letter of the specification, because the module proxy and the sum database tell them apart by it, and packageurl-js keeps it too.
 *
 * @throws Error when the name is empty or the type is not one: readers must have checked.
 * @example makePurl("npm", "@scope/name", "1.2.3") // → "pkg:npm/%40scope/name@1.2.3"
 */
export function makePurl(type: string, fullName: string, version?: string | null): string {
  const plain = plainPurl(type, fullName, version);
  if (plain !== undefined) return plain;
  const made = build(type, fullName, version);
  if (made.purl === undefined) throw new Error(made.reason);
  return made.purl;
}

/**
 * Builds a package URL as `makePurl` does, or answers undefined for words that make none: a lockfile may hold tens of
 * thousands of these, and as many errors would take seconds.
 */
export function tryMakePurl(type: string, fullName: string, version?: string | null): string | undefined {
  return plainPurl(type, fullName, version) ?? build(type, fullName, version).purl;
}

function plainPurl(type: string, fullName: string, version: string | null | undefined): string | undefined {
  if (type === "npm") return plainNpmPurl(fullName, version);
  const isPlain = version && PLAIN.test(version) && PLAIN.test(fullName) && PLAIN_TYPES.has(type);
  return isPlain ? `pkg:${type}/${fullName}@${version}` : undefined;
}

type Made = { purl: string; reason?: undefined } | { purl?: undefined; reason: string };

function build(type: string, fullName: string, version: string | null | undefined): Made {
  const slash = fullName.lastIndexOf("/");
  const namespace = slash > 0 ? fullName.slice(0, slash).split("/").filter(Boolean).join("/") : "";
  const parts = normalise(
    type.trim().toLowerCase(),
    namespace,
    fullName.slice(slash + 1).trim(),
    version?.trim() ?? "",
  );
  const reason = faultOf(parts);
  if (reason !== undefined) return { reason };
  const path = parts.namespace === "" ? "" : `${encodePart(parts.namespace).replaceAll("%2F", "/")}/`;
  const end = parts.version === "" ? "" : `@${encodePart(parts.version)}`;
  return { purl: `pkg:${parts.type}/${path}${encodePart(parts.name)}${end}` };
}

/**
 * Builds the package URL of an npm package whose name and version stand in it as they are, or answers undefined. No
 * other name and version make the same one.
 */
export function plainNpmPurl(fullName: string, version: string | null | undefined): string | undefined {
  if (!version || !PLAIN_NPM_NAME.test(fullName) || !PLAIN_NPM_VERSION.test(version)) return undefined;
  return fullName.charCodeAt(0) === 64
    ? `pkg:npm/%40${fullName.slice(1)}@${version}`
    : `pkg:npm/${fullName}@${version}`;
}

/** Reads a package URL into its parts, normalised per type, or null when it is not one. */
export function parsePurl(text: string): Purl | null {
  // one it matches: pkg:npm/%40scope/name@1.2.3?arch=x#path
  const match = /^pkg:\/*([A-Za-z][A-Za-z0-9.-]*)\/+([^?#]*)(?:\?[^#]*)?(?:#[\s\S]*)?$/.exec(text.trim());
  if (!match) return null;
  const path = match[2]!.replace(/\/+$/, "");
  const at = path.indexOf("@", path.lastIndexOf("/") + 1);
  const segments = (at > 0 ? path.slice(0, at) : path).split("/").filter(Boolean);
  try {
    const name = decodeURIComponent(segments.pop() ?? "").trim();
    const version = at > 0 ? decodeURIComponent(path.slice(at + 1)).trim() : "";
    const parts = normalise(match[1]!.toLowerCase(), segments.map(decodeURIComponent).join("/"), name, version);
    if (faultOf(parts) !== undefined) return null;
    return { ...parts, namespace: parts.namespace || null, version: parts.version || null };
  } catch {
    return null;
  }
}

/**
 * Drops version, qualifiers and subpath: what the same package has in common over its versions.
 *
 * @example packageOf("pkg:npm/%40scope/name@1.2.3") // → "pkg:npm/%40scope/name"
 */
export function packageOf(purl: string): string {
  const end = purl.search(/[?#]/);
  const bare = end < 0 ? purl : purl.slice(0, end);
  const at = bare.lastIndexOf("@");
  return at > bare.lastIndexOf("/") ? bare.slice(0, at) : bare;
}

/** The name as people of the ecosystem write it: `@scope/name`, `group:artifact` for Maven, `vendor/name` for others. */
export function displayName(purl: string): string {
  const parts = parsePurl(purl);
  if (!parts) return purl;
  if (!parts.namespace) return parts.name;
  return `${parts.namespace}${parts.type === "maven" ? ":" : "/"}${parts.name}`;
}

type Parts = { type: string; namespace: string; name: string; version: string };

// types that neither change a plain lower-case name nor ask for more than a name and a version
const PLAIN_TYPES = new Set(["cargo", "gem", "pypi", "nuget", "hex", "conda", "cocoapods", "cran", "hackage"]);
const LOWER_NAMESPACE = new Set("alpm apk bitbucket composer deb gitlab github hex npm pypi qpkg rpm".split(" "));
const LOWER_NAME = new Set("alpm apk bitbucket bitnami composer deb gitlab github hex npm oci pub pypi".split(" "));

// https://github.com/package-url/purl-spec/blob/main/PURL-TYPES.rst
function normalise(type: string, namespace: string, name: string, version: string): Parts {
  let kept = LOWER_NAME.has(type) ? name.toLowerCase() : name;
  if (type === "pypi") kept = kept.replace(/[-_.]+/g, "-");
  if (type === "pub") kept = kept.replaceAll("-", "_");
  return {
    type,
    namespace: LOWER_NAMESPACE.has(type) ? namespace.toLowerCase() : namespace,
    name: kept,
    version: type === "huggingface" || type === "luarocks" ? version.toLowerCase() : version,
  };
}

function faultOf({ type, namespace, name, version }: Parts): string | undefined {
  if (!/^[a-z][a-z0-9.-]*$/.test(type)) return `"${type}" is not a purl type`;
  if (name === "") return "a purl needs a name";
  if (namespace === "" && (type === "maven" || type === "swift")) return `a ${type} purl needs a namespace`;
  if (version === "" && (type === "cran" || type === "swift")) return `a ${type} purl needs a version`;
  if (namespace !== "" && (type === "oci" || type === "mlflow")) return `a ${type} purl has no namespace`;
  if (type === "pub" && !/^[a-z0-9_]+$/.test(name)) return `"${name}" is not a pub name`;
  if (/\p{Surrogate}/u.test(`${namespace}/${name}@${version}`)) return "half of a surrogate pair has no UTF-8";
  return undefined;
}

/**
 * Percent-encodes a part of a package URL: all but letters, digits, `.`, `-`, `_`, `~` and the colon, as the
 * specification's "Character encoding" has it. Throws for half of a surrogate pair, which has no UTF-8.
 *
 * @example encodePart("v2.0.0+incompatible") // → "v2.0.0%2Bincompatible"
 */
export function encodePart(text: string): string {
  if (PLAIN.test(text)) return text;
  return encodeURIComponent(text)
    .replaceAll("%3A", ":")
    .replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
