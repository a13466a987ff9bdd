import { createPrivateKey, createSign } from "node:crypto";
import { fetchParty, HttpFailure } from "../../http.ts";
import type { GithubAnswer } from "./github.ts";

/** A GitHub App of this site: its id, and the private key (PEM) with which it says that it is the app. */
export type GithubApp = { apiUrl: string; id: string; privateKey: string };

/** One account that has installed the app. */
export type Installation = {
  id: string;
  /** The account's login. */
  owner: string;
  kind: "Organization" | "User";
  isSuspended: boolean;
  /** It lets the app read the contents of the repositories that were chosen. */
  readsContents: boolean;
};

const PAGE = 100;
/** An app with more installations than this asks for them one account at a time; none of ours is near it. */
const MOST_PAGES = 50;

/**
 * Makes the token with which an app speaks for itself: a JSON Web Token (RFC 7519) signed with RS256, good for nine minutes.
 * GitHub allows ten, and takes one issued a minute in the future of its own clock for wrong.
 */
export function appToken({ id, privateKey }: Pick<GithubApp, "id" | "privateKey">, now: Date): string {
  const seconds = Math.floor(now.getTime() / 1000);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part({ alg: "RS256", typ: "JWT" })}.${part({ iat: seconds - 60, exp: seconds + 540, iss: id })}`;
  return `${signed}.${createSign("RSA-SHA256").update(signed).sign(createPrivateKey(privateKey), "base64url")}`;
}

type Listed = {
  id: number;
  account: { login?: string; type?: string } | null;
  suspended_at: string | null;
  permissions: { contents?: string };
};

/** Lists who has installed the app. */
export async function listInstallations(app: GithubApp, now: Date): Promise<GithubAnswer<Installation[]>> {
  const found: Installation[] = [];
  for (let page = 1; page <= MOST_PAGES; page++) {
    const answer = await ask<Listed[]>(app, `/app/installations?per_page=${PAGE}&page=${page}`, "GET", now);
    if (answer.kind !== "found") return answer;
    for (const { id, account, suspended_at, permissions } of answer.value) {
      if (!account?.login) continue;
      found.push({
        id: String(id),
        owner: account.login,
        kind: account.type === "Organization" ? "Organization" : "User",
        isSuspended: suspended_at !== null,
        readsContents: permissions.contents === "read" || permissions.contents === "write",
      });
    }
    if (answer.value.length < PAGE) break;
  }
  return { kind: "found", value: found };
}

/**
 * Asks for a token of one installation, which may only read contents and ends after an hour; absent when the app was
 * removed there.
 */
export async function installationToken(app: GithubApp, id: string, now: Date): Promise<GithubAnswer<string>> {
  const path = `/app/installations/${encodeURIComponent(id)}/access_tokens`;
  const answer = await ask<{ token: string }>(app, path, "POST", now);
  return answer.kind === "found" ? { kind: "found", value: answer.value.token } : answer;
}

async function ask<Value>(
  app: GithubApp,
  path: string,
  method: "GET" | "POST",
  now: Date,
): Promise<GithubAnswer<Value>> {
  try {
    const { status, body } = await fetchParty(`${app.apiUrl}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${appToken(app, now)}`,
        accept: "application/vnd.github+json",
        "content-type": "application/json",
        "user-agent": "tributary",
      },
      ...(method === "POST" && { body: JSON.stringify({ permissions: { contents: "read" } }) }),
    });
    if (status === 200 || status === 201) return { kind: "found", value: JSON.parse(body.toString("utf8")) as Value };
    if (status === 404) return { kind: "absent" };
    const reasons: Record<number, string> = {
      401: "GitHub does not take this site’s app: its id or its key is not right. Tell this site’s administrator.",
      403: "GitHub does not let the app in: it may be suspended there.",
      422: "The app may not read contents there. Accept its permissions at GitHub, then try again.",
    };
    return { kind: "failed", reason: reasons[status] ?? `GitHub answered with status ${status}.` };
  } catch (error) {
    if (error instanceof HttpFailure)
      return { kind: "failed", reason: `GitHub could not be reached: ${error.message}` };
    throw error;
  }
}
