import { load, YAMLException } from "js-yaml";
import type { Channel, MalformedAddress } from "./channels.ts";
import { channelId, readAddress } from "./channels.ts";

/**
 * A repository's FUNDING.yml: GitHub's list of ways to support a project.
 *
 * Keys are those of GitHub's documentation ("Displaying a sponsor button in your repository") and the legacy `otechie`.
 * Values are a name, a list, or in practice also `a, b`, null, numbers, quoted lists and whole addresses.
 */
export type FundingYml = {
  channels: Channel[];
  malformed: MalformedAddress[];
  /** Why nothing could be read, when nothing could. */
  problem?: string;
};

// GitHub reads no more than this; a longer file is not a funding list
const LONGEST_FILE = 64 * 1024;
const PLATFORMS = new Set([
  "github",
  "patreon",
  "open_collective",
  "ko_fi",
  "tidelift",
  "community_bridge",
  "lfx_crowdfunding",
  "liberapay",
  "issuehunt",
  "otechie",
  "polar",
  "buy_me_a_coffee",
  "thanks_dev",
  "custom",
]);

/** Reads the text of a FUNDING.yml. */
export function readFundingYml(text: string): FundingYml {
  if (text.length > LONGEST_FILE) return { channels: [], malformed: [], problem: "is longer than any funding list" };
  // aliases make a small file into a huge value, and no funding list needs them
  if (/^[^#\n]*(?:^|[\s[{,:-])[&*][\w-]+/m.test(text) && /&[\w-]+/.test(text)) {
    return { channels: [], malformed: [], problem: "uses YAML anchors, which GitHub's format does not have" };
  }
  let parsed: unknown;
  try {
    parsed = load(text);
  } catch (error) {
    const reason = error instanceof YAMLException ? error.reason : "unreadable";
    return { channels: [], malformed: [], problem: `is not YAML: ${reason}` };
  }
  return readFundingKeys(parsed);
}

/** Reads a FUNDING.yml that a service has parsed already. */
export function readFundingKeys(parsed: unknown): FundingYml {
  if (parsed === null || parsed === undefined) return { channels: [], malformed: [] };
  if (typeof parsed !== "object" || Array.isArray(parsed)) {
    return { channels: [], malformed: [], problem: "is not a list of platforms" };
  }
  const channels = new Map<string, Channel>();
  const malformed: MalformedAddress[] = [];
  for (const [key, value] of Object.entries(parsed)) {
    const platform = key.trim().toLowerCase();
    for (const one of Array.isArray(value) ? value.flat() : [value]) {
      if (one === null || one === undefined || one === "") continue;
      if (typeof one !== "string" && typeof one !== "number") {
        malformed.push({ address: `${key}: …`, reason: "is neither a name nor an address" });
        continue;
      }
      // the template's own comment left in place of a name: "# Replace with a single Patreon username"
      if (String(one).trim().startsWith("#")) continue;
      if (!PLATFORMS.has(platform)) {
        malformed.push({ address: `${key}: ${one}`.slice(0, 200), reason: "is under a key GitHub does not know" });
        continue;
      }
      const reading = readAddress(String(one), platform);
      for (const channel of reading.channels) channels.set(channelId(channel), channel);
      malformed.push(...reading.malformed);
    }
  }
  return { channels: [...channels.values()], malformed };
}
