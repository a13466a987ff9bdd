import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Form } from "@/app/_form/form";
import { companyPage } from "@/app/_session";
import { amountOf, longDay, shortDay } from "@/app/_ui/text";
import { uploadTrouble } from "@/app/_uploads/receive";
import { may } from "@/lib/auth/permissions";
import { clock } from "@/lib/clock";
import { dayOf } from "@/lib/day";
import { channelLabel } from "@/lib/ledger/channels";
import { countedCents, hasDollars, ruleOf } from "@/lib/ledger/eligibility";
import { listEvidence } from "@/lib/ledger/evidence-store";
import { getPayment, paymentHistory } from "@/lib/ledger/store";
import type { LedgerPayment } from "@/lib/ledger/types";
import { formatMoney } from "@/lib/money";
import { Refusal } from "@/lib/refusal";
import { amend, makeVoid } from "../actions";
import { paymentFields } from "../payment-fields";
import { Counts } from "./counts";
import { EvidenceOf } from "./evidence-of";

export const metadata: Metadata = { title: "Payment" };

const DEEDS = { recorded: "Recorded", amended: "Corrected", voided: "Voided" };

export default async function PaymentPage({
  params,
  searchParams,
}: {
  params: Promise<{ slug: string; id: string }>;
  searchParams: Promise<{ saved?: string | string[]; kept?: string | string[] }>;
}) {
  const { slug, id } = await params;
  const search = await searchParams;
  const { company } = await companyPage(slug, "canViewCompany", `/account/${slug}/payments/${id}`);
  const payment = await getPayment(company.companyId, id).catch((error) => {
    if (error instanceof Refusal && error.code === "not_found") notFound();
    throw error;
  });
  const [history, evidence, trouble] = await Promise.all([
    paymentHistory(company.companyId, id),
    listEvidence(company.companyId, id),
    uploadTrouble(),
  ]);
  const editable = payment.state === "recorded" && may(company.role, "canRecordPayment");
  const title = hasDollars(payment)
    ? formatMoney(payment.usdCents, "USD", { cents: "always" })
    : amountOf(payment.amountMinor, payment.currency);
  return (
    <>
      <p className="mt-8">
        <a href={`/account/${slug}/payments`}>All payments</a>
      </p>
      <h1 className="mt-2 break-words">
        {title} to {payment.payeeName}
      </h1>
      <p className="mt-2 text-quiet">
        {shortDay(payment.paidOn)}, {channelLabel(payment.channel)}
        {payment.state === "voided" && ". Voided: it stays here and no longer counts."}
      </p>
      {search.saved !== undefined && (
        <p role="status" className="mt-4 border-l-4 border-good py-1 pl-4">
          Saved. What it said before stands in its history below.
        </p>
      )}
      <Amounts payment={payment} />
      <div className="mt-10 grid gap-x-14 gap-y-10 lg:grid-cols-2">
        <Counts slug={slug} payment={payment} editable={editable} />
        <EvidenceOf
          slug={slug}
          payment={payment}
          evidence={evidence}
          editable={editable}
          isKept={search.kept !== undefined}
          trouble={trouble}
        />
      </div>
      {editable && (
        <div className="mt-12 grid gap-x-14 gap-y-10 lg:grid-cols-[minmax(0,1fr)_18rem]">
          <section aria-labelledby="correct">
            <h2 id="correct" className="mb-5">
              Correct it
            </h2>
            <Form
              action={amend.bind(null, slug, id, payment.version)}
              submit="Save the correction"
              kind="quiet"
              fields={paymentFields(clock.now(), payment)}
            />
          </section>
          <section aria-labelledby="void">
            <h2 id="void" className="mb-2">
              Void it
            </h2>
            <p className="mb-4 text-quiet">
              A payment is never deleted. Voided, it stays with its reason and no longer counts.
            </p>
            <Form
              action={makeVoid.bind(null, slug, id, payment.version)}
              submit="Void the payment"
              kind="danger"
              fields={[{ name: "reason", label: "Reason", required: true, maxLength: 500 }]}
            />
          </section>
        </div>
      )}
      <section className="mt-12 max-w-2xl" aria-labelledby="history">
        <h2 id="history">History</h2>
        <ol className="mt-3 border-t border-ink">
          {history.map((event) => (
            <li key={event.version} className="border-b border-line py-2.5">
              <span className="font-semibold">{DEEDS[event.kind]}</span> on {shortDay(dayOf(event.at))}
              {event.byName && ` by ${event.byName}`}: {amountOf(event.snapshot.amountMinor, event.snapshot.currency)}{" "}
              to {event.snapshot.payeeName}, paid on {shortDay(event.snapshot.paidOn)},{" "}
              {ruleOf(event.snapshot.rule).label.toLowerCase()}, evidence {event.snapshot.grade}
              {event.reason && `. Reason: ${event.reason}`}
            </li>
          ))}
        </ol>
      </section>
    </>
  );
}

/** Gross, fee, net, and how the dollars came about. */
function Amounts({ payment }: { payment: LedgerPayment }) {
  const { currency, rate } = payment;
  const money = (minor: number) => amountOf(minor, currency);
  const rows: [string, string, string][] = [["Paid", money(payment.amountMinor), ""]];
  if (payment.feeMinor > 0) {
    rows.push(["Fee the rail kept", money(payment.feeMinor), ""]);
    rows.push(["Reached the payee", money(payment.amountMinor - payment.feeMinor), ""]);
  }
  if (currency !== "USD") {
    const dollars = formatMoney(payment.usdCents, "USD", { cents: "always" });
    if (rate)
      rows.push([
        "In US dollars",
        dollars,
        `${shortRate(rate.usdPerUnit)} dollars for 1 ${currency}, ${rate.source} of ${longDay(rate.on)}`,
      ]);
    else if (payment.usdTyped)
      rows.push(["In US dollars", dollars, `typed by hand${payment.usdReason ? `: ${payment.usdReason}` : ""}`]);
    else rows.push(["In US dollars", "no rate yet", "does not count until it has one"]);
  }
  if (payment.state === "recorded")
    rows.push(["Counts", formatMoney(countedCents(payment), "USD", { cents: "always" }), ruleOf(payment.rule).label]);
  return (
    <dl className="mt-6 max-w-2xl border-t border-ink">
      {rows.map(([name, amount, about]) => (
        <div key={name} className="flex flex-wrap items-baseline gap-x-6 border-b border-line py-2">
          <dt className="label w-40">{name}</dt>
          <dd className="amount text-lead">{amount}</dd>
          {about && <dd className="label">{about}</dd>}
        </div>
      ))}
    </dl>
  );
}

/** Twelve places are kept; a reader needs six. */
const shortRate = (usdPerUnit: string): string => usdPerUnit.replace(/(\.\d{6})\d+$/, "$1");
