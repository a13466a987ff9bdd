"use server";

import { redirect } from "next/navigation";
import { answerForm } from "@/app/_form/answer";
import type { FormState } from "@/app/_form/form-state";
import { companyAction } from "@/app/_session";
import { clock } from "@/lib/clock";
import { amendPayment, type LedgerChange, recordPayment, voidPayment } from "@/lib/ledger/store";
import { formatMoney } from "@/lib/money";
import { refreshEntry } from "@/lib/report/directory-entry-store";

async function change(slug: string): Promise<LedgerChange> {
  const { session, company } = await companyAction(slug, "canRecordPayment");
  return { companyId: company.companyId, actorId: session.user.id, now: clock.now(), afterwards: refreshEntry };
}

/** Records a payment of the company whose page the form is on. */
export async function record(slug: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async (values) => {
    const payment = await recordPayment(await change(slug), values.requestKey ?? "", values);
    redirect(
      `/account/${slug}/payments?recorded=${encodeURIComponent(`${formatMoney(payment.usdCents)} to ${payment.payeeName}`)}`,
    );
  });
}

/** Corrects a payment; what it said before stays in its history. */
export async function amend(
  slug: string,
  id: string,
  version: number,
  state: FormState,
  form: FormData,
): Promise<FormState> {
  return answerForm(state, form, async (values) => {
    await amendPayment(await change(slug), id, version, values);
    redirect(`/account/${slug}/payments/${id}?saved=yes`);
  });
}

/** Voids a payment with a reason; it stays in the ledger and no longer counts. */
export async function makeVoid(
  slug: string,
  id: string,
  version: number,
  state: FormState,
  form: FormData,
): Promise<FormState> {
  return answerForm(state, form, async ({ reason = "" }) => {
    await voidPayment(await change(slug), id, version, reason);
    redirect(`/account/${slug}/payments/${id}?saved=yes`);
  });
}
