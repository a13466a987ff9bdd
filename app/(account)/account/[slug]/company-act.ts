import { companyAction } from "@/app/_session";
import type { Question } from "@/lib/auth/permissions";
import type { Membership } from "@/lib/auth/store";
import { clock } from "@/lib/clock";
import type { CompanyAct } from "@/lib/pledge/company-store";
import { refreshEntry } from "@/lib/report/directory-entry-store";

/** Lets a member in who may, and settles how they change the company: its directory line is written with every change. */
export async function companyAct(slug: string, question: Question): Promise<{ company: Membership; act: CompanyAct }> {
  const { session, company } = await companyAction(slug, question);
  const now = clock.now();
  return {
    company,
    act: { userId: session.user.id, now, inSameTransaction: (tx, companyId) => refreshEntry(tx, companyId, now) },
  };
}
