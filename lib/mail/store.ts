import { db } from "../db.ts";
import type { Mail } from "./send.ts";

/** One mail of the local mailbox. */
export type KeptMail = Mail & { id: string; createdAt: Date };

/**
 * Keeps a mail in the local mailbox instead of sending it. Keeping the same one twice keeps it once.
 *
 * @param reference names this sending
 */
export async function keepLocalMail({ to, subject, text }: Mail, reference: string): Promise<void> {
  await db.localMail.createMany({ data: { id: reference, to, subject, text }, skipDuplicates: true });
}

/** Lists the local mailbox, newest first, at most 100. Whether it may be shown at all is `env.localMailbox`. */
export async function listLocalMail(): Promise<KeptMail[]> {
  return db.localMail.findMany({ orderBy: { createdAt: "desc" }, take: 100 });
}
