import { Form } from "@/app/_form/form";
import { RULES, ruleOf } from "@/lib/ledger/eligibility";
import type { LedgerPayment } from "@/lib/ledger/types";
import { formatMoney, plainAmount } from "@/lib/money";
import { assess } from "../actions";

const VERDICTS = { counts: "counts", partly: "counts in part", not: "does not count" };

/** By which rule a payment counts; whoever may record payments may choose another and says why. */
export function Counts({ slug, payment, editable }: { slug: string; payment: LedgerPayment; editable: boolean }) {
  const rule = ruleOf(payment.rule);
  return (
    <section aria-labelledby="counts">
      <h2 id="counts">Does it count?</h2>
      <p className="mt-2">
        <span className="font-semibold">It {VERDICTS[rule.verdict]}.</span> {rule.label}: {rule.sentence}
        {rule.verdict === "partly" &&
          payment.partCents !== null &&
          ` ${formatMoney(payment.partCents, "USD", { cents: "always" })} of it counts.`}
      </p>
      {payment.ruleNote && <p className="mt-1 text-quiet">Why: {payment.ruleNote}</p>}
      <p className="mt-2">
        <a href="/rules">All rules</a>
      </p>
      {editable && (
        <details className="mt-4">
          <summary className="link w-fit">Choose another rule</summary>
          <div className="mt-4">
            <Form
              action={assess.bind(null, slug, payment.id, payment.version)}
              submit="Save the rule"
              kind="quiet"
              fields={[
                {
                  name: "rule",
                  label: "Rule",
                  type: "select",
                  required: true,
                  value: payment.rule,
                  options: RULES.map(({ code, label, verdict }) => ({
                    value: code,
                    label: `${label} (${VERDICTS[verdict]})`,
                  })),
                },
                {
                  name: "partAmount",
                  label: "The part that counts",
                  type: "money",
                  prefix: "$",
                  value: payment.partCents === null ? "" : plainAmount(payment.partCents),
                  hint: "Only where a rule counts a part, in US dollars.",
                },
                { name: "ruleNote", label: "Why this rule", maxLength: 2000, value: payment.ruleNote },
              ]}
            />
          </div>
        </details>
      )}
    </section>
  );
}
