import { createHmac, timingSafeEqual } from "node:crypto";
import { env } from "../env.ts";

/** The mails that come by themselves and can be stopped from the mail itself. */
export type StoppableMail = "reminders" | "stack";

/** Which mail of which company somebody wants no more. */
export type MailStop = { kind: StoppableMail; companyId: string; userId: string };

const KINDS: readonly StoppableMail[] = ["reminders", "stack"];

/**
 * Signs "no more of this mail for this company" for one person, so that the link in their mail works without signing in.
 *
 * @param secret  the site's own, `env.AUTH_SECRET`
 */
export function stopToken({ kind, companyId, userId }: MailStop, secret: string): string {
  const mark = createHmac("sha256", secret).update(`stop ${kind}\n${companyId}\n${userId}`).digest("base64url");
  return `${companyId}.${userId}.${mark}`;
}

/** Reads such a link's token back; null when we did not sign it. */
export function readStopToken(token: string, secret: string): MailStop | null {
  const [companyId, userId] = token.split(".");
  if (!companyId || !userId) return null;
  const given = Buffer.from(token);
  const kind = KINDS.find((each) => {
    const expected = Buffer.from(stopToken({ kind: each, companyId, userId }, secret));
    return expected.length === given.length && timingSafeEqual(expected, given);
  });
  return kind ? { kind, companyId, userId } : null;
}

/**
 * Makes the two ways out of a mail: the page its last line links to, and the address mail programs send one POST to when
 * their reader presses "unsubscribe" (RFC 8058). Opening either by GET changes nothing.
 */
export function stopLinks(stop: MailStop): { page: string; oneClick: string } {
  const query = `?token=${stopToken(stop, siteSecret())}`;
  return { page: `${env.appUrl}/reminders/stop${query}`, oneClick: `${env.appUrl}/reminders/stop/now${query}` };
}

/** The secret that signs these links. */
export function siteSecret(): string {
  if (!env.AUTH_SECRET) throw new Error("AUTH_SECRET is not set, so links cannot be signed.");
  return env.AUTH_SECRET;
}
