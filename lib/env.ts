import { z } from "zod";

/** One setting: how it is read, what it is for, and what holds when it is unset and has no fixed default. */
const setting = <T extends z.ZodType>(schema: T, about: string, unset?: string) => ({ schema, about, unset });

const text = z.string().trim().min(1);
const httpUrl = z.url({ protocol: /^https?$/, error: "must be an http or https address" }).transform(withoutSlash);
const wholeNumber = (min: number, max: number) =>
  z.coerce
    .number({ error: "must be a number" })
    .int()
    .min(min)
    .max(max, { error: `must be at most ${max}` });

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, "");
}

const postgresUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error: "must be an address like postgresql://user:password@host/database",
});
const smtpUrl = z.url({ protocol: /^smtps?$/, error: "must be an address like smtp://user:password@host:587" });

const SETTINGS = {
  DATABASE_URL: setting(
    postgresUrl.optional(),
    "PostgreSQL 15 or later to use instead of the embedded one.",
    "embedded",
  ),
  DATABASE_POOL: setting(wholeNumber(1, 1000).default(10), "Connections each process may hold."),
  DATA_DIR: setting(text.default(".data"), "Folder of the embedded database and its secrets."),
  HOST: setting(text.default("127.0.0.1"), "Address the site listens on."),
  PORT: setting(wholeNumber(1, 65535).default(3000), "Port the site listens on."),
  ROLE: setting(
    z.enum(["all", "web", "worker"], { error: "must be all, web or worker" }).default("all"),
    "What this start runs: the site, the background worker, or both.",
  ),
  WEB_PROCESSES: setting(
    wholeNumber(1, 64).default(1),
    "How many web processes share the database; above 1, rendered pages are cached in it.",
  ),
  APP_URL: setting(
    httpUrl.optional(),
    "Public address of the site, for links in mail and feeds.",
    "`http://localhost:PORT`",
  ),
  AUTH_SECRET: setting(
    z.string().min(32, { error: "must be at least 32 characters" }).optional(),
    "Secret that signs sessions; the same for every process. Required with DATABASE_URL.",
    "made and kept while embedded",
  ),
  SMTP_URL: setting(
    smtpUrl.optional(),
    "Mail server. Required with DATABASE_URL.",
    "a local mailbox page while embedded on loopback",
  ),
  MAIL_FROM: setting(text.default("Tributary <tributary@localhost>"), "Sender of all mail."),
  CONTACT_EMAIL: setting(
    z.email({ error: "must be an e-mail address" }).optional(),
    "Address told to outside services with each request, as they ask for.",
    "none told",
  ),
  LEAVING_POLICY: setting(
    z.enum(["erase", "tombstone"], { error: "must be erase or tombstone" }).default("erase"),
    "What happens to a company's publications 30 days after it leaves: everything is erased, or bare facts stay as a tombstone.",
  ),
  GITHUB_CLIENT_ID: setting(text.optional(), "OAuth application for signing in with GitHub.", "no GitHub sign-in"),
  GITHUB_CLIENT_SECRET: setting(text.optional(), "Its secret.", "no GitHub sign-in"),
  GITHUB_APP_ID: setting(
    text.optional(),
    "GitHub App with which companies connect their repositories.",
    "by token only",
  ),
  GITHUB_APP_SLUG: setting(text.optional(), "Its name in its address at GitHub.", "by token only"),
  GITHUB_APP_PRIVATE_KEY: setting(
    text.optional(),
    "Its private key (PEM; line breaks may be written as \\n).",
    "by token only",
  ),
  GITHUB_TOKEN: setting(text.optional(), "Token for reading public funding data from GitHub.", "GitHub is not asked"),
  GITHUB_URL: setting(httpUrl.default("https://github.com"), "GitHub, or a GitHub Enterprise server."),
  GITHUB_API_URL: setting(httpUrl.default("https://api.github.com"), "API of the same."),
  ECOSYSTEMS_URL: setting(httpUrl.default("https://packages.ecosyste.ms"), "Package metadata of ecosyste.ms."),
  DEPS_DEV_URL: setting(httpUrl.default("https://api.deps.dev"), "Package metadata of deps.dev."),
  OPEN_COLLECTIVE_URL: setting(httpUrl.default("https://api.opencollective.com"), "Open Collective's API."),
  NPM_REGISTRY_URL: setting(httpUrl.optional(), "npm registry asked for package metadata.", "the npm client's own"),
  PYPI_URL: setting(httpUrl.optional(), "Python package index.", "not asked directly"),
  RUBYGEMS_URL: setting(httpUrl.optional(), "RubyGems server.", "not asked directly"),
  PACKAGIST_URL: setting(httpUrl.optional(), "Packagist server.", "not asked directly"),
  HEX_URL: setting(httpUrl.optional(), "Hex server.", "not asked directly"),
  PUB_URL: setting(httpUrl.optional(), "Dart and Flutter package server.", "not asked directly"),
  FUNDING_PAGES: setting(
    z.enum(["yes", "no"], { error: "must be yes or no" }).default("yes"),
    "Whether funding pages that projects name are opened, to see whether they are still there.",
  ),
  FX_URL: setting(
    httpUrl.default("https://www.ecb.europa.eu"),
    "Reference exchange rates of the European Central Bank.",
  ),
} as const;

type Name = keyof typeof SETTINGS;
const NAMES = Object.keys(SETTINGS) as Name[];

/** Every setting as the rest of the house reads it. */
export type Settings = { [K in Name]: z.output<(typeof SETTINGS)[K]["schema"]> };

/** Settings, and what follows from several of them together. */
export type Env = Settings & {
  /** Whether mail is kept in the database and shown at the local mailbox page instead of being sent. */
  localMailbox: boolean;
  /** `APP_URL`, or the address this process listens on; never ends in a slash. */
  appUrl: string;
};

type Source = Record<string, string | undefined>;

/** An empty variable means unset: that is how most ways to deploy clear one. */
const given = (source: Source, name: string) => source[name] || undefined;

function read<K extends Name>(source: Source, name: K): Settings[K] {
  const result = SETTINGS[name].schema.safeParse(given(source, name));
  if (!result.success) throw new Error(`${name} ${result.error.issues[0]?.message}.`);
  return result.data as Settings[K];
}

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** The launcher says so, and only while it runs the database itself: a setting could be wrong, this cannot. */
const isEmbedded = (source: Source) => source.TRIBUTARY_EMBEDDED === "1";

const localMailbox = (source: Source) =>
  isEmbedded(source) && isLoopback(read(source, "HOST")) && !read(source, "SMTP_URL");

const appUrl = (source: Source) => read(source, "APP_URL") ?? `http://localhost:${read(source, "PORT")}`;

/**
 * Reads settings from any set of variables, each when it is first looked at.
 *
 * Looking at a setting that is set but unusable throws a sentence that names it; `startRefusals` finds all at once.
 */
export function readEnv(source: Source): Env {
  const reads: Record<string, () => unknown> = {
    localMailbox: () => localMailbox(source),
    appUrl: () => appUrl(source),
  };
  for (const name of NAMES) reads[name] = () => read(source, name);
  const properties = Object.entries(reads).map(([name, get]) => [name, { get, enumerable: true }] as const);
  return Object.defineProperties({}, Object.fromEntries(properties)) as Env;
}

/** The settings of this process. Nothing is read until it is asked for, so that building the site needs none. */
export const env: Env = readEnv(process.env);

/**
 * Says why a start must be refused: one sentence per reason, each naming what to set; empty when all is well.
 *
 * @example
 * startRefusals({ DATABASE_URL: "postgresql://…", AUTH_SECRET: "…" })
 * // → ["SMTP_URL is not set: with DATABASE_URL set, sign-in links can only be mailed; set it to your mail server."]
 */
export function startRefusals(source: Source): string[] {
  const refusals: string[] = [];
  for (const name of NAMES) {
    try {
      read(source, name);
    } catch (error) {
      refusals.push((error as Error).message);
    }
  }
  if (refusals.length) return refusals;
  if (!isEmbedded(source)) {
    if (!given(source, "DATABASE_URL")) refusals.push("DATABASE_URL is not set and no embedded database is running.");
    if (!given(source, "AUTH_SECRET"))
      refusals.push(
        "AUTH_SECRET is not set: with DATABASE_URL set, sessions need a secret that every process shares; set it to 32 or more random characters.",
      );
    if (!given(source, "SMTP_URL"))
      refusals.push(
        "SMTP_URL is not set: with DATABASE_URL set, sign-in links can only be mailed; set it to your mail server.",
      );
  } else if (!isLoopback(read(source, "HOST")) && !given(source, "SMTP_URL")) {
    refusals.push(
      `HOST is ${read(source, "HOST")}, so others can reach this site, and its local mailbox would show them every sign-in link: set SMTP_URL to your mail server.`,
    );
  }
  if (Boolean(given(source, "GITHUB_CLIENT_ID")) !== Boolean(given(source, "GITHUB_CLIENT_SECRET")))
    refusals.push("GITHUB_CLIENT_ID and GITHUB_CLIENT_SECRET belong together: set both or neither.");
  const app = ["GITHUB_APP_ID", "GITHUB_APP_SLUG", "GITHUB_APP_PRIVATE_KEY"].filter((name) => given(source, name));
  if (app.length > 0 && app.length < 3)
    refusals.push("GITHUB_APP_ID, GITHUB_APP_SLUG and GITHUB_APP_PRIVATE_KEY belong together: set all or none.");
  if (app.length === 3 && !given(source, "GITHUB_CLIENT_ID"))
    refusals.push(
      "GITHUB_CLIENT_ID is not set: with GITHUB_APP_ID set, people must be able to show at GitHub that an organisation is theirs.",
    );
  return refusals;
}

/** Renders the README's table of settings. A test keeps the README equal to it. */
export function settingsTable(): string {
  const rows = NAMES.map((name) => {
    const { schema, about, unset } = SETTINGS[name];
    const fixed = schema.safeParse(undefined).data;
    return `| \`${name}\` | ${about} | ${fixed === undefined ? unset : `\`${fixed}\``} |`;
  });
  return ["| Setting | What it does | When unset |", "| --- | --- | --- |", ...rows].join("\n");
}
