import { isAPIError } from "better-auth/api";
import { getSessionCookie } from "better-auth/cookies";
import { z } from "zod";
import { refuse } from "../refusal.ts";
import { auth, hasGitHub } from "./auth.ts";
import { addressOf, throttle } from "./throttle.ts";

/** Who is signed in, and with which session. */
export type CurrentSession = {
  id: string;
  user: { id: string; name: string; email: string; image: string | null };
  expiresAt: Date;
};

/**
 * Finds who sends a request; null when nobody is signed in. Without a session cookie it asks nobody, so that public
 * pages stay free of the database.
 */
export async function findSession(headers: Headers): Promise<CurrentSession | null> {
  if (!getSessionCookie(headers, { cookiePrefix: "tributary" })) return null;
  const found = await auth().api.getSession({ headers });
  if (!found) return null;
  const { id, name, email, image } = found.user;
  return { id: found.session.id, user: { id, name, email, image: image ?? null }, expiresAt: found.session.expiresAt };
}

/**
 * Answers who sends a request.
 *
 * @throws Refusal "unauthenticated" when nobody is signed in
 */
export async function requireSession(headers: Headers): Promise<CurrentSession> {
  const session = await findSession(headers);
  if (!session) throw refuse("unauthenticated", "Please sign in first.");
  return session;
}

const emailAddress = z.email().max(254);

/**
 * Sends a sign-in link to an e-mail address; whoever opens it and presses its button is signed in, and has an account
 * from then on.
 *
 * The answer is the same whether the address is known or not.
 *
 * @param returnTo  path of this site to land on; anything else is ignored
 * @throws Refusal "invalid" on the field `email`, or "too_many" with the time to wait
 */
export async function requestSignInLink(email: string, headers: Headers, returnTo?: string): Promise<void> {
  const address = emailAddress.safeParse(email.trim().toLowerCase());
  if (!address.success) {
    const sentence = "Enter an e-mail address, like name@company.example.";
    throw refuse("invalid", sentence, { email: sentence });
  }
  await throttle("sign-in-address", addressOf(headers));
  await throttle("sign-in-email", address.data);
  await auth().api.signInMagicLink({
    body: { email: address.data, callbackURL: ownPath(returnTo), errorCallbackURL: "/sign-in" },
    headers,
  });
}

/**
 * Uses up a mailed link and signs its reader in. Call it from a form, never from opening the link: the guards of mailboxes
 * open links too.
 *
 * @returns the cookies of the new session; in a server action the framework has set them already
 * @throws Refusal "not_found" when the link was used, is too old, or is not one of ours
 */
export async function signInByLink(token: string, headers: Headers): Promise<string[]> {
  try {
    const answer = await auth().api.magicLinkVerify({ query: { token }, headers, returnHeaders: true });
    return answer.headers.getSetCookie();
  } catch (error) {
    // the library answers a link that does not work with a redirect
    if (!isAPIError(error) || error.statusCode !== 302) throw error;
    throw refuse("not_found", "That link was used already or is too old.");
  }
}

/**
 * Begins signing in with GitHub and answers the address to send the visitor to.
 *
 * @throws Refusal "not_found" where the instance has no GitHub sign-in
 */
export async function beginGitHubSignIn(headers: Headers, returnTo?: string): Promise<string> {
  if (!hasGitHub()) throw refuse("not_found", "Signing in with GitHub is not set up here.");
  const { url } = await auth().api.signInSocial({
    body: { provider: "github", callbackURL: ownPath(returnTo), errorCallbackURL: "/sign-in", disableRedirect: true },
    headers,
  });
  if (!url) throw new Error("The auth library named no address at GitHub.");
  return url;
}

/**
 * Begins linking GitHub to the account of whoever is signed in, and answers the address to send them to. The addresses
 * of both accounts may differ: the person is signed in to both.
 *
 * @param scopes  what the link shall also show us, such as "read:org"; linking again adds it
 * @throws Refusal "not_found" where the instance has no GitHub sign-in
 */
export async function beginGitHubLink(headers: Headers, returnTo?: string, scopes?: string[]): Promise<string> {
  if (!hasGitHub()) throw refuse("not_found", "Signing in with GitHub is not set up here.");
  const { url } = await auth().api.linkSocialAccount({
    body: {
      provider: "github",
      callbackURL: ownPath(returnTo),
      errorCallbackURL: "/sign-in",
      disableRedirect: true,
      ...(scopes ? { scopes } : {}),
    },
    headers,
  });
  return url;
}

/** Ends the session of a request; the cookie is taken back through the framework. */
export async function signOut(headers: Headers): Promise<void> {
  await auth().api.signOut({ headers });
}

/**
 * Keeps a path of this site as a place to land after signing in; anything that could lead elsewhere becomes /account.
 *
 * @example ownPath("/companies/acme?tab=team") // → itself; ownPath("//evil.example") // → "/account"
 */
export function ownPath(path: string | undefined): string {
  if (!path?.startsWith("/")) return "/account";
  const base = "http://own.invalid";
  const url = URL.canParse(path, base) ? new URL(path, base) : null;
  return url?.origin === base && !path.includes("\\") ? url.pathname + url.search : "/account";
}
