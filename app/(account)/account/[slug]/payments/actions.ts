"use server";

import { redirect } from "next/navigation";
import { answerForm } from "@/app/_form/answer";
import type { FormState } from "@/app/_form/form-state";
import { plainForm } from "@/app/_refused";
import { companyAction } from "@/app/_session";
import { amountOf } from "@/app/_ui/text";
import { clock } from "@/lib/clock";
import { addDays } from "@/lib/day";
import { env } from "@/lib/env";
import { evidencePage, keepEvidencePage } from "@/lib/ledger/keep-evidence";
import { convertPayments, earliestWithoutDollars } from "@/lib/ledger/rates-store";
import { readEuroRates } from "@/lib/ledger/sources/ecb";
import { amendPayment, assessPayment, recordPayment, voidPayment } from "@/lib/ledger/store";
import { keepTwins } from "@/lib/ledger/twins-store";
import { enqueue } from "@/lib/queue";
import { Refusal, refuse } from "@/lib/refusal";
import { refreshEntry } from "@/lib/report/directory-entry-store";

async function change(slug: string) {
  const { session, company } = await companyAction(slug, "canRecordPayment");
  return {
    companyId: company.companyId,
    companyName: company.name,
    actorId: session.user.id,
    now: clock.now(),
    afterwards: refreshEntry,
  };
}

/** Records a payment of the company whose page the form is on; the page it names as evidence is kept by a job. */
export async function record(slug: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async (values) => {
    const changing = await change(slug);
    const payment = await recordPayment(changing, values.requestKey ?? "", values);
    if (evidencePage(payment)) {
      const { companyId, companyName } = changing;
      const work = { companyId, companyName, paymentId: payment.id };
      await enqueue("keep-evidence", work, { key: `evidence ${payment.id}`, maxAttempts: 6 });
    }
    const said = `${amountOf(payment.amountMinor, payment.currency)} to ${payment.payeeName}`;
    redirect(`/account/${slug}/payments?recorded=${encodeURIComponent(said)}`);
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

/** Says by which rule a payment counts, and why. */
export async function assess(
  slug: string,
  id: string,
  version: number,
  state: FormState,
  form: FormData,
): Promise<FormState> {
  return answerForm(state, form, async (values) => {
    await assessPayment(await change(slug), id, version, values);
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

/** Fetches the page a payment names and keeps it as it is today. */
export async function keepPageNow(slug: string, id: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async () => {
    const { companyName, ...changing } = await change(slug);
    const kept = await keepEvidencePage(changing, id, companyName);
    if (kept.outcome !== "kept") throw refuse("invalid", kept.reason);
    redirect(`/account/${slug}/payments/${id}?kept=${kept.grade}#evidence`);
  });
}

/** Gives payments in other currencies their dollars at the reference rate of their day. */
export async function convert(slug: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async () => {
    const changing = await change(slug);
    const earliest = await earliestWithoutDollars(changing.companyId);
    if (!earliest) return { done: "Every payment has its dollar amount." };
    // a weekend's rate is that of the Friday before
    const answer = await readEuroRates(env.FX_URL, addDays(earliest, -7), changing.now);
    if (answer.outcome === "failed") throw refuse("invalid", `${answer.reason} Nothing was changed; try again later.`);
    const { converted, waiting } = await convertPayments(changing, answer.rates);
    if (converted === 0) {
      throw refuse(
        "invalid",
        "The European Central Bank publishes no rate for these currencies and days. Open each payment and type its dollar amount.",
      );
    }
    redirect(`/account/${slug}/payments?converted=${converted}${waiting > 0 ? `&waiting=${waiting}` : ""}`);
  });
}

/** Decides on two payments that look like one: both are real, or one of them is voided. */
export async function decideTwins(
  slug: string,
  pair: { a: { id: string; version: number }; b: { id: string; version: number } },
  form: FormData,
): Promise<void> {
  const page = `/account/${slug}/payments/twins`;
  return plainForm(page, async () => {
    const changing = await change(slug);
    const decision = form.get("decision");
    const { a, b } = pair;
    const why = "The same dollar twice: the other one is kept.";
    try {
      if (decision === "both") await keepTwins(changing, [{ a: a.id, b: b.id }]);
      else if (decision === "void-a") await voidPayment(changing, a.id, a.version, why);
      else if (decision === "void-b") await voidPayment(changing, b.id, b.version, why);
      else return page;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return `${page}?stale=yes`;
    }
    return `${page}?decided=yes`;
  });
}
