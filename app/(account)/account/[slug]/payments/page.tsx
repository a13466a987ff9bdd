import type { Metadata } from "next";
import { Form } from "@/app/_form/form";
import { companyPage } from "@/app/_session";
import { Pager } from "@/app/_ui/pager";
import { count, plural, yearName } from "@/app/_ui/text";
import { may, whyNot } from "@/lib/auth/permissions";
import { clock } from "@/lib/clock";
import { listPayments } from "@/lib/ledger/store";
import { countTwins } from "@/lib/ledger/twins-store";
import { listYears } from "@/lib/report/store";
import { convert, record } from "./actions";
import { paymentFields } from "./payment-fields";
import { PaymentLedger } from "./payment-ledger";

export const metadata: Metadata = { title: "Payments" };

type Search = Partial<
  Record<"page" | "year" | "recorded" | "imported" | "skipped" | "converted" | "waiting", string | string[]>
>;

export default async function PaymentsPage({
  params,
  searchParams,
}: {
  params: Promise<{ slug: string }>;
  searchParams: Promise<Search>;
}) {
  const { slug } = await params;
  const search = await searchParams;
  const { company } = await companyPage(slug, "canViewCompany", `/account/${slug}/payments`);
  const now = clock.now();
  const [years, twins] = await Promise.all([listYears(company.companyId, now), countTwins(company.companyId)]);
  const year = years.find((one) => one.period.endOn === search.year);
  const ledger = await listPayments(company.companyId, {
    page: Number(search.page) || 1,
    ...(year && { period: year.period }),
  });
  const mayRecord = may(company.role, "canRecordPayment");
  const here = `/account/${slug}/payments`;
  const filled = years.filter((one) => one.payments > 0);
  return (
    <>
      <div className="mt-8 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-3">
        <h1>Payments</h1>
        {mayRecord && (
          <p className="flex flex-wrap items-baseline gap-x-6 gap-y-2">
            {ledger.total > 0 && <a href="#record">Record one</a>}
            <a href={`${here}/import`} className="button">
              Import files
            </a>
          </p>
        )}
      </div>
      <Done search={search} />
      {ledger.withoutDollars > 0 && (
        <div className="mt-5 max-w-2xl border-l-4 border-warn py-1 pl-4">
          <p className="mb-3">
            <span className="font-semibold">
              {plural(ledger.withoutDollars, "payment has", "payments have")} no dollar amount yet
            </span>{" "}
            and cannot count until {ledger.withoutDollars === 1 ? "it has" : "they have"} one. The rate, its source and
            its day are kept beside it.
          </p>
          {mayRecord && (
            <Form
              action={convert.bind(null, slug)}
              submit="Use the European Central Bank’s rates"
              kind="quiet"
              fields={[]}
            />
          )}
        </div>
      )}
      {twins > 0 && mayRecord && (
        <p className="mt-5 border-l-4 border-warn py-1 pl-4">
          {plural(twins, "pair")} of payments may be the same dollar twice. <a href={`${here}/twins`}>Decide</a>
        </p>
      )}
      {ledger.total === 0 ? (
        <p className="words mt-3 text-lead">
          Nothing is recorded yet.{" "}
          {mayRecord &&
            "Import the files of your rails and your bank, or record one payment: “Paid to Babel, $500.00, on Mar 31, through Open Collective”. "}
          Only paid cash counts, and every line says how it is known.
        </p>
      ) : (
        <>
          {filled.length > 1 && (
            <nav aria-label="Fiscal years" className="mt-4 flex flex-wrap gap-x-5 gap-y-1">
              <a href={here} aria-current={year ? undefined : "page"} className={year ? "link" : "font-semibold"}>
                All years
              </a>
              {filled.map((one) => (
                <a
                  key={one.period.endOn}
                  href={`${here}?year=${one.period.endOn}`}
                  aria-current={year === one ? "page" : undefined}
                  className={year === one ? "font-semibold" : "link"}
                >
                  {yearName(one.period)}
                </a>
              ))}
            </nav>
          )}
          <p className="mt-3 text-quiet">
            {plural(ledger.recorded.payments, "payment")}
            {ledger.voided.payments > 0 &&
              `, and ${ledger.voided.payments} voided that ${ledger.voided.payments === 1 ? "does" : "do"} not count`}
          </p>
          <div className="mt-5">
            <PaymentLedger
              slug={slug}
              payments={ledger.payments}
              totalCents={ledger.recorded.countedCents}
              totalName={year ? `All that counts, ${yearName(year.period)}` : "All that counts, over all years"}
            />
          </div>
          <Pager
            page={ledger.page}
            pages={ledger.pages}
            href={(page) => `${here}?${year ? `year=${year.period.endOn}&` : ""}page=${page}`}
          />
        </>
      )}
      {mayRecord ? (
        <section className="mt-12 max-w-2xl" aria-labelledby="record">
          <h2 id="record" className="mb-5">
            Record a payment
          </h2>
          <Form
            action={record.bind(null, slug)}
            submit="Record the payment"
            fields={[
              { name: "requestKey", label: "", type: "hidden", value: crypto.randomUUID() },
              ...paymentFields(now),
            ]}
          />
        </section>
      ) : (
        <p className="mt-10 text-quiet">{whyNot(company.role, "canRecordPayment")}</p>
      )}
    </>
  );
}

/** What was just done, as the address says it; numbers only, besides a name that is shown as text. */
function Done({ search }: { search: Search }) {
  const number = (value: string | string[] | undefined) => Math.max(0, Math.trunc(Number(value)) || 0);
  const sentences = [
    typeof search.recorded === "string" && `Recorded: ${search.recorded.slice(0, 260)}.`,
    search.imported !== undefined && `${plural(number(search.imported), "payment")} added to your ledger.`,
    search.skipped !== undefined && `${count(number(search.skipped))} left out as the same dollar twice.`,
    search.converted !== undefined && `${plural(number(search.converted), "payment")} converted.`,
    search.waiting !== undefined &&
      `${count(number(search.waiting))} still wait: there is no rate for their currency and day, or more wait than are done at once.`,
  ].filter((sentence) => sentence !== false);
  if (sentences.length === 0) return null;
  return (
    <p role="status" className="mt-4 border-l-4 border-good py-1 pl-4">
      {sentences.join(" ")}
    </p>
  );
}
