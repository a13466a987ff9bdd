import type { Channel, MalformedAddress } from "./channels.ts";

/** Whom we learned something from. `lockfile` is the visitor's own file; all others are outside parties we asked. */
export type SourceName =
  | "lockfile"
  | "github"
  | "ecosystems"
  | "npm"
  | "pypi"
  | "rubygems"
  | "packagist"
  | "hex"
  | "pub"
  | "deps-dev"
  | "funding-yml"
  | "funding-json"
  | "open-collective"
  | "page";

/** What people call each source, for pages: "learned from GitHub on …". */
export const SOURCE_LABELS: Readonly<Record<SourceName, string>> = {
  lockfile: "your lockfile",
  github: "GitHub",
  ecosystems: "ecosyste.ms",
  npm: "the npm registry",
  pypi: "the Python package index",
  rubygems: "RubyGems",
  packagist: "Packagist",
  hex: "Hex",
  pub: "the Dart package server",
  "deps-dev": "deps.dev",
  "funding-yml": "FUNDING.yml on GitHub",
  "funding-json": "funding.json",
  "open-collective": "Open Collective",
  page: "the page itself",
};

/** Where and when something was learned. */
export type Provenance = {
  source: SourceName;
  /** The file's name for lockfiles, an address a person can open where there is one, else what the party is called. */
  where: string;
  /** Whose statement it is: a package with its version, or a repository. */
  subject: string;
  /** Moment in ISO 8601. */
  learnedAt: string;
};

/** Somebody's own funding list names this channel: the package `provenance.subject`, or the project's repository. */
export type Statement = {
  project: string;
  channel: Channel;
  provenance: Provenance;
  /** The address is known to belong to the project, but not from a list that would show who is who. */
  provesNothing?: true;
};

/** Somebody other than a project says that two accounts are the same: a collective that names its account on GitHub. */
export type AccountClaim = { accounts: [string, string]; by: string };

/** What is known about whether a channel works. */
export type Verdict =
  | "unchecked" // nobody has been asked
  | "usable"
  | "no_listing" // the account exists or existed, and takes no money there
  | "archived" // every project that names it is archived; it may still take money
  | "inactive" // every project that names it has been silent for twelve months
  | "redirect" // answers at another address now, given as `detail`
  | "malformed";

/** A verdict with its day and, where there is one, its particulars. */
export type Judgement = { verdict: Verdict; detail?: string; judgedAt?: string };

/** What a reader should know about a payee before paying. */
export type PayeeFlag = "company-owned" | "foundation" | "bot" | "own";

/** A channel of a payee, with everything that says so. */
export type PayeeChannel = Channel & {
  /** How many of the payee's projects name it. */
  projectCount: number;
  provenance: Provenance[];
  judgement: Judgement;
};

/** A person or body that money can go to: one, however many packages, projects and rails. */
export type Payee = {
  /** The account that stands for them, as `host/name`: `github.com/sindresorhus`. */
  id: string;
  name: string;
  /** Best first; the first is the one to use. */
  channels: PayeeChannel[];
  /** Project ids, sorted. */
  projects: string[];
  /** Packages (without version) of those projects. */
  packageCount: number;
  /** All of the channels' provenance, once each. */
  provenance: Provenance[];
  /** Subjects whose own funding list names several of these accounts, which is why they are taken for one payee. */
  mergedBy: string[];
  flags: PayeeFlag[];
  /** False when every channel is known not to work, or the payee is the visitor's own. */
  payable: boolean;
};

/** What the files or parties said that cannot be used, with who said it. */
export type MalformedStatement = MalformedAddress & { provenance: Provenance };

/** Who can be paid for a project, in the shape allocation reads (`ProjectPayees`): equal weights unless somebody says otherwise. */
export type ProjectShare = { payee: string; weight: number };
