import { sendReminders } from "../pledge/reminder-store.ts";
import type { JobRun } from "./list.ts";

declare module "../queue.ts" {
  interface Jobs {
    "send-reminders": Record<string, never>;
  }
}

/** Sends the reminders that are due. */
export async function sendRemindersJob(_: Record<string, never>, { now }: JobRun): Promise<void> {
  await sendReminders(now);
}
