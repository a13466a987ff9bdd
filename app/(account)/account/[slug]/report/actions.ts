"use server";

import { redirect } from "next/navigation";
import { answerForm } from "@/app/_form/answer";
import type { FormState } from "@/app/_form/form-state";
import { companyAction } from "@/app/_session";
import { clock } from "@/lib/clock";
import { publishReport, saveDraft, withdrawPublication } from "@/lib/report/store";

/** Saves what a person writes of a report. */
export async function save(
  slug: string,
  endOn: string,
  version: number,
  state: FormState,
  form: FormData,
): Promise<FormState> {
  return answerForm(state, form, async (values) => {
    const { session, company } = await companyAction(slug, "canEditReport");
    await saveDraft(
      { companyId: company.companyId, actorId: session.user.id, now: clock.now() },
      endOn,
      version,
      values,
    );
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
    const { session, company } = await companyAction(slug, "canPublishReport");
    const change = { companyId: company.companyId, actorId: session.user.id, now: clock.now() };
    const publication = await publishReport(change, endOn, reason === undefined ? { hash } : { hash, reason });
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
  return answerForm(state, form, async ({ reason = "" }) => {
    const { session, company } = await companyAction(slug, "canPublishReport");
    await withdrawPublication(
      { companyId: company.companyId, actorId: session.user.id, now: clock.now() },
      publicationId,
      reason,
    );
    redirect(`/companies/${slug}/reports/${publicationId}`);
  });
}
