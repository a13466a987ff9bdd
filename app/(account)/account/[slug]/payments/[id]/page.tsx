import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Form } from "@/app/_form/form";
import { companyPage } from "@/app/_session";
import { shortDay } from "@/app/_ui/text";
import { may } from "@/lib/auth/permissions";
import { clock } from "@/lib/clock";
import { dayOf } from "@/lib/day";
import { channelLabel } from "@/lib/ledger/channels";
import { getPayment, paymentHistory } from "@/lib/ledger/store";
import { formatMoney } from "@/lib/money";
import { Refusal } from "@/lib/refusal";
import { amend, makeVoid } from "../actions";
import { paymentFields } from "../payment-fields";

export const metadata: Metadata = { title: "Payment" };

const DEEDS = { recorded: "Recorded", amended: "Corrected", voided: "Voided" };

export default async function PaymentPage({
  params,
  searchParams,
}: {
  params: Promise<{ slug: string; id: string }>;
  searchParams: Promise<{ saved?: string | string[] }>;
}) {
  const { slug, id } = await params;
  const { company } = await companyPage(slug, "canViewCompany", `/account/${slug}/payments/${id}`);
  const payment = await getPayment(company.companyId, id).catch((error) => {
    if (error instanceof Refusal && error.code === "not_found") notFound();
    throw error;
  });
  const history = await paymentHistory(company.companyId, id);
  const editable = payment.state === "recorded" && may(company.role, "canRecordPayment");
  return (
    <>
      <p className="mt-8">
        <a href={`/account/${slug}/payments`}>All payments</a>
      </p>
      <h1 className="mt-2 break-words">
        {formatMoney(payment.usdCents, "USD", { cents: "always" })} to {payment.payeeName}
      </h1>
      <p className="mt-2 text-quiet">
        {payment.currency !== "USD" && `${formatMoney(payment.amountMinor, payment.currency, { cents: "always" })}, `}
        {shortDay(payment.paidOn)}, {channelLabel(payment.channel)}
        {payment.state === "voided" && ". Voided: it stays here and no longer counts."}
      </p>
      {(await searchParams).saved !== undefined && (
        <p role="status" className="mt-4 border-l-4 border-good py-1 pl-4">
          Saved. What it said before stands in its history below.
        </p>
      )}
      {editable && (
        <div className="mt-8 grid max-w-4xl gap-12 lg:grid-cols-[1fr_18rem]">
          <section aria-labelledby="correct">
            <h2 id="correct" className="mb-5">
              Correct it
            </h2>
            <Form
              action={amend.bind(null, slug, id, payment.version)}
              submit="Save the correction"
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
              <span className="font-semibold">{DEEDS[event.kind]}</span> on {shortDay(dayOf(event.at))}:{" "}
              {formatMoney(event.snapshot.usdCents, "USD", { cents: "always" })} to {event.snapshot.payeeName}, paid on{" "}
              {shortDay(event.snapshot.paidOn)}
              {event.reason && `. Reason: ${event.reason}`}
            </li>
          ))}
        </ol>
      </section>
    </>
  );
}
