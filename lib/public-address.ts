import { BlockList, isIP } from "node:net";

// Special-purpose addresses of the IANA registries (RFC 6890 and its updates) and what clouds keep their metadata behind,
// all of which lie inside 169.254.0.0/16, 100.64.0.0/10, fc00::/7 or fe80::/10.
const NOT_PUBLIC_4 = blocks("ipv4", [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
]);
// the only range that IANA hands out for the public internet; the rest of IPv6 is refused by not being in it
const GLOBAL_6 = blocks("ipv6", ["2000::/3"]);
const NOT_PUBLIC_6 = blocks("ipv6", ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]);

function blocks(family: "ipv4" | "ipv6", ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [net, prefix] = range.split("/");
    list.addSubnet(net!, Number(prefix), family);
  }
  return list;
}

/**
 * Tells whether an IP address (v4 or v6, without brackets) lies on the public internet.
 *
 * Private, loopback, link-local, metadata, multicast, documentation and reserved addresses do not; nor do IPv6 addresses
 * that carry such an IPv4 address inside (mapped `::ffff:…`, NAT64 `64:ff9b::…`; 6to4 is refused as a whole).
 *
 * @example isPublicAddress("169.254.169.254") // → false; isPublicAddress("::ffff:10.0.0.1") // → false
 */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !NOT_PUBLIC_4.check(address, "ipv4");
  if (family !== 6 || address.includes("%")) return false;
  const inner = innerAddress(address);
  if (inner) return isPublicAddress(inner);
  return GLOBAL_6.check(address, "ipv6") && !NOT_PUBLIC_6.check(address, "ipv6");
}

/** Finds the IPv4 address inside a mapped or NAT64 one. The URL parser writes every spelling in one way. */
function innerAddress(address: string): string | null {
  const plain = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  // one line it matches: ::ffff:a00:1
  const match = /^(?:::ffff:|64:ff9b::)(?:([\da-f]{1,4}):)?([\da-f]{1,4})$/.exec(plain);
  if (!match) return null;
  const high = Number.parseInt(match[1] ?? "0", 16);
  const low = Number.parseInt(match[2]!, 16);
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}
