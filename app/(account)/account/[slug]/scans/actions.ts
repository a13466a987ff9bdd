"use server";

import { redirect } from "next/navigation";
import { answerForm } from "@/app/_form/answer";
import type { FormState } from "@/app/_form/form-state";
import { companyAction } from "@/app/_session";
import { throttle } from "@/lib/auth/throttle";
import { clock } from "@/lib/clock";
import { askAboutScan } from "@/lib/stack/scan-people";
import { deleteScan } from "@/lib/stack/store";

/** Deletes a kept scan and every package name in it. */
export async function remove(slug: string, id: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async () => {
    const { session, company } = await companyAction(slug, "canKeepScan");
    await deleteScan(company.companyId, id, session.user.id);
    redirect(`/account/${slug}/scans`);
  });
}

/** Asks outside parties about a kept scan: all that is sendable, and the names ticked to be released. */
export async function ask(slug: string, id: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async (values) => {
    const { company } = await companyAction(slug, "canKeepScan");
    await throttle("scan-run", company.companyId);
    const release = Object.keys(values).flatMap((name) =>
      name.startsWith("release:") ? [name.slice("release:".length)] : [],
    );
    const requestKey = values.requestKey ? { requestKey: values.requestKey } : {};
    await askAboutScan(company.companyId, id, { release, ...requestKey, now: clock.now() });
    redirect(`/account/${slug}/scans/${id}`);
  });
}
