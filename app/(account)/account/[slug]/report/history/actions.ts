"use server";

import { redirect } from "next/navigation";
import { answerForm } from "@/app/_form/answer";
import type { FormState } from "@/app/_form/form-state";
import { companyAction } from "@/app/_session";
import { clock } from "@/lib/clock";
import { urlTrouble } from "@/lib/ledger/payment";
import { refuse } from "@/lib/refusal";
import { importHistory } from "@/lib/report/history-store";
import { readMemberFile, type StatedReport } from "@/lib/report/imports/open-source-pledge";
import { readMemberAddress } from "@/lib/report/sources/member-file";

/** What was read, to be looked at before it is taken. */
export type HistoryState = FormState & {
  found?: { text: string; source: string; name: string; version: number; reports: StatedReport[]; problems: string[] };
};

/** Reads a company's file of the Open Source Pledge from an address, a file or pasted text; writes nothing. */
export async function look(slug: string, state: HistoryState, form: FormData): Promise<HistoryState> {
  return answerForm(state, form, async ({ address = "", pasted = "" }): Promise<HistoryState> => {
    await companyAction(slug, "canPublishReport");
    const file = form.get("file");
    const { text, source } =
      file instanceof File && file.size > 0
        ? { text: await file.text(), source: file.name.slice(0, 200) }
        : pasted.trim()
          ? { text: pasted, source: "pasted text" }
          : await fromAddress(address.trim());
    const { member, problems } = readMemberFile(text);
    if (!member) throw refuse("invalid", problems[0] ?? "This is no file of the Open Source Pledge.");
    if (member.reports.length === 0) throw refuse("invalid", `No report could be read. ${problems.join(" ")}`);
    return { found: { text, source, name: member.name, version: member.version, reports: member.reports, problems } };
  });
}

async function fromAddress(address: string): Promise<{ text: string; source: string }> {
  if (address === "") throw refuse("invalid", "Type the address of the file, choose it, or paste its text.");
  const trouble = urlTrouble(address);
  if (trouble) throw refuse("invalid", "Some fields need another look.", { address: trouble });
  const answer = await readMemberAddress(address);
  if (answer.outcome !== "found") throw refuse("invalid", answer.reason, { address: answer.reason });
  return { text: answer.text, source: address };
}

/** Takes the reports that were looked at into the company's history. */
export async function take(slug: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async ({ text = "", source = "" }) => {
    const { session, company } = await companyAction(slug, "canPublishReport");
    const { member } = readMemberFile(text);
    if (!member) throw refuse("invalid", "This is no file of the Open Source Pledge.");
    const change = { companyId: company.companyId, actorId: session.user.id, now: clock.now() };
    const { added, skippedYears } = await importHistory(change, member.reports, source.slice(0, 2_000));
    redirect(`/account/${slug}/report/history?added=${added}&skipped=${skippedYears.join("-")}`);
  });
}
