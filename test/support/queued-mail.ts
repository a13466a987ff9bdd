import { db } from "../../lib/db.ts";
import type { Mail } from "../../lib/mail/send.ts";

/** Lists the mails that wait to be sent to an address, oldest first: what the worker of a running site would send. */
export async function queuedMail(to: string): Promise<Mail[]> {
  const rows = await db.$queryRaw<{ payload: Mail }[]>`
    select j.payload from graphile_worker._private_jobs j
    join graphile_worker._private_tasks t on t.id = j.task_id
    where t.identifier = 'send-mail' and j.payload->>'to' = ${to} order by j.id`;
  return rows.map((row) => row.payload);
}
