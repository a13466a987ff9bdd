/** What addresses of tarballs tell of the package in them. */
import { defaultRegistryAt } from "./fields.ts";

/**
 * Answers the name of the package whose tarball is at an address, or undefined when the address does not say it.
 *
 * "resolutions" and addresses in a manifest put another package's tarball under a name: what is downloaded is what counts.
 *
 * @param registry how much of the address is npm's own registry, where that is known
 * @example nameInAddress("https://npm.example/is-odd/-/is-odd-3.0.1.tgz", "tar") // → "is-odd"
 */
export function nameInAddress(
  address: string | undefined,
  name: string,
  registry = defaultRegistryAt(address ?? "", 0),
): string | undefined {
  if (address === undefined) return undefined;
  if (registry > 0 && address.startsWith(name, registry) && address.startsWith("/-/", registry + name.length))
    return name;
  const at = address.indexOf(`/${name}/-/`);
  // "/@scope/name/-/" is not the tarball of "name"
  if (at >= 0 && (name.startsWith("@") || address[address.lastIndexOf("/", at - 1) + 1] !== "@")) return name;
  // one path it matches: /@scope%2fname/-/name-1.0.0.tgz
  const match = /\/((?:@[^/]+(?:\/|%2f))?[^/@]+)\/-\/[^?#]+\.tgz/i.exec(address);
  return match?.[1]?.replace(/%2f/i, "/");
}
