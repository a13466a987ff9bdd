import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { companyPage } from "@/app/_session";
import { longDay, plural } from "@/app/_ui/text";
import { dayOf } from "@/lib/day";
import { findPeople } from "@/lib/funding/find-people";
import { changesBetween, type PackageChange } from "@/lib/stack/changes";
import { fundingChanges } from "@/lib/stack/funding-changes";
import { getScan, listScans } from "@/lib/stack/store";

export const metadata: Metadata = { title: "What changed" };

/** Names shown of one kind before the rest is only counted. */
const SHOWN = 200;

export default async function ChangesPage({
  params,
  searchParams,
}: {
  params: Promise<{ slug: string; id: string }>;
  searchParams: Promise<{ from?: string | string[] }>;
}) {
  const { slug, id } = await params;
  const { from } = await searchParams;
  const here = `/account/${slug}/scans/${id}/changes`;
  const { company } = await companyPage(slug, "canViewCompany", here);
  const scans = await listScans(company.companyId);
  const at = scans.findIndex((scan) => scan.id === id);
  const head = scans[at];
  const earlier = from === undefined ? scans[at + 1] : scans.slice(at + 1).find((scan) => scan.id === from);
  if (!head || !earlier) notFound();
  const [newer, older] = await Promise.all([
    getScan(company.companyId, head.id),
    getScan(company.companyId, earlier.id),
  ]);
  const changes = changesBetween(older.readings, newer.readings);
  const [peopleBefore, peopleNow] = await Promise.all([
    findPeople(older.readings, older.createdAt),
    findPeople(newer.readings, newer.createdAt),
  ]);
  const { unfunded, gone, come } = fundingChanges(changes, peopleBefore, peopleNow);
  const isSame = changes.added.length + changes.removed.length + changes.moved.length === 0;
  return (
    <>
      <p className="mt-8">
        <a href={`/account/${slug}/scans`}>All scans</a>
      </p>
      <p className="label mt-4">
        From <a href={`/account/${slug}/scans/${older.id}`}>{longDay(dayOf(older.createdAt))}</a> to{" "}
        <a href={`/account/${slug}/scans/${newer.id}`}>{longDay(dayOf(newer.createdAt))}</a>
      </p>
      <h1>
        {isSame
          ? "Nothing changed"
          : `${plural(changes.added.length, "package")} came, ${plural(changes.removed.length, "package")} went`}
      </h1>
      <p className="words mt-3 text-lead">
        {isSame
          ? `All ${plural(changes.unchanged, "package")} are the same, in the same versions.`
          : unfunded.length > 0
            ? `Nobody can be paid yet for ${plural(unfunded.length, "new package")}.`
            : "Somebody can be paid for every new package."}
      </p>
      <Packages id="unfunded" title="New, and nobody can be paid yet" packages={unfunded} />
      <Names id="gone" title="People you no longer stand on" names={gone.map(({ name }) => name)} />
      <Names id="come" title="People you stand on now" names={come.map(({ name }) => name)} />
      <Packages id="added" title="All that came" packages={changes.added} />
      <Packages id="removed" title="All that went" packages={changes.removed} />
      <Packages id="moved" title="Other versions" packages={changes.moved} />
    </>
  );
}

function Packages({ id, title, packages }: { id: string; title: string; packages: PackageChange[] }) {
  if (packages.length === 0) return null;
  return (
    <section className="mt-10 max-w-3xl" aria-labelledby={id}>
      <h2 id={id} className="!text-lead">
        {title} <span className="label font-sans">{packages.length}</span>
      </h2>
      <ul className="mt-2 border-t border-ink">
        {packages.slice(0, SHOWN).map((each) => (
          <li
            key={each.purl}
            className="flex flex-wrap items-baseline justify-between gap-x-6 border-b border-line py-1.5"
          >
            <span className="min-w-0 break-words">
              <span className="font-semibold">{each.name}</span>{" "}
              <span className="label">
                {each.ecosystem}
                {each.depth === "direct" && ", direct"}
              </span>
            </span>
            <span className="label break-all">{versions(each)}</span>
          </li>
        ))}
      </ul>
      {packages.length > SHOWN && <p className="mt-2 text-quiet">and {packages.length - SHOWN} more</p>}
    </section>
  );
}

function Names({ id, title, names }: { id: string; title: string; names: string[] }) {
  if (names.length === 0) return null;
  return (
    <section className="mt-10 max-w-3xl" aria-labelledby={id}>
      <h2 id={id} className="!text-lead">
        {title} <span className="label font-sans">{names.length}</span>
      </h2>
      <p className="mt-2 break-words">{names.slice(0, SHOWN).join(", ")}</p>
      {names.length > SHOWN && <p className="mt-2 text-quiet">and {names.length - SHOWN} more</p>}
    </section>
  );
}

function versions({ before, after }: PackageChange): string {
  const [old, now] = [before.filter(Boolean).join(", "), after.filter(Boolean).join(", ")];
  return old && now ? `${old} → ${now}` : now || old;
}
