import { env } from "../env.ts";
import { type Mail, sendMail } from "../mail/send.ts";
import { keepLocalMail } from "../mail/store.ts";
import type { JobRun } from "./list.ts";

declare module "../queue.ts" {
  interface Jobs {
    "send-mail": Mail;
  }
}

/** Sends one mail, or keeps it for the local mailbox page. */
export async function sendMailJob(mail: Mail, { id }: JobRun): Promise<void> {
  const reference = `job-${id}`;
  if (env.localMailbox) await keepLocalMail(mail, reference);
  else await sendMail(mail, reference);
}
