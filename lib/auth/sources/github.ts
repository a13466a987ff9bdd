import { env } from "../../env.ts";
import { fetchParty, HttpFailure } from "../../http.ts";

/** GitHub's answer to "who is this?", as the auth library wants a person. */
export type GitHubPerson = { id: string; name: string; email?: string; emailVerified: boolean; image?: string };

/**
 * Asks GitHub (or the Enterprise server that is set) who an access token belongs to, with their primary e-mail address.
 *
 * @throws Error when GitHub does not answer or does not take the token: the sign-in then fails with a page
 */
export async function fetchGitHubPerson(accessToken: string): Promise<GitHubPerson> {
  const [user, emails] = await Promise.all([
    ask<{ id: number; login: string; name?: string | null; avatar_url?: string }>("/user", accessToken),
    ask<{ email: string; primary: boolean; verified: boolean }[]>("/user/emails", accessToken),
  ]);
  const best = emails.find((address) => address.primary) ?? emails[0];
  return {
    id: String(user.id),
    name: user.name || user.login,
    emailVerified: Boolean(best?.verified),
    ...(best ? { email: best.email } : {}),
    ...(user.avatar_url ? { image: user.avatar_url } : {}),
  };
}

async function ask<Answer>(path: string, accessToken: string): Promise<Answer> {
  const answer = await fetchParty(`${env.GITHUB_API_URL}${path}`, {
    headers: {
      authorization: `Bearer ${accessToken}`,
      accept: "application/vnd.github+json",
      "user-agent": "tributary",
    },
    timeoutMs: 10_000,
    maxPauseMs: 2_000,
  });
  if (answer.status === 401 || answer.status === 403)
    throw new NotAllowed(`GitHub answered ${answer.status} to ${path}`);
  if (answer.status !== 200) throw new Error(`GitHub answered ${answer.status} to ${path}`);
  return JSON.parse(answer.body.toString("utf8")) as Answer;
}

/** An organisation the person owns; verified means that GitHub has seen that its website's domain is its own. */
export type OwnedOrganisation = { login: string; website: string; isVerified: boolean };

const MOST_ORGANISATIONS = 30;

/** Lists the organisations a person owns, or says why GitHub does not show them. */
export async function findOwnedOrganisations(
  accessToken: string,
): Promise<{ kind: "found"; value: OwnedOrganisation[] } | { kind: "failed"; reason: string }> {
  try {
    const memberships = await ask<{ role: string; organization: { login: string } }[]>(
      "/user/memberships/orgs?state=active&per_page=100",
      accessToken,
    );
    const owned = memberships.filter(({ role }) => role === "admin").slice(0, MOST_ORGANISATIONS);
    const value: OwnedOrganisation[] = [];
    for (const { organization } of owned) {
      const path = `/orgs/${encodeURIComponent(organization.login)}`;
      const found = await ask<{ login: string; blog?: string | null; is_verified?: boolean }>(path, accessToken);
      value.push({ login: found.login, website: found.blog ?? "", isVerified: found.is_verified === true });
    }
    return { kind: "found", value };
  } catch (error) {
    if (error instanceof NotAllowed)
      return { kind: "failed", reason: "GitHub does not show us your organisations yet. Let it, then look again." };
    if (error instanceof HttpFailure)
      return { kind: "failed", reason: `GitHub could not be reached: ${error.message}` };
    throw error;
  }
}

/** GitHub knows who asks, and does not answer that. */
class NotAllowed extends Error {}
