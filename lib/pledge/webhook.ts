import { createHmac, timingSafeEqual } from "node:crypto";

/** What a company's own systems are told, as they happen. */
export type WebhookEvent = {
  /** Stays the same when a delivery is tried again, so that receivers can drop repeats. */
  id: string;
  kind: "reminder" | "test";
  at: string;
  company: { slug: string; name: string };
  data: Record<string, string>;
};

/** Deliveries older than this are not to be believed: somebody may have kept one to send it again. */
const TOLERANCE_SECONDS = 300;

/**
 * Signs a webhook's body: the header `tributary-signature` then says when it was signed, and the HMAC-SHA-256 (hex) of that
 * time, a point and the body, under the company's own secret.
 *
 * @param atSeconds  seconds since 1970
 * @example signWebhook("{}", "secret", 1_700_000_000) // → "t=1700000000,v1=…64 hex digits…"
 */
export function signWebhook(body: string, secret: string, atSeconds: number): string {
  return `t=${atSeconds},v1=${createHmac("sha256", secret).update(`${atSeconds}.${body}`).digest("hex")}`;
}

/**
 * Checks a signature as a receiver should: same secret, same body, signed within the last five minutes.
 */
export function verifyWebhook(body: string, signature: string, secret: string, now: Date): boolean {
  const atSeconds = Number(/^t=(\d{1,12}),v1=[0-9a-f]{64}$/.exec(signature)?.[1]);
  if (!(Math.abs(now.getTime() / 1000 - atSeconds) <= TOLERANCE_SECONDS)) return false;
  return timingSafeEqual(Buffer.from(signature), Buffer.from(signWebhook(body, secret, atSeconds)));
}
