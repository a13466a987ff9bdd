import { sendStackMails } from "../stack/stack-mail-store.ts";
import type { JobRun } from "./list.ts";

declare module "../queue.ts" {
  interface Jobs {
    "mail-stack-changes": Record<string, never>;
  }
}

/** Mails what changed in stacks to those who want to know. */
export async function mailStackChangesJob(_: Record<string, never>, { now }: JobRun): Promise<void> {
  await sendStackMails(now);
}
