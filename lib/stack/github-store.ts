import { createHash } from "node:crypto";
import { recordChange } from "../audit/store.ts";
import { dayOf } from "../day.ts";
import { db } from "../db.ts";
import { env } from "../env.ts";
import { enqueue } from "../queue.ts";
import { Refusal, refuse } from "../refusal.ts";
import { seal, unseal } from "../seal.ts";
import { lockfilesInTree } from "./lockfiles-in-tree.ts";
import { fetchTexts, type GithubAccess, type GithubAnswer, listRepositories } from "./sources/github.ts";
import { type GithubApp, installationToken, listInstallations } from "./sources/github-app.ts";
import { keepScan, MAX_SCAN_FILES } from "./store.ts";

const PURPOSE = "github token of a company";
/** Connected companies are scanned this often. */
export const SCAN_EVERY_DAYS = 7;

/** A company's connection as its team sees it; the token is never shown again. */
export type GithubConnectionView = {
  owner: string;
  /** By the app that the account installed; else by a token. */
  byApp: boolean;
  createdAt: Date;
  lastRunAt: Date | null;
  lastFinding: string | null;
};

/** Finds a company's connection; null while it has none. */
export async function findConnection(companyId: string): Promise<GithubConnectionView | null> {
  const found = await db.githubConnection.findUnique({
    where: { companyId },
    select: { owner: true, createdAt: true, lastRunAt: true, lastFinding: true, installationId: true },
  });
  if (!found) return null;
  const { installationId, ...shown } = found;
  return { ...shown, byApp: installationId !== null };
}

/** This site's GitHub App; null while it has none, and companies connect with a token. */
export function githubApp(): (GithubApp & { installUrl: string }) | null {
  const { GITHUB_APP_ID: id, GITHUB_APP_SLUG: slug, GITHUB_APP_PRIVATE_KEY: key } = env;
  if (!id || !slug || !key) return null;
  // an Enterprise server has its apps at another path
  const folder = env.GITHUB_URL === "https://github.com" ? "apps" : "github-apps";
  return {
    apiUrl: env.GITHUB_API_URL,
    id,
    privateKey: key.replaceAll("\\n", "\n"),
    installUrl: `${env.GITHUB_URL}/${folder}/${encodeURIComponent(slug)}/installations/new`,
  };
}

/**
 * Connects a company with its account at GitHub: the token is tried at once, kept sealed, and a first scan is asked for.
 *
 * @param access  where GitHub is and the token that may read contents
 * @returns how many repositories the token sees
 * @throws Refusal "invalid" on the fields `owner` or `token`
 */
export async function connectGithub(
  companyId: string,
  owner: string,
  access: GithubAccess,
  { userId, now }: { userId: string; now: Date },
): Promise<number> {
  const login = readLogin(owner);
  if (!/^[\w-]{20,255}$/.test(access.token)) throw wrong("token", "Paste the whole token, like github_pat_….");
  const repositories = await listRepositories(access, login);
  if (repositories.kind === "failed") throw wrong("token", repositories.reason);
  if (repositories.kind === "absent") throw wrong("owner", "There is no such account, or the token does not see it.");
  const sealedToken = seal(access.token, PURPOSE, secret());
  await keepConnection(companyId, { owner: login, sealedToken, installationId: null }, { userId, now });
  return repositories.value.length;
}

/**
 * Connects a company with an organisation that has installed this site's app. GitHub tells us who installed it, and the
 * acting person must own the organisation: whoever only works there, or names an installation of others, is refused.
 *
 * @param owned  organisations that GitHub says the person owns
 * @throws Refusal "invalid" on the field `owner`
 */
export async function connectInstallation(
  companyId: string,
  owner: string,
  owned: GithubAnswer<readonly { login: string }[]>,
  app: GithubApp,
  { userId, now }: { userId: string; now: Date },
): Promise<void> {
  const login = readLogin(owner);
  const isSame = (other: string) => other.toLowerCase() === login.toLowerCase();
  if (owned.kind === "failed") throw wrong("owner", owned.reason);
  if (owned.kind === "absent" || !owned.value.some((organisation) => isSame(organisation.login)))
    throw wrong("owner", `GitHub does not say that you own ${login}. Its owners can connect it.`);
  const installations = await listInstallations(app, now);
  if (installations.kind === "failed") throw wrong("owner", installations.reason);
  const found =
    installations.kind === "found"
      ? installations.value.find((one) => one.kind === "Organization" && isSame(one.owner))
      : undefined;
  if (!found) throw wrong("owner", `The app is not installed at ${login} yet. Install it there first.`);
  if (found.isSuspended) throw wrong("owner", `The app is suspended at ${found.owner}. Let it in again at GitHub.`);
  if (!found.readsContents)
    throw wrong("owner", `The app may not read contents at ${found.owner}. Accept its permissions at GitHub.`);
  const columns = { owner: found.owner, sealedToken: null, installationId: found.id };
  await keepConnection(companyId, columns, { userId, now });
}

async function keepConnection(
  companyId: string,
  columns: { owner: string; sealedToken: string | null; installationId: string | null },
  { userId, now }: { userId: string; now: Date },
): Promise<void> {
  const { owner, installationId } = columns;
  await db.$transaction(async (tx) => {
    await tx.githubConnection.upsert({
      where: { companyId },
      create: { companyId, ...columns, createdById: userId, createdAt: now },
      update: { ...columns, createdById: userId, lastRunAt: null, lastFinding: null },
    });
    const after = { owner, by: installationId === null ? "token" : "app" };
    await recordChange(tx, { actorId: userId, companyId, action: "github.connected", after });
    await enqueue("scan-github", { companyId }, { key: `scan-github ${companyId}` }, tx);
  });
}

function readLogin(owner: string): string {
  const login = owner.trim().replace(/^(https?:\/\/[^/]+\/|@)/, "");
  if (!/^[a-z\d](?:[a-z\d-]{0,38})$/i.test(login)) throw wrong("owner", "Enter the account’s name, like acme.");
  return login;
}

/** Forgets the connection and its token. Scans stay. */
export async function disconnectGithub(companyId: string, userId: string): Promise<void> {
  await db.$transaction(async (tx) => {
    const found = await tx.githubConnection.findUnique({ where: { companyId } });
    if (!found) throw refuse("not_found", "GitHub is not connected.");
    await tx.githubConnection.delete({ where: { companyId } });
    const before = { owner: found.owner };
    await recordChange(tx, { actorId: userId, companyId, action: "github.disconnected", before });
  });
}

/** Asks for a scan of a connected company now, beside the schedule. */
export async function askGithubScan(companyId: string): Promise<void> {
  if (!(await findConnection(companyId))) throw refuse("not_found", "GitHub is not connected.");
  await enqueue("scan-github", { companyId }, { key: `scan-github ${companyId}` });
}

/** Asks for a scan of every connected company whose last one is a week old; answers how many. */
export async function askDueScans(now: Date): Promise<number> {
  const before = new Date(now.getTime() - SCAN_EVERY_DAYS * 86_400_000);
  const due = await db.githubConnection.findMany({
    where: { OR: [{ lastRunAt: null }, { lastRunAt: { lte: before } }], company: { deleteAfter: null } },
    select: { companyId: true },
  });
  for (const { companyId } of due) await enqueue("scan-github", { companyId }, { key: `scan-github ${companyId}` });
  return due.length;
}

/**
 * Reads the lockfiles of all repositories of a connected account and keeps them as one scan, whose paths begin with the
 * repository's name. How it went is kept as a sentence; nothing is kept of an account that could not be read.
 */
export async function scanGithub(companyId: string, apiUrl: string, now: Date): Promise<void> {
  const connection = await db.githubConnection.findUnique({ where: { companyId } });
  if (!connection) return; // disconnected since
  const { owner, sealedToken, installationId } = connection;
  const access = await accessOf(connection, now);
  const finding =
    access.kind === "found"
      ? await readAndKeep(companyId, owner, { apiUrl, token: access.value }, now)
      : access.kind === "failed"
        ? access.reason
        : `The app is no longer installed at ${owner}. Install it again, or connect with a token.`;
  await db.githubConnection.updateMany({
    where: { companyId, sealedToken, installationId },
    data: { lastRunAt: now, lastFinding: finding },
  });
}

async function accessOf(
  connection: { sealedToken: string | null; installationId: string | null },
  now: Date,
): Promise<GithubAnswer<string>> {
  if (connection.installationId !== null) {
    const app = githubApp();
    return app
      ? installationToken(app, connection.installationId, now)
      : { kind: "failed", reason: "This site has no GitHub App any more. Connect with a token." };
  }
  const token = connection.sealedToken && unseal(connection.sealedToken, PURPOSE, secret());
  const reason = "The token cannot be opened any more, because this site’s secret has changed. Connect again.";
  return token ? { kind: "found", value: token } : { kind: "failed", reason };
}

async function readAndKeep(companyId: string, owner: string, access: GithubAccess, now: Date): Promise<string> {
  const repositories = await listRepositories(access, owner);
  if (repositories.kind === "failed") return repositories.reason;
  if (repositories.kind === "absent") return `There is no account ${owner}, or the token does not see it.`;
  const files = new Map<string, string>();
  let read = 0;
  let left = 0;
  for (const { name, entries } of repositories.value) {
    const paths = lockfilesInTree(entries);
    if (paths.length === 0) continue;
    if (files.size + paths.length > MAX_SCAN_FILES) {
      left++;
      continue;
    }
    const texts = await fetchTexts(access, name, paths);
    if (texts.kind === "failed") return texts.reason;
    if (texts.kind === "absent") continue; // gone or renamed since it was listed
    read++;
    for (const [path, text] of texts.value) files.set(`${name}/${path}`, text);
  }
  const total = repositories.value.length;
  if (files.size === 0) return `None of ${total} repositories has a lockfile within its first three folders.`;
  const content = createHash("sha256").update(dayOf(now));
  for (const [path, text] of files) content.update(`\0${path}\0${text}`);
  try {
    const kept = await keepScan(companyId, files, { userId: null, requestKey: content.digest("base64url"), now });
    const more = left > 0 ? ` ${left} more were left out: a scan holds at most ${MAX_SCAN_FILES} files.` : "";
    return `${kept.packages} packages in the lockfiles of ${read} of ${total} repositories.${more}`;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

function wrong(field: string, sentence: string): Refusal {
  return refuse("invalid", sentence, { [field]: sentence });
}

function secret(): string {
  if (!env.AUTH_SECRET) throw new Error("AUTH_SECRET is not set, so tokens cannot be sealed.");
  return env.AUTH_SECRET;
}
