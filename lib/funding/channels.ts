import { ACCOUNT_RAILS, RAIL_LABELS, type Rail, railNamed } from "./rails.ts";

/** One way a payee can be paid. */
export type Channel = {
  rail: Rail;
  /** What tells this channel from others of its rail, in one spelling: a login, a slug, `npm/postcss`, or the address. */
  key: string;
  /** Always http or https, with a public-looking host and no credentials. */
  url: string;
  /** For a reader: "GitHub Sponsors: sindresorhus". */
  label: string;
  /**
   * The account behind it as `host/name`, where the address itself says so: two channels with the same account are the
   * same payee. Absent where the address names a package rather than somebody (Tidelift).
   */
  account?: string;
};

/** An address that cannot be used, kept to be shown as text and never as a link. */
export type MalformedAddress = { address: string; reason: string };

/** What one stated address comes to: none, one, or several channels, because files hold `github: a, b`. */
export type AddressReading = { channels: Channel[]; malformed: MalformedAddress[] };

const LONGEST_ADDRESS = 2_000;

// one line it matches: Qix-  (old logins may end in a hyphen; managed users carry an underscore)
const LOGIN = /^[a-z\d][a-z\d_-]{0,38}$/i;
// one line it matches: some_name.2
const PLAIN_KEY = /^[\p{L}\p{N}][\p{L}\p{N}._~-]{0,99}$/u;

/**
 * Reads one funding address as packages and repositories really write them.
 *
 * Understands full addresses, addresses without a scheme, bare account names where `platform` says of what, lists in one
 * string (`a, b`) and lists kept as text (`["x"]`). Accounts on GitHub are compared without case, no others are.
 * Everything else is malformed, with the reason; a `javascript:` address never becomes a channel.
 *
 * @param platform what the file calls the rail (a FUNDING.yml key, Composer's or npm's `type`), when it does
 * @example readAddress("https://github.com/Fabpot", "github").channels[0]?.url // → "https://github.com/sponsors/fabpot"
 */
export function readAddress(address: string, platform?: string): AddressReading {
  const reading: AddressReading = { channels: [], malformed: [] };
  const text = decodeList(address.trim());
  const hint = platform ? railNamed(platform) : null;
  for (const part of splitList(text)) {
    const outcome = readOne(part, hint);
    if (typeof outcome === "string") reading.malformed.push({ address: part.slice(0, 200), reason: outcome });
    else if (!reading.channels.some((known) => sameChannel(known, outcome))) reading.channels.push(outcome);
  }
  return reading;
}

/** Tells whether two channels are the same one. */
export function sameChannel(a: Channel, b: Channel): boolean {
  return a.rail === b.rail && a.key === b.key;
}

/** Names a channel in one string, for maps and for sorting: `github_sponsors:sindresorhus`. */
export function channelId(channel: Channel): string {
  return `${channel.rail}:${channel.key}`;
}

/** Builds the channel of a GitHub account's sponsors page. */
export function githubSponsors(login: string): Channel {
  const key = login.toLowerCase();
  return channel("github_sponsors", key, `https://github.com/sponsors/${key}`, key, `github.com/${key}`);
}

function channel(rail: Rail, key: string, url: string, shown: string, account?: string): Channel {
  const made: Channel = { rail, key, url, label: `${RAIL_LABELS[rail]}: ${shown}` };
  if (account) made.account = account;
  return made;
}

// `https://github.com/sponsors/%5B%22x%22%5D` is a list that somebody turned into text and then into an address
function decodeList(text: string): string {
  if (!/[[\]]|%5b|%5d/i.test(text)) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

// one line it matches: https://github.com/sponsors/["a", "b"]
const LIST_TEXT = /^(.*?)\[\s*(["'].*["'])\s*\]\s*$/s;

function splitList(text: string): string[] {
  const list = LIST_TEXT.exec(text);
  const lead = list?.[1] ?? "";
  const body = list ? list[2]! : text;
  if (!list && /^[a-z][a-z+.-]*:\/\//i.test(body) && !/,\s+\S/.test(body)) return body ? [body] : [];
  const parts = body
    .split(",")
    .map((part) => part.trim().replaceAll(/^["']+|["']+$/g, ""))
    .filter((part) => part !== "");
  // "https://github.com/sponsors/a, b": what follows the comma is another account at the same place
  const base = list ? lead : (/^(https?:\/\/github\.com\/sponsors\/)/i.exec(parts[0] ?? "")?.[1] ?? "");
  return parts.map((part, index) => ((list || index > 0) && PLAIN_KEY.test(part) ? base + part : part));
}

function readOne(text: string, hint: Rail | null): Channel | string {
  if (text.length > LONGEST_ADDRESS) return "is longer than any address";
  if (hint && hint !== "custom") {
    const named = readNamed(text, hint);
    if (named) return named;
  }
  const url = parseWeb(text);
  return typeof url === "string" ? url : readUrl(url, hint);
}

/** Reads a bare account name (`sindresorhus`, `npm/postcss`, `u/gh/name`) of a known rail; null when it is an address. */
function readNamed(text: string, rail: Rail): Channel | null {
  const name = text.replace(/^@/, "");
  if (rail === "github_sponsors") return LOGIN.test(name) ? githubSponsors(name) : null;
  if (rail === "tidelift") return /^[a-z]+\/[^\s:]+$/.test(name) && !name.includes("//") ? tidelift(name) : null;
  if (rail === "thanks_dev") return /^[a-z]+\/[a-z]+\/[\w.-]+$/i.test(name) ? thanksDev(name) : null;
  const known = ACCOUNT_RAILS[rail];
  // a dot may be part of a name, but "example.org" under `patreon` is an address somebody put in the wrong place
  if (!known || !PLAIN_KEY.test(name) || /\.(com|org|net|io|dev|me)$/i.test(name)) return null;
  return channel(rail, name, known.address(name), name, `${known.hosts[0]}/${name}`);
}

function parseWeb(text: string): URL | string {
  const lead = /^([a-z][a-z\d+.-]*):/i.exec(text)?.[1]?.toLowerCase();
  const isPort = lead !== undefined && /^[^:]*\.[^:]*:\d+(\/|$)/.test(text);
  if (lead && lead !== "http" && lead !== "https" && !isPort) return `is a ${lead}: address, not a web address`;
  const full = lead && !isPort ? text : `https://${text.replace(/^\/\//, "")}`;
  let url: URL;
  try {
    url = new URL(full);
  } catch {
    return "is not an address";
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") return "is not a web address";
  if (url.username || url.password) return "carries a user name or password";
  // a name without a dot is a machine of somebody's own network; numbers are no public site
  if (!/^[a-z\d-]+(\.[a-z\d-]+)+\.?$/i.test(url.hostname) || /^[\d.]+$/.test(url.hostname)) {
    return "does not name a public site";
  }
  return url;
}

function readUrl(url: URL, hint: Rail | null): Channel | string {
  const host = url.hostname
    .toLowerCase()
    .replace(/^www\./, "")
    .replace(/\.$/, "");
  const path = url.pathname
    .split("/")
    .filter((part) => part !== "")
    .map(decoded);
  if (host === "github.com") return readGithub(url, path);
  if (host === "thanks.dev") {
    const address = path.slice(0, 3).join("/");
    return /^[a-z]+\/[a-z]+\/[\w.-]+$/i.test(address) ? thanksDev(address) : custom(url);
  }
  if (host === "tidelift.com") return readTidelift(url, path);
  if (host === "paypal.com" && path[0]?.toLowerCase() === "paypalme" && path[1]) {
    return readNamed(path[1], "paypal") ?? custom(url);
  }
  for (const [rail, known] of Object.entries(ACCOUNT_RAILS) as [Rail, (typeof ACCOUNT_RAILS)[Rail] & object][]) {
    if (!known.hosts.includes(host)) continue;
    const name = path[known.lead?.includes(path[0] ?? "") ? 1 : 0];
    if (name === undefined) return `names no account of ${RAIL_LABELS[rail]}`;
    const numbered = rail === "patreon" && /^(user|bePatron)$/.test(name) ? url.searchParams.get("u") : null;
    if (numbered) {
      return /^\d+$/.test(numbered)
        ? channel(
            rail,
            `user?u=${numbered}`,
            `https://patreon.com/user?u=${numbered}`,
            numbered,
            `patreon.com/${numbered}`,
          )
        : `names no account of ${RAIL_LABELS[rail]}`;
    }
    return readNamed(name, rail) ?? `names no account of ${RAIL_LABELS[rail]}`;
  }
  return hint === "github_sponsors" && host.endsWith(".github.com")
    ? "names no account of GitHub Sponsors"
    : custom(url);
}

function readGithub(url: URL, path: string[]): Channel | string {
  const [first, second] = path;
  if (!first) return "names no account of GitHub Sponsors";
  if (first === "sponsors") {
    return second && LOGIN.test(second) ? githubSponsors(second) : "names no account of GitHub Sponsors";
  }
  if (first === "orgs" || first === "users") {
    return second && LOGIN.test(second) ? githubSponsors(second) : custom(url);
  }
  // Composer's `fund` command rewrites github.com/NAME to github.com/sponsors/NAME, because that is what is meant
  if (!second) return LOGIN.test(first) ? githubSponsors(first) : "names no account of GitHub Sponsors";
  if (!LOGIN.test(first)) return "is not an address on GitHub";
  if (!url.searchParams.has("sponsor")) return custom(url);
  const owner = first.toLowerCase();
  const key = `${owner}/${second.toLowerCase().replace(/\.git$/, "")}`;
  return channel("github_button", key, `https://github.com/${key}?sponsor=1`, key, `github.com/${owner}`);
}

function readTidelift(url: URL, path: string[]): Channel | string {
  if (path[0] === "funding" && path[1] === "github" && path.length > 3) return tidelift(path.slice(2).join("/"));
  if (path[0] === "subscription" && path[1] === "pkg" && path[2]) {
    const key = `subscription/pkg/${path[2]}`;
    return channel("tidelift", key, `https://tidelift.com/${key}`, path[2]);
  }
  return custom(url);
}

function tidelift(key: string): Channel {
  const safe = key.split("/").map(encodeURIComponent).join("/");
  return channel("tidelift", key, `https://tidelift.com/funding/github/${safe}`, key);
}

function thanksDev(address: string): Channel {
  const [kind = "", forge = "", name = ""] = address.split("/");
  const key = `${kind.toLowerCase()}/${forge.toLowerCase()}/${forge.toLowerCase() === "gh" ? name.toLowerCase() : name}`;
  // u/gh/NAME is the GitHub account NAME by thanks.dev's own scheme of addresses
  const account = key.startsWith("u/gh/") ? `github.com/${name.toLowerCase()}` : `thanks.dev/${key}`;
  return channel("thanks_dev", key, `https://thanks.dev/${key}`, key, account);
}

// query and fragment stay: on somebody's own page they may be what tells the donation form from the rest
function custom(url: URL): Channel {
  const host = url.hostname.replace(/^www\./, "").replace(/\.$/, "");
  const port = url.port ? `:${url.port}` : "";
  const key = `${host}${port}${url.pathname.replace(/\/+$/, "")}${url.search}${url.hash}`;
  return channel("custom", key, url.href, `${host}${port}${url.pathname.replace(/\/+$/, "")}`, key);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
