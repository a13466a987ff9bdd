/**
 * The rails money can travel on, and how each one writes the address of an account.
 *
 * Keys and address templates follow GitHub's FUNDING.yml ("Displaying a sponsor button in your repository"); `paypal`
 * and `github_button` are ours, for addresses that package metadata really contains.
 */
export type Rail =
  | "github_sponsors"
  | "open_collective"
  | "thanks_dev"
  | "liberapay"
  | "patreon"
  | "ko_fi"
  | "buy_me_a_coffee"
  | "polar"
  | "paypal"
  | "tidelift"
  | "issuehunt"
  | "lfx"
  | "community_bridge"
  | "otechie"
  | "github_button"
  | "custom";

/** Every rail, in the order used when nobody has stated a preference: rails that a company can pay by invoice first. */
export const RAILS: readonly Rail[] = [
  "github_sponsors",
  "open_collective",
  "thanks_dev",
  "liberapay",
  "lfx",
  "community_bridge",
  "polar",
  "patreon",
  "ko_fi",
  "buy_me_a_coffee",
  "paypal",
  "issuehunt",
  "otechie",
  "github_button",
  "custom",
  "tidelift",
];

/** What people call each rail. */
export const RAIL_LABELS: Readonly<Record<Rail, string>> = {
  github_sponsors: "GitHub Sponsors",
  open_collective: "Open Collective",
  thanks_dev: "thanks.dev",
  liberapay: "Liberapay",
  patreon: "Patreon",
  ko_fi: "Ko-fi",
  buy_me_a_coffee: "Buy Me a Coffee",
  polar: "Polar",
  paypal: "PayPal",
  tidelift: "Tidelift",
  issuehunt: "IssueHunt",
  lfx: "LFX Crowdfunding",
  community_bridge: "CommunityBridge",
  otechie: "Otechie",
  github_button: "Sponsor button on GitHub",
  custom: "Own page",
};

/** How each rail with accounts writes an account's address, and which part of a path names the account. */
export const ACCOUNT_RAILS: Readonly<
  Partial<Record<Rail, { hosts: readonly string[]; address: (key: string) => string; lead?: readonly string[] }>>
> = {
  open_collective: { hosts: ["opencollective.com"], address: (key) => `https://opencollective.com/${key}` },
  liberapay: { hosts: ["liberapay.com"], address: (key) => `https://liberapay.com/${key}` },
  patreon: { hosts: ["patreon.com"], address: (key) => `https://patreon.com/${key}`, lead: ["c", "cw", "join"] },
  ko_fi: { hosts: ["ko-fi.com"], address: (key) => `https://ko-fi.com/${key}` },
  buy_me_a_coffee: {
    hosts: ["buymeacoffee.com", "bmc.link"],
    address: (key) => `https://buymeacoffee.com/${key}`,
  },
  polar: { hosts: ["polar.sh"], address: (key) => `https://polar.sh/${key}` },
  paypal: { hosts: ["paypal.me"], address: (key) => `https://paypal.me/${key}` },
  issuehunt: { hosts: ["issuehunt.io"], address: (key) => `https://issuehunt.io/r/${key}`, lead: ["r"] },
  otechie: { hosts: ["otechie.com"], address: (key) => `https://otechie.com/${key}` },
  lfx: {
    hosts: ["crowdfunding.lfx.linuxfoundation.org"],
    address: (key) => `https://crowdfunding.lfx.linuxfoundation.org/projects/${key}`,
    lead: ["projects"],
  },
  community_bridge: {
    hosts: ["funding.communitybridge.org"],
    address: (key) => `https://funding.communitybridge.org/projects/${key}`,
    lead: ["projects"],
  },
};

// what FUNDING.yml keys, GitHub's FundingPlatform, Composer and npm `type` fields call the rails, letters and digits only
const NAMES: ReadonlyMap<string, Rail> = new Map([
  ["github", "github_sponsors"],
  ["githubsponsors", "github_sponsors"],
  ["githubsponsor", "github_sponsors"],
  ["opencollective", "open_collective"],
  ["patreon", "patreon"],
  ["kofi", "ko_fi"],
  ["liberapay", "liberapay"],
  ["buymeacoffee", "buy_me_a_coffee"],
  ["tidelift", "tidelift"],
  ["thanksdev", "thanks_dev"],
  ["polar", "polar"],
  ["issuehunt", "issuehunt"],
  ["communitybridge", "community_bridge"],
  ["lfxcrowdfunding", "lfx"],
  ["otechie", "otechie"],
  ["paypal", "paypal"],
]);

/**
 * Finds the rail behind what a file calls a platform; null for free words such as "consulting" or "individual".
 *
 * @example railNamed("GitHub Sponsors") // → "github_sponsors"; railNamed("open_collective") // → "open_collective"
 */
export function railNamed(name: string): Rail | null {
  return NAMES.get(name.toLowerCase().replaceAll(/[^a-z0-9]/g, "")) ?? null;
}
