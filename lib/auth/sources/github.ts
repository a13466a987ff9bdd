import { env } from "../../env.ts";
import { fetchParty } from "../../http.ts";

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
  if (answer.status !== 200) throw new Error(`GitHub answered ${answer.status} to ${path}`);
  return JSON.parse(answer.body.toString("utf8")) as Answer;
}
