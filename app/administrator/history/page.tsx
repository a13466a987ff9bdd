import type { Metadata } from "next";
import { ChangesList } from "@/app/_ui/changes-list";
import { listInstanceChanges } from "@/lib/audit/store";
import { administratorPage } from "../administration";

export const metadata: Metadata = { title: "History of the instance", robots: { index: false } };

const AT_ONCE = 50;

export default async function InstanceHistoryPage({
  searchParams,
}: {
  searchParams: Promise<{ after?: string | string[] }>;
}) {
  await administratorPage("/administrator/history");
  const { after } = await searchParams;
  const changes = await listInstanceChanges(AT_ONCE, typeof after === "string" ? after : undefined);
  const last = changes.length === AT_ONCE ? changes.at(-1) : undefined;
  return (
    <div className="page pt-8 sm:pt-12">
      <p>
        <a href="/administrator">Administration</a>
      </p>
      <h1 className="mt-2">History of the instance</h1>
      <p className="words mt-3">Every change of every company and of the instance itself. Nobody can edit it.</p>
      <ChangesList changes={changes} withCompany />
      <p className="mt-5 flex flex-wrap gap-x-6 gap-y-2">
        {last && <a href={`/administrator/history?after=${last.id}`}>Earlier changes</a>}
        <a href="/administrator/export?format=csv">All of it as CSV</a>
        <a href="/administrator/export?format=json">as JSON</a>
      </p>
    </div>
  );
}
