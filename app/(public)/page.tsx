import { DropZone } from "@/app/_scan/drop-zone";
import { formatExamples } from "@/app/_scan/format-list";
import { Price } from "@/app/_scan/price";
import { CompanyMark } from "@/app/_ui/mark";
import { count } from "@/app/_ui/text";
import { clock } from "@/lib/clock";
import { listCompanies, statistics } from "@/lib/directory/store";
import { formatMoney } from "@/lib/money";

const dollars = (cents: number): string => formatMoney(cents, "USD", { cents: "never" });

const VERBS = [
  ["Commit", "Register a pledge: developers, amount, year. Listed at once."],
  ["Scan", "Drop lockfiles and learn who stands under you."],
  ["Decide", "A plan to the cent, with the reason for every line."],
  ["Pay", "Through the channels maintainers chose. We never hold money."],
  ["Prove", "Record each payment with its evidence."],
  ["Publish", "A report per developer that is derived, never typed."],
] as const;

export default async function HomePage({
  searchParams,
}: {
  searchParams: Promise<{ developers?: string | string[] }>;
}) {
  const { developers } = await searchParams;
  const now = clock.now();
  const [totals, recent] = await Promise.all([
    statistics(now),
    listCompanies({ status: "met", sort: "joined", pageSize: 3 }, now),
  ]);
  return (
    <>
      <div className="page pt-6 sm:pt-12">
        <h1 className="max-w-3xl !text-[clamp(1.75rem,1.1rem+3vw,3.25rem)] !leading-[1.06]">
          Pay the people your software stands on
        </h1>
        <p className="mt-2 max-w-2xl sm:mt-4 sm:text-lead">
          See what it costs and who it goes to, right here. No account until you want to keep something.
        </p>
        <div className="mt-5 grid gap-6 sm:mt-9 md:grid-cols-[minmax(0,5fr)_minmax(0,6fr)] md:gap-12">
          <Price initial={typeof developers === "string" ? developers.slice(0, 9) : "14"} />
          <DropZone examples={formatExamples()} />
        </div>
      </div>
      <section aria-label="The directory today" className="page mt-12 sm:mt-16">
        <dl className="grid grid-cols-3 gap-4 border-y border-ink py-4">
          <Total amount={dollars(totals.paidCents)} name="paid to maintainers, as published" />
          <Total amount={count(totals.companies)} name="companies listed" />
          <Total amount={count(totals.reports)} name="annual reports" />
        </dl>
        <ul>
          {recent.lines.map((row) => (
            <li key={row.slug} className="border-b border-line">
              <a
                href={`/companies/${row.slug}`}
                className="grid grid-cols-[auto_1fr_auto] items-center gap-4 py-3 text-ink hover:bg-sheet"
              >
                <CompanyMark name={row.name} size={36} />
                <span className="min-w-0">
                  <span className="block truncate font-semibold">{row.name}</span>
                  <span className="label block">
                    {row.latestPerDeveloperCents === null
                      ? ""
                      : `${dollars(row.latestPerDeveloperCents)} per developer, last reported ${row.latestReportedOn?.slice(0, 4)}`}
                  </span>
                </span>
                <span className="amount text-lead">{dollars(row.totalPaidCents)}</span>
              </a>
            </li>
          ))}
        </ul>
        <p className="mt-3">
          <a href="/directory">All companies</a>
        </p>
      </section>
      <section aria-label="How it works" className="page mt-14">
        <h2>One loop, closed</h2>
        <ol className="mt-4 grid gap-x-10 gap-y-5 sm:grid-cols-2 lg:grid-cols-3">
          {VERBS.map(([verb, text], index) => (
            <li key={verb} className="border-t border-line pt-3">
              <p className="font-head text-lead">
                <span className="text-river">{index + 1}</span> {verb}
              </p>
              <p className="mt-1 text-quiet">{text}</p>
            </li>
          ))}
        </ol>
      </section>
    </>
  );
}

function Total({ amount, name }: { amount: string; name: string }) {
  return (
    <div className="flex flex-col-reverse justify-end">
      <dt className="label">{name}</dt>
      <dd className="amount text-[clamp(1.25rem,0.8rem+2.2vw,2.25rem)] leading-tight">{amount}</dd>
    </div>
  );
}
