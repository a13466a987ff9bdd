import { notFound } from "next/navigation";
import { signedIn } from "@/app/_session";
import { isAdministrator, requireAdministrator } from "@/lib/auth/administrator-store";
import type { CurrentSession } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import type { CompanyAct } from "@/lib/pledge/company-store";
import { refreshEntry } from "@/lib/report/directory-entry-store";

/** The administrator a page is for; for everybody else there is no such page. */
export async function administratorPage(here: string): Promise<CurrentSession> {
  const session = await signedIn(here);
  if (!(await isAdministrator(session.user.id))) notFound();
  return session;
}

/** Lets an administrator act, and settles how they change a company: its directory line is written with every change. */
export async function administratorAct(): Promise<CompanyAct> {
  const { user } = await signedIn("/administrator");
  await requireAdministrator(user.id);
  const now = clock.now();
  return { userId: user.id, now, inSameTransaction: (tx, companyId) => refreshEntry(tx, companyId, now) };
}
