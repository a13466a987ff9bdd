"use server";

import { redirect } from "next/navigation";
import { answerForm } from "@/app/_form/answer";
import type { FormState } from "@/app/_form/form-state";
import { plainForm } from "@/app/_refused";
import { companyAction } from "@/app/_session";
import type { Question } from "@/lib/auth/permissions";
import { clock } from "@/lib/clock";
import { removeHeadcount, saveHeadcount } from "@/lib/report/headcount-store";
import { publishReport, type ReportChange, saveDraft, withdrawPublication } from "@/lib/report/store";

async function change(slug: string, question: Question): Promise<ReportChange> {
  const { session, company } = await companyAction(slug, question);
  return { companyId: company.companyId, actorId: session.user.id, now: clock.now() };
}

/** Saves what a person writes of a report. */
export async function save(
  slug: string,
  endOn: string,
  version: number,
  state: FormState,
  form: FormData,
): Promise<FormState> {
  return answerForm(state, form, async (values) => {
    await saveDraft(await change(slug, "canEditReport"), endOn, version, values);
    redirect(`/account/${slug}/report/${endOn}?saved=yes#publish`);
  });
}

/** Publishes exactly the report that was looked at. */
export async function publish(
  slug: string,
  endOn: string,
  hash: string,
  state: FormState,
  form: FormData,
): Promise<FormState> {
  return answerForm(state, form, async ({ reason }) => {
    const publication = await publishReport(
      await change(slug, "canPublishReport"),
      endOn,
      reason === undefined ? { hash } : { hash, reason },
    );
    redirect(`/companies/${slug}/reports/${publication.id}?published=yes`);
  });
}

/** Withdraws a publication with its reason; a tombstone stays. */
export async function withdraw(
  slug: string,
  publicationId: string,
  state: FormState,
  form: FormData,
): Promise<FormState> {
  return answerForm(state, form, async ({ withdrawReason = "" }) => {
    await withdrawPublication(await change(slug, "canPublishReport"), publicationId, withdrawReason);
    redirect(`/companies/${slug}/reports/${publicationId}`);
  });
}

/** Records how many developers are employed from a day on. */
export async function addHeadcount(slug: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async (values) => {
    await saveHeadcount(await change(slug, "canEditReport"), values);
    redirect(`/account/${slug}/report/headcount?saved=yes`);
  });
}

/** Takes a snapshot back; published reports keep what they said. */
export async function dropHeadcount(slug: string, fromOn: string): Promise<void> {
  const page = `/account/${slug}/report/headcount`;
  return plainForm(page, async () => {
    await removeHeadcount(await change(slug, "canEditReport"), fromOn);
    return `${page}?removed=yes`;
  });
}
