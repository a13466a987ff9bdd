import type { Reading } from "../lockfile/types.ts";
import { packageOf, parsePurl } from "../purl.ts";
import { byText } from "./order.ts";
import type { AskedPackage } from "./plan-requests.ts";

/** Exactly what would leave the house if the visitor agrees, and what would not. */
export type Sendable = {
  /** Packages whose names would be sent, sorted. */
  packages: AskedPackage[];
  /** Names that stay here, each with the reason. */
  withheld: { purl: string; reason: string }[];
};

/**
 * Says which names would be sent to outside parties.
 *
 * Left out: the project's own packages; what comes from another registry or from git; every package of a scope that has
 * such a package or that the visitor calls private (`@acme`), because such a name may be a secret.
 *
 * @param options.privateScopes scopes and vendors to keep back: `@acme`, `acme`
 * @param options.release packages to send all the same, without version
 */
export function sendableNames(
  readings: readonly Reading[],
  options: { privateScopes?: readonly string[]; release?: ReadonlySet<string> } = {},
): Sendable {
  const named = new Set((options.privateScopes ?? []).map((scope) => scope.trim().replace(/^@?/, "").toLowerCase()));
  const own = new Set<string>();
  for (const { format, packages } of readings) {
    // a project keeps the name of the skeleton that it began from (laravel/laravel), which does not make that vendor's
    // packages its own; and composer.lock says of each package whether the public registry has it
    const isNameOwn = format !== "composer-lock";
    for (const { purl, firstParty, origin } of packages) {
      const scope = scopeOf(purl);
      if (scope && ((firstParty && isNameOwn) || origin)) own.add(scope);
    }
  }
  const packages = new Map<string, AskedPackage>();
  const withheld = new Map<string, string>();
  for (const reading of readings) {
    for (const { purl, firstParty, origin, repository, funding } of reading.packages) {
      if (firstParty) continue;
      const name = packageOf(purl);
      const scope = scopeOf(purl);
      const reason = origin
        ? "comes from another registry or straight from a repository"
        : scope && named.has(scope)
          ? "belongs to a scope you keep private"
          : scope && own.has(scope)
            ? "shares its scope with packages of your own or of another registry"
            : null;
      if (reason && !options.release?.has(name)) withheld.set(name, reason);
      else if (!packages.has(name) || byText(purl, packages.get(name)!.purl) > 0) {
        packages.set(name, { purl, ...(repository ? { repository } : {}), ...(funding ? { funding } : {}) });
      }
    }
  }
  for (const name of withheld.keys()) packages.delete(name);
  return {
    packages: [...packages.values()].sort((a, b) => byText(a.purl, b.purl)),
    withheld: [...withheld].sort(([a], [b]) => byText(a, b)).map(([purl, reason]) => ({ purl, reason })),
  };
}

function scopeOf(purl: string): string | null {
  const parts = parsePurl(purl);
  // only in these worlds does the first part of a name belong to somebody
  if (!parts?.namespace || (parts.type !== "npm" && parts.type !== "composer")) return null;
  return parts.namespace.replace(/^@/, "").toLowerCase();
}
