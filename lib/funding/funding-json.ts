import { type Channel, readAddress } from "./channels.ts";

/**
 * A funding manifest: funding.json 1.0 and 1.1 (fundingjson.org), and what goes by the same file name without being one.
 *
 * Drips puts `{"drips": {"<network>": {"ownedBy": "0x…"}}}` into FUNDING.json; on case-insensitive file systems and in
 * people's hands the two names are mixed up, so the shape decides.
 */
export type FundingManifest =
  | { kind: "funding-json"; entity: ManifestEntity; channels: ManifestChannel[]; targets: ManifestTarget[] }
  | { kind: "drips"; owners: { network: string; address: string }[] }
  | { kind: "unknown"; reason: string };

/** Who the manifest says it is from. */
export type ManifestEntity = { type: string; role: string; name: string };

/** A channel as the manifest states it. Bank, cheque and cash have free text for an address, which may be private: it is not kept. */
export type ManifestChannel = { guid: string; type: string; channel?: Channel };

/** An address the manifest claims to speak for, and the place of the proof where it names one. */
export type ManifestTarget = { about: "entity" | "project" | "repository"; url: string; wellKnown?: string };

/** Whether a manifest may speak for an address. */
export type Proof = "not_required" | "required" | "valid" | "invalid";

const WELL_KNOWN = "/.well-known/funding-manifest-urls";
const MOST_LINES = 100;

/** Reads the text of a funding.json or FUNDING.json. Lenient where the published validator and the schema disagree. */
export function readFundingJson(text: string): FundingManifest {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { kind: "unknown", reason: "is not JSON" };
  }
  if (!isRecord(json)) return { kind: "unknown", reason: "is not an object" };
  if (isRecord(json.drips) && !isRecord(json.funding)) return readDrips(json.drips);
  if (!isRecord(json.funding) || !isRecord(json.entity)) {
    return { kind: "unknown", reason: "has neither a funding plan nor drips" };
  }
  if (typeof json.version === "string" && !/^v?1(\.|$)/.test(json.version)) {
    // 1.1 calls `version` the version of the content, so only a schema that says otherwise is another format
    if (typeof json.$schema === "string" && !/\/v1\./.test(json.$schema)) {
      return { kind: "unknown", reason: "is of a later version of the format" };
    }
  }
  const { entity } = json;
  const targets = [target("entity", entity.webpageUrl)];
  for (const project of Array.isArray(json.projects) ? json.projects.slice(0, 100).filter(isRecord) : []) {
    targets.push(target("project", project.webpageUrl), target("repository", project.repositoryUrl));
  }
  const channels = Array.isArray(json.funding.channels) ? json.funding.channels.slice(0, 20).filter(isRecord) : [];
  return {
    kind: "funding-json",
    entity: { type: line(entity.type), role: line(entity.role), name: line(entity.name) },
    channels: channels.map(readManifestChannel),
    targets: targets.filter((one) => one !== null),
  };
}

function readDrips(drips: Record<string, unknown>): FundingManifest {
  return {
    kind: "drips",
    owners: Object.entries(drips).flatMap(([network, value]) =>
      isRecord(value) && typeof value.ownedBy === "string" && /^0x[\da-f]{40}$/i.test(value.ownedBy)
        ? [{ network, address: value.ownedBy }]
        : [],
    ),
  };
}

function readManifestChannel(value: Record<string, unknown>): ManifestChannel {
  const made: ManifestChannel = { guid: line(value.guid), type: line(value.type) };
  if (made.type !== "payment-provider" && made.type !== "other") return made;
  const channel = typeof value.address === "string" ? readAddress(value.address).channels[0] : undefined;
  return channel ? { ...made, channel } : made;
}

function target(about: ManifestTarget["about"], value: unknown): ManifestTarget | null {
  if (!isRecord(value) || typeof value.url !== "string" || !isWeb(value.url)) return null;
  const wellKnown = typeof value.wellKnown === "string" && value.wellKnown !== "" ? value.wellKnown : undefined;
  return wellKnown ? { about, url: value.url, wellKnown } : { about, url: value.url };
}

/**
 * Decides whether a manifest needs proof that it may speak for an address, and where the proof must lie.
 *
 * Rules of fundingjson.org: none is needed on the same host when the manifest lies at the root or one path begins with
 * the other, nor on GitHub for `github.com/U/*` by a manifest in `github.com/U/U`. Otherwise `wellKnown` must be on the
 * target's host, end in `/.well-known/funding-manifest-urls` and, unless at the host's root, lie under the target's path.
 *
 * @returns `required` with the address to fetch, or the settled state
 */
export function needsProof(manifestUrl: string, { url, wellKnown }: ManifestTarget): { proof: Proof; fetch?: string } {
  if (!isWeb(manifestUrl) || !isWeb(url)) return { proof: "invalid" };
  const manifest = new URL(manifestUrl);
  const about = new URL(url);
  if (manifest.host === about.host) {
    const from = segments(manifest).slice(0, -1);
    if (from.length === 0 || startsWith(segments(manifest), segments(about)) || startsWith(segments(about), from)) {
      return { proof: "not_required" };
    }
    const [owner, repository] = segments(manifest);
    if (about.host === "github.com" && owner === repository && owner === segments(about)[0]) {
      return { proof: "not_required" };
    }
  }
  if (wellKnown === undefined) return { proof: "required" };
  if (!isWeb(wellKnown)) return { proof: "invalid" };
  const proof = new URL(wellKnown);
  if (proof.host !== about.host || !proof.pathname.endsWith(WELL_KNOWN)) return { proof: "invalid" };
  const place = segments(proof).slice(0, -2);
  if (place.length > 0 && !startsWith(place, segments(about))) return { proof: "invalid" };
  return { proof: "required", fetch: wellKnown };
}

/** Decides by the text at `wellKnown`: one manifest address per line, exactly, in the first 100 lines. */
export function proves(text: string, manifestUrl: string): boolean {
  return text.split(/\r?\n/, MOST_LINES).some((one) => one.trim() === manifestUrl);
}

/**
 * Turns a page of a file on GitHub into the address of its text, as the format's own portal does.
 *
 * @example rawAddress("https://github.com/o/r/blob/main/funding.json") // → "https://github.com/o/r/raw/main/funding.json"
 */
export function rawAddress(url: string): string {
  return url.replace(/^(https:\/\/github\.com\/[^/]+\/[^/]+)\/blob\//, "$1/raw/");
}

function segments(url: URL): string[] {
  return url.pathname.split("/").filter((part) => part !== "");
}

function startsWith(path: readonly string[], prefix: readonly string[]): boolean {
  return prefix.every((part, index) => path[index] === part);
}

function isWeb(url: string): boolean {
  return /^https?:\/\//i.test(url) && URL.canParse(url);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function line(value: unknown): string {
  return typeof value === "string" ? value.slice(0, 250).trim() : "";
}
