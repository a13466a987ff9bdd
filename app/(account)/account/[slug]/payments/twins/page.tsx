import type { Metadata } from "next";
import { companyPage } from "@/app/_session";
import { amountOf, plural, shortDay } from "@/app/_ui/text";
import { channelLabel } from "@/lib/ledger/channels";
import { GRADES } from "@/lib/ledger/evidence";
import { TWIN_DAYS } from "@/lib/ledger/twins";
import { listTwins } from "@/lib/ledger/twins-store";
import type { LedgerPayment } from "@/lib/ledger/types";
import { decideTwins } from "../actions";

export const metadata: Metadata = { title: "The same dollar twice" };

const CHOICES = [
  { value: "both", label: "Two payments: keep both" },
  { value: "void-a", label: "One dollar: void the first" },
  { value: "void-b", label: "One dollar: void the second" },
];

export default async function TwinsPage({
  params,
  searchParams,
}: {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ decided?: string | string[]; stale?: string | string[] }>;
}) {
  const { slug } = await params;
  const { company } = await companyPage(slug, "canRecordPayment", `/account/${slug}/payments/twins`);
  const search = await searchParams;
  const { pairs, total } = await listTwins(company.companyId);
  return (
    <>
      <p className="mt-8">
        <a href={`/account/${slug}/payments`}>All payments</a>
      </p>
      <h1 className="mt-2">The same dollar twice?</h1>
      {search.decided !== undefined && (
        <p role="status" className="mt-4 border-l-4 border-good py-1 pl-4">
          Decided.
        </p>
      )}
      {search.stale !== undefined && (
        <p role="alert" className="mt-4 border-l-4 border-bad py-1 pl-4 font-semibold">
          Somebody changed one of the two meanwhile; nothing was done. Look at what is left.
        </p>
      )}
      {total === 0 ? (
        <p className="words mt-3 text-lead">
          No two payments look like one. Pairs are found by payee, amount and days when they come from different rails.
        </p>
      ) : (
        <p className="words mt-3 text-lead">
          {plural(total, "pair")} of payments to one payee, of one amount, from different rails, at most {TWIN_DAYS}{" "}
          days apart. Money that passes through two rails must count once.
        </p>
      )}
      <ol className="mt-6">
        {pairs.map(({ first, second, days }) => (
          <li key={`${first.id} ${second.id}`} className="border-t border-ink py-5">
            <div className="grid gap-x-10 gap-y-4 sm:grid-cols-2">
              <One slug={slug} payment={first} name="First" />
              <One slug={slug} payment={second} name="Second" />
            </div>
            <p className="label mt-3 mb-2">{days === 0 ? "On the same day" : `${plural(days, "day")} apart`}</p>
            <form
              action={decideTwins.bind(null, slug, {
                a: { id: first.id, version: first.version },
                b: { id: second.id, version: second.version },
              })}
              className="flex flex-wrap gap-3"
            >
              {CHOICES.map(({ value, label }) => (
                <button key={value} type="submit" name="decision" value={value} className="button" data-kind="quiet">
                  {label}
                </button>
              ))}
            </form>
          </li>
        ))}
      </ol>
    </>
  );
}

function One({ slug, payment, name }: { slug: string; payment: LedgerPayment; name: string }) {
  return (
    <div>
      <p className="label">{name}</p>
      <p className="text-lead">
        <span className="amount">{amountOf(payment.amountMinor, payment.currency)}</span> to{" "}
        <a href={`/account/${slug}/payments/${payment.id}`} className="link break-words">
          {payment.payeeName}
        </a>
      </p>
      <p className="text-quiet">
        {shortDay(payment.paidOn)}, {channelLabel(payment.channel)}. Evidence {payment.grade}:{" "}
        {GRADES[payment.grade].toLowerCase()}
      </p>
    </div>
  );
}
