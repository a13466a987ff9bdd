import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * Signs "no more reminders for this company" for one person, so that the link in their mail works without signing in.
 *
 * @param secret  the site's own, `env.AUTH_SECRET`
 */
export function stopToken(companyId: string, userId: string, secret: string): string {
  const mark = createHmac("sha256", secret).update(`stop reminders\n${companyId}\n${userId}`).digest("base64url");
  return `${companyId}.${userId}.${mark}`;
}

/** Reads such a link's token back; null when we did not sign it. */
export function readStopToken(token: string, secret: string): { companyId: string; userId: string } | null {
  const [companyId, userId] = token.split(".");
  if (!companyId || !userId) return null;
  const expected = Buffer.from(stopToken(companyId, userId, secret));
  const given = Buffer.from(token);
  return expected.length === given.length && timingSafeEqual(expected, given) ? { companyId, userId } : null;
}
