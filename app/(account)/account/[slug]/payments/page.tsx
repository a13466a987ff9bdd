import type { Metadata } from "next";
import { Form } from "@/app/_form/form";
import { companyPage } from "@/app/_session";
import { Pager } from "@/app/_ui/pager";
import { plural } from "@/app/_ui/text";
import { may } from "@/lib/auth/permissions";
import { clock } from "@/lib/clock";
import { listPayments } from "@/lib/ledger/store";
import { record } from "./actions";
import { paymentFields } from "./payment-fields";
import { PaymentLedger } from "./payment-ledger";

export const metadata: Metadata = { title: "Payments" };

type Search = { page?: string | string[]; recorded?: string | string[] };

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
  const ledger = await listPayments(company.companyId, { page: Number(search.page) || 1 });
  return (
    <>
      <h1 className="mt-8">Payments</h1>
      {typeof search.recorded === "string" && (
        <p role="status" className="mt-4 border-l-4 border-good py-1 pl-4">
          Recorded: {search.recorded.slice(0, 260)}.
        </p>
      )}
      {ledger.total === 0 ? (
        <p className="words mt-3 text-lead">
          Nothing is recorded yet. For example: “Paid to Babel, $500.00, on Mar 31, through Open Collective”, with the
          link to the line in its public ledger. Only paid cash counts, and every line says how it is known.
        </p>
      ) : (
        <>
          <p className="mt-3 text-quiet">
            {plural(ledger.recorded.payments, "payment")}
            {ledger.voided.payments > 0 &&
              `, and ${ledger.voided.payments} voided that ${ledger.voided.payments === 1 ? "does" : "do"} not count`}
          </p>
          <div className="mt-5">
            <PaymentLedger slug={slug} payments={ledger.payments} totalCents={ledger.recorded.usdCents} />
          </div>
          <Pager page={ledger.page} pages={ledger.pages} href={(page) => `/account/${slug}/payments?page=${page}`} />
        </>
      )}
      {may(company.role, "canRecordPayment") ? (
        <section className="mt-12 max-w-2xl" aria-labelledby="record">
          <h2 id="record" className="mb-5">
            Record a payment
          </h2>
          <Form
            action={record.bind(null, slug)}
            submit="Record the payment"
            fields={[
              { name: "requestKey", label: "", type: "hidden", value: crypto.randomUUID() },
              ...paymentFields(clock.now()),
            ]}
          />
        </section>
      ) : (
        <p className="mt-10 text-quiet">Owners and finance record payments; your role here is {company.role}.</p>
      )}
    </>
  );
}
