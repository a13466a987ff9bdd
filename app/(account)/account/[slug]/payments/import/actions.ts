"use server";

import { redirect } from "next/navigation";
import { answerForm } from "@/app/_form/answer";
import type { FormState } from "@/app/_form/form-state";
import { plainForm } from "@/app/_refused";
import { companyAction } from "@/app/_session";
import { shortDay } from "@/app/_ui/text";
import { throttle } from "@/lib/auth/throttle";
import { clock } from "@/lib/clock";
import { addDays, dayOf, isDay } from "@/lib/day";
import { env } from "@/lib/env";
import { paymentsToLookUp } from "@/lib/ledger/evidence-store";
import { decidedImport } from "@/lib/ledger/imports/decide-store";
import { readMappingForm } from "@/lib/ledger/imports/mapping-form";
import { saveMapping } from "@/lib/ledger/imports/mapping-store";
import { discardImport, listImports, openImport, setImportOptions } from "@/lib/ledger/imports/store";
import { urlTrouble } from "@/lib/ledger/payment";
import { readSponsorsActivity } from "@/lib/ledger/sources/github-sponsors";
import { readOutgoing } from "@/lib/ledger/sources/open-collective";
import { enqueue } from "@/lib/queue";
import { refuse } from "@/lib/refusal";
import { refreshEntry } from "@/lib/report/directory-entry-store";

/** Asks Open Collective what an account paid, and takes the answer in like a file. */
export async function askOpenCollective(slug: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async ({ account = "", from = "", to = "" }) => {
    const { session, company } = await companyAction(slug, "canRecordPayment");
    const name = account
      .trim()
      .replace(/^https?:\/\/opencollective\.com\//i, "")
      .replace(/\/.*$/, "");
    const fields: Record<string, string> = {};
    if (!/^[\w-]{1,100}$/.test(name)) fields.account = "Type the last part of its address, such as your-company.";
    if (!isDay(from)) fields.from = "This day does not exist.";
    if (!isDay(to) || to < from) fields.to = "Choose a day that is not before the first.";
    if (Object.keys(fields).length > 0) throw refuse("invalid", "Some fields need another look.", fields);
    const answer = await readOutgoing(env.OPEN_COLLECTIVE_URL, name, { startOn: from, endOn: to });
    if (answer.outcome === "absent") {
      throw refuse("invalid", "Some fields need another look.", { account: "Open Collective knows no such account." });
    }
    if (answer.outcome === "failed") throw refuse("invalid", `${answer.reason} Nothing was taken in; try again later.`);
    if (answer.transactions === 0) throw refuse("invalid", "This account paid nothing in these days.");
    const id = await openImport(
      { companyId: company.companyId, actorId: session.user.id, now: clock.now() },
      {
        fileName: `Open Collective, ${name}, ${shortDay(from)} to ${shortDay(to)}`,
        text: answer.text,
        format: "open-collective",
      },
    );
    redirect(`/account/${slug}/payments/import/${id}`);
  });
}

/** Asks GitHub what an account did as a sponsor, with its own token, and takes the answer in like a file. */
export async function askGithubSponsors(slug: string, state: FormState, form: FormData): Promise<FormState> {
  const answer = await answerForm(state, form, async ({ login = "", token = "", since = "", until = "" }) => {
    const { session, company } = await companyAction(slug, "canRecordPayment");
    await throttle("scan", session.user.id);
    const name = login.trim().replace(/^(https?:\/\/[^/]+\/|@)/, "");
    const fields: Record<string, string> = {};
    if (!/^[a-z\d][a-z\d-]{0,38}$/i.test(name)) fields.login = "Type the account’s name, like acme.";
    if (!/^[\w-]{20,255}$/.test(token.trim())) fields.token = "Paste the whole token, like ghp_….";
    if (!isDay(since)) fields.since = "This day does not exist.";
    if (!isDay(until) || until < since) fields.until = "Choose a day that is not before the first.";
    if (Object.keys(fields).length > 0) throw refuse("invalid", "Some fields need another look.", fields);
    const access = { apiUrl: env.GITHUB_API_URL, token: token.trim() };
    const found = await readSponsorsActivity(access, name, { startOn: since, endOn: until });
    if (found.outcome === "absent") {
      throw refuse("invalid", "Some fields need another look.", { login: "GitHub knows no such account." });
    }
    if (found.outcome === "failed") throw refuse("invalid", `${found.reason} Nothing was taken in.`);
    if (found.activities === 0) {
      throw refuse("invalid", "GitHub shows no sponsorship of this account to this token. Nothing was taken in.");
    }
    const id = await openImport(
      { companyId: company.companyId, actorId: session.user.id, now: clock.now() },
      {
        fileName: `GitHub Sponsors, ${name}, ${shortDay(since)} to ${shortDay(until)}`,
        text: found.text,
        format: "github-activity",
      },
    );
    redirect(`/account/${slug}/payments/import/${id}`);
  });
  // a secret is not written into a page
  return { ...answer, values: { ...answer.values, token: "" } };
}

/** Says what a file cannot: who was paid, and under which name the company paid. */
export async function setOptions(slug: string, id: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async ({ payeeName = "", payeeUrl = "", payer = "" }) => {
    const { company } = await companyAction(slug, "canRecordPayment");
    const fields: Record<string, string> = {};
    if (payeeName.trim() === "") fields.payeeName = "Say who was paid.";
    if (payer.trim() === "") fields.payer = "Say under which name the company pays there.";
    const trouble = urlTrouble(payeeUrl.trim());
    if (trouble) fields.payeeUrl = trouble;
    if (Object.keys(fields).length > 0) throw refuse("invalid", "Some fields need another look.", fields);
    await setImportOptions(company.companyId, id, {
      payeeName: payeeName.trim(),
      payeeUrl: payeeUrl.trim(),
      payer: payer.trim(),
    });
    shown(slug, id);
  });
}

/** Says which column is what, and keeps that under a name when one is given. */
export async function setColumns(slug: string, id: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async (values) => {
    const { company } = await companyAction(slug, "canRecordPayment");
    const mapping = readMappingForm(values);
    await setImportOptions(company.companyId, id, { mapping });
    if (values.saveAs?.trim()) await saveMapping(company.companyId, values.saveAs, mapping);
    shown(slug, id);
  });
}

/** Reads a file as another kind than was told from its content. */
export async function setKind(slug: string, id: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async ({ format = "" }) => {
    const { company } = await companyAction(slug, "canRecordPayment");
    await setImportOptions(company.companyId, id, {}, format);
    shown(slug, id);
  });
}

/** Writes a file exactly as it was looked at; what may be the same dollar twice only where somebody said it is not. */
export async function write(
  slug: string,
  id: string,
  readAs: string,
  state: FormState,
  form: FormData,
): Promise<FormState> {
  return answerForm(state, form, async ({ onlyIfClean }) => {
    const { session, company } = await companyAction(slug, "canRecordPayment");
    const change = {
      companyId: company.companyId,
      actorId: session.user.id,
      now: clock.now(),
      afterwards: refreshEntry,
    };
    const both = form.getAll("both").filter((key): key is string => typeof key === "string");
    const { added, skipped } = await decidedImport(change, id, { readAs, both, onlyIfClean: onlyIfClean === "yes" });
    // what is public for a month only is looked up while it is; one page at a time, to be kind to who shows it
    const recent = await paymentsToLookUp(company.companyId, id, addDays(dayOf(change.now), -31));
    for (const paymentId of recent) {
      const work = { companyId: company.companyId, companyName: company.name, paymentId };
      await enqueue("keep-evidence", work, { key: `evidence ${paymentId}`, queue: "evidence", maxAttempts: 6 });
    }
    const next = (await listImports(company.companyId)).findLast((one) => one.state === "previewed");
    const twice = skipped > 0 ? `&skipped=${skipped}` : "";
    if (next) redirect(`/account/${slug}/payments/import/${next.id}?added=${added}${twice}`);
    redirect(`/account/${slug}/payments?imported=${added}${twice}`);
  });
}

/** Drops a file that waits. */
export async function discard(slug: string, id: string): Promise<void> {
  const page = `/account/${slug}/payments/import`;
  return plainForm(page, async () => {
    const { company } = await companyAction(slug, "canRecordPayment");
    await discardImport(company.companyId, id, clock.now());
    return `${page}?discarded=yes`;
  });
}

/** Shows a file again as it is read now; an address of its own, for a browser that only moves to a mark asks nothing. */
function shown(slug: string, id: string): never {
  redirect(`/account/${slug}/payments/import/${id}?read=${crypto.randomUUID().slice(0, 8)}#preview`);
}
