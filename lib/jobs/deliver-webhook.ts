import type { WebhookEvent } from "../pledge/webhook.ts";
import { deliver } from "../pledge/webhook-store.ts";
import type { JobRun } from "./list.ts";

declare module "../queue.ts" {
  interface Jobs {
    "deliver-webhook": { companyId: string; event: WebhookEvent };
  }
}

/** Tells a company's own system of one event. */
export async function deliverWebhookJob(
  { companyId, event }: { companyId: string; event: WebhookEvent },
  { now }: JobRun,
): Promise<void> {
  await deliver(companyId, event, now);
}
