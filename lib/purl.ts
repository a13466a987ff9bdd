import { PackageURL } from "packageurl-js";

/** The parts of a package URL that this project uses. */
export type Purl = { type: string; namespace: string | null; name: string; version: string | null };

/**
 * Builds a package URL, normalised per type as the purl specification says (PyPI names, Go and GitHub case, …).
 *
 * @throws Error when the name is empty or the type is not one: readers must have checked.
 * @example makePurl("npm", "@scope/name", "1.2.3") // → "pkg:npm/%40scope/name@1.2.3"
 */
export function makePurl(type: string, fullName: string, version?: string | null): string {
  const slash = fullName.lastIndexOf("/");
  const namespace = slash > 0 ? fullName.slice(0, slash) : null;
  return new PackageURL(type, namespace, fullName.slice(slash + 1), version ?? null, null, null).toString();
}

/** Reads a package URL into its parts, or null when it is not one. */
export function parsePurl(text: string): Purl | null {
  try {
    const { type, namespace, name, version } = PackageURL.fromString(text);
    if (!type || !name) return null;
    return { type, namespace: namespace ?? null, name, version: version ?? null };
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
