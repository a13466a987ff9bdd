import { randomBytes, randomUUID } from "node:crypto";
import { recordChange } from "../audit/store.ts";
import { type Database, db } from "../db.ts";
import { enqueue } from "../queue.ts";
import { refuse } from "../refusal.ts";
import type { CompanyAct } from "./company-store.ts";
import { readWebsite } from "./registration.ts";
import { type Delivery, postWebhook } from "./sources/webhook.ts";
import { signWebhook, type WebhookEvent } from "./webhook.ts";

/** A company's webhook as its owners see it. */
export type WebhookView = { url: string; secret: string; lastFinding: string | null };

/** Finds a company's webhook; null while it has none. */
export async function findWebhook(companyId: string): Promise<WebhookView | null> {
  const company = await db.company.findUnique({ where: { id: companyId } });
  if (!company?.webhookUrl || !company.webhookSecret) return null;
  return { url: company.webhookUrl, secret: company.webhookSecret, lastFinding: company.webhookFinding };
}

/**
 * Sets the address that is told of reminders, with a new secret; an empty one takes the webhook away.
 *
 * @throws Refusal "invalid" on the field `url`: https only
 */
export async function setWebhook(companyId: string, address: string, act: CompanyAct): Promise<void> {
  const url = address.trim() ? readHttps(address.trim()) : null;
  await db.$transaction(async (tx) => {
    const webhookSecret = url && randomBytes(32).toString("base64url");
    const data = { webhookUrl: url, webhookSecret, webhookFinding: null };
    const { count } = await tx.company.updateMany({ where: { id: companyId }, data });
    if (count === 0) throw refuse("not_found", "There is no such company.");
    // the address may hold a secret of the receiver's: the history names its host only
    const after = { host: url && new URL(url).host };
    await recordChange(tx, { actorId: act.userId, companyId, action: "webhook.changed", after });
  });
}

/**
 * Asks for an event to be delivered, if the company has a webhook. With `tx` it is asked for if and only if that commits.
 */
export async function announce(
  companyId: string,
  kind: WebhookEvent["kind"],
  data: Record<string, string>,
  now: Date,
  tx: Database = db,
): Promise<void> {
  const company = await tx.company.findUnique({ where: { id: companyId } });
  if (!company?.webhookUrl) return;
  const { slug, name } = company;
  const event: WebhookEvent = { id: randomUUID(), kind, at: now.toISOString(), company: { slug, name }, data };
  await enqueue("deliver-webhook", { companyId, event }, { maxAttempts: 8 }, tx);
}

/**
 * Delivers an event to the company's webhook as it is now, and keeps how it went for its owners.
 *
 * @throws Error when it should be tried again
 */
export async function deliver(
  companyId: string,
  event: WebhookEvent,
  now: Date,
  post: (url: string, body: string, signature: string) => Promise<Delivery> = postWebhook,
): Promise<void> {
  const webhook = await findWebhook(companyId);
  if (!webhook) return; // taken away since
  const body = JSON.stringify(event);
  const delivery = await post(webhook.url, body, signWebhook(body, webhook.secret, Math.floor(now.getTime() / 1000)));
  const finding = delivery.kind === "taken" ? "The last delivery was taken." : delivery.reason;
  await db.company.updateMany({ where: { id: companyId, webhookUrl: webhook.url }, data: { webhookFinding: finding } });
  if (delivery.kind === "failed") throw new Error(`A webhook was not delivered: ${delivery.reason}`);
}

function readHttps(address: string): string {
  const { url, trouble } = readWebsite(address);
  const sentence = trouble ?? "Use an https address: what it is told is for nobody else.";
  if (url?.startsWith("https://")) return url;
  throw refuse("invalid", sentence, { url: sentence });
}
