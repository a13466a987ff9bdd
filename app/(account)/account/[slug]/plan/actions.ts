"use server";

import { redirect } from "next/navigation";
import { answerForm } from "@/app/_form/answer";
import type { FormState } from "@/app/_form/form-state";
import { companyAction } from "@/app/_session";
import type { Question } from "@/lib/auth/permissions";
import { clock } from "@/lib/clock";
import { recordPayment } from "@/lib/ledger/store";
import { plainAmount } from "@/lib/money";
import type { PlanInputs } from "@/lib/plan/inputs";
import { NO_RAIL } from "@/lib/plan/order";
import { acceptPlan, endPlan, scheduledLines, settleLine } from "@/lib/plan/schedule-store";
import { getPlan, type PlanAct, savePlan } from "@/lib/plan/store";
import { castBallot, nominate, takeBallotBack } from "@/lib/plan/votes-store";
import { Refusal, refuse } from "@/lib/refusal";
import { refreshEntry } from "@/lib/report/directory-entry-store";

async function act(slug: string, question: Question): Promise<PlanAct> {
  const { session, company } = await companyAction(slug, question);
  return { companyId: company.companyId, userId: session.user.id, now: clock.now() };
}

/** Saves the plan on the page as the next version; the server makes it again from the scan and trusts only that. */
export async function save(
  slug: string,
  form: { scanId: string; requestKey: string; note: string; inputs: PlanInputs },
): Promise<FormState> {
  let number: number;
  try {
    const { scanId, requestKey, note, inputs } = form;
    ({ number } = await savePlan(await act(slug, "canEditPlan"), String(requestKey), {
      scanId: String(scanId),
      note: String(note),
      inputs,
    }));
  } catch (error) {
    if (error instanceof Refusal) return { message: error.message };
    throw error;
  }
  redirect(`/account/${slug}/plan/versions/${number}?saved=yes`);
}

/** Accepts a version: its lines become scheduled payments. */
export async function accept(slug: string, number: number, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async ({ payOn = "" }) => {
    const accepting = await act(slug, "canAcceptPlan");
    if (!/^\d{4}-\d{2}-\d{2}$/.test(payOn)) {
      const sentence = "Choose the day by which it is paid.";
      throw refuse("invalid", sentence, { payOn: sentence });
    }
    await acceptPlan(accepting, number, payOn);
    redirect(`/account/${slug}/plan/versions/${number}?accepted=yes`);
  });
}

/** Takes the acceptance of a version back. */
export async function end(slug: string, number: number, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async () => {
    await endPlan(await act(slug, "canAcceptPlan"), number);
    redirect(`/account/${slug}/plan/versions/${number}?ended=yes`);
  });
}

/**
 * Records the scheduled payments of one rail that were made on a day. Each has a key of its own, so that a form sent twice,
 * or cut off half way, never records one twice.
 */
export async function recordPaid(
  slug: string,
  number: number,
  rail: string,
  state: FormState,
  form: FormData,
): Promise<FormState> {
  return answerForm(state, form, async ({ paidOn = "", evidenceUrl = "" }) => {
    const { companyId, userId, now } = await act(slug, "canRecordPayment");
    const plan = await getPlan(companyId, number);
    if (!plan.acceptedAt || plan.endedAt) throw refuse("conflict", "This plan is not the accepted one.");
    const waiting = (await scheduledLines(plan.id)).filter(
      (line) => line.rail === rail && line.paymentId === null && line.cents > 0,
    );
    for (const line of waiting) {
      const payment = await recordPayment(
        { companyId, actorId: userId, now, afterwards: refreshEntry },
        `scheduled:${line.id}:${paidOn}:${line.voidedPaymentId ?? "first"}`,
        {
          payeeName: line.payeeName,
          payeeUrl: line.url ?? "",
          amount: plainAmount(line.cents),
          currency: "USD",
          paidOn,
          channel: rail === NO_RAIL ? "other" : rail,
          evidenceUrl,
          note: `Version ${number} of the plan for ${plan.period}`,
        },
      );
      await settleLine(companyId, line.id, payment.id);
    }
    redirect(`/account/${slug}/plan/versions/${number}?recorded=${waiting.length}#schedule`);
  });
}

/** Gives or takes back a member's ballot. */
export async function vote(
  slug: string,
  period: string,
  subject: string,
  state: FormState,
  form: FormData,
): Promise<FormState> {
  return answerForm(state, form, async ({ multiplier = "", conflict }) => {
    const change = await act(slug, "canVote");
    if (multiplier === "") await takeBallotBack(change, period, subject);
    else await castBallot(change, period, { subject, multiplier: Number(multiplier), conflict: conflict === "yes" });
    redirect(`/account/${slug}/plan/votes?voted=${encodeURIComponent(subject)}`);
  });
}

/** Nominates something that is in no lockfile. */
export async function nominateIt(slug: string, period: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async ({ name = "", url = "", reason = "" }) => {
    await nominate(await act(slug, "canVote"), period, { name, url, reason });
    redirect(`/account/${slug}/plan/votes?nominated=yes`);
  });
}
