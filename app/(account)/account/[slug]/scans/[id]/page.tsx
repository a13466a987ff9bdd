import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Form } from "@/app/_form/form";
import { FilesAndProblems } from "@/app/_scan/files-and-problems";
import { formatLabels } from "@/app/_scan/format-list";
import { PayeeLedger } from "@/app/_scan/payee-ledger";
import { AboutTheAnswers, HowItEnded, NobodyNamed, SummaryCounts, Unreached } from "@/app/_scan/summary-parts";
import { companyPage } from "@/app/_session";
import { count, longDay, plural } from "@/app/_ui/text";
import { may } from "@/lib/auth/permissions";
import { clock } from "@/lib/clock";
import { dayOf } from "@/lib/day";
import { Refusal } from "@/lib/refusal";
import { findScanProgress, peopleBehind, sendableOfScan } from "@/lib/stack/scan-people";
import { getScan } from "@/lib/stack/store";
import { summarise } from "@/lib/stack/summarise";
import { remove } from "../actions";
import { Asked } from "./asked";

export const metadata: Metadata = { title: "Scan" };

export default async function KeptScanPage({
  params,
  searchParams,
}: {
  params: Promise<{ slug: string; id: string }>;
  searchParams: Promise<{ kept?: string | string[] }>;
}) {
  const { slug, id } = await params;
  const { company } = await companyPage(slug, "canViewCompany", `/account/${slug}/scans/${id}`);
  const scan = await getScan(company.companyId, id).catch((error) => {
    if (error instanceof Refusal && error.code === "not_found") notFound();
    throw error;
  });
  const keptOn = dayOf(scan.createdAt);
  const [people, progress, sendable] = await Promise.all([
    peopleBehind(company.companyId, scan),
    findScanProgress(company.companyId, id),
    sendableOfScan(scan),
  ]);
  const summary = summarise(scan.readings, keptOn, people);
  const payable = summary.payees.filter((payee) => payee.payable).length;
  const today = dayOf(clock.now());
  return (
    <>
      {(await searchParams).kept !== undefined && (
        <p role="status" className="mt-6 border-l-4 border-good py-1 pl-4">
          Kept. The files were read again here and are not stored; only what was read of them is.
        </p>
      )}
      <p className="label mt-8">Kept on {longDay(keptOn)}</p>
      <h1>
        {count(summary.counts.packages)} packages, {plural(payable, "person or team", "people and teams")} to pay
      </h1>
      <div className="mt-6 max-w-4xl">
        <SummaryCounts summary={summary} />
        <a href={`/account/${slug}/plan`} className="button mb-8">
          Make a plan
        </a>
        <Asked slug={slug} id={id} progress={progress} sendable={sendable} mayAsk={may(company.role, "canKeepScan")} />
        {summary.payees.length > 0 ? (
          <PayeeLedger payees={summary.payees} today={today} isAsked={summary.ends !== null} />
        ) : (
          <NobodyNamed />
        )}
        {summary.ends ? (
          <HowItEnded ends={summary.ends} total={summary.counts.packages} />
        ) : (
          <Unreached summary={summary} />
        )}
        <AboutTheAnswers summary={summary} today={today} />
      </div>
      <FilesAndProblems files={summary.files} labels={formatLabels()} open={false} />
      {may(company.role, "canKeepScan") && (
        <details className="mt-10">
          <summary className="link">Delete this scan</summary>
          <div className="mt-3">
            <p className="mb-3 text-quiet">Its package names are deleted with it. Plans and payments stay.</p>
            <Form action={remove.bind(null, slug, id)} submit="Delete the scan" kind="danger" fields={[]} />
          </div>
        </details>
      )}
    </>
  );
}
