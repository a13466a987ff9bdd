import type { Metadata } from "next";
import { companyPage } from "@/app/_session";
import { ChangesList } from "@/app/_ui/changes-list";
import { listChanges } from "@/lib/audit/store";
import { SettingsFrame } from "../settings-frame";

export const metadata: Metadata = { title: "History" };

const AT_ONCE = 50;

export default async function HistoryPage({
  params,
  searchParams,
}: {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ after?: string | string[] }>;
}) {
  const { slug } = await params;
  const here = `/account/${slug}/settings/history`;
  const { company, refused } = await companyPage(slug, "canViewHistory", here);
  const { after } = await searchParams;
  const changes = refused
    ? []
    : await listChanges(company.companyId, AT_ONCE, typeof after === "string" ? after : undefined);
  const last = changes.length === AT_ONCE ? changes.at(-1) : undefined;
  return (
    <SettingsFrame slug={slug} here="/history" title="History of changes">
      <p className="words mt-3">
        {refused ?? "Who changed what, when, before and after. Nothing here can be edited, by anybody."}
      </p>
      {!refused && (
        <>
          <ChangesList changes={changes} />
          <p className="mt-5 flex flex-wrap gap-x-6 gap-y-2">
            {last && <a href={`${here}?after=${last.id}`}>Earlier changes</a>}
            <a href={`/api/v1/companies/${slug}/history?format=csv`}>All of it as CSV</a>
            <a href={`/api/v1/companies/${slug}/history?format=json`}>as JSON</a>
          </p>
        </>
      )}
    </SettingsFrame>
  );
}
