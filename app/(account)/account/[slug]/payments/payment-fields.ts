import type { FieldSpec } from "@/app/_form/form-state";
import { dayOf } from "@/lib/day";
import { CHANNELS } from "@/lib/ledger/channels";
import type { LedgerPayment } from "@/lib/ledger/types";
import { plainAmount } from "@/lib/money";

const CHOICES = Object.entries(CHANNELS).map(([value, label]) => ({ value, label }));

/** The fields of a payment, empty for a new one or filled from one that is to be corrected. */
export function paymentFields(now: Date, payment?: LedgerPayment): FieldSpec[] {
  const foreign = payment && payment.currency !== "USD";
  return [
    {
      name: "payeeName",
      label: "Paid to",
      required: true,
      maxLength: 200,
      value: payment?.payeeName ?? "",
      width: "half",
    },
    {
      name: "payeeUrl",
      label: "Their page",
      type: "url",
      maxLength: 2000,
      value: payment?.payeeUrl ?? "",
      placeholder: "https://github.com/sponsors/…",
      width: "half",
    },
    {
      name: "amount",
      label: "Amount",
      type: "money",
      required: true,
      value: payment ? plainAmount(payment.amountMinor, payment.currency) : "",
      width: "half",
    },
    {
      name: "currency",
      label: "Currency",
      required: true,
      value: payment?.currency ?? "USD",
      maxLength: 3,
      hint: "Three letters: USD, EUR, JPY …",
      width: "half",
    },
    {
      name: "usdAmount",
      label: "In US dollars",
      type: "money",
      prefix: "$",
      value: foreign && payment.usdTyped ? plainAmount(payment.usdCents) : "",
      hint: "Only for another currency. Left empty, it is taken from the European Central Bank’s rate of that day.",
      width: "half",
    },
    {
      name: "usdReason",
      label: "Why that dollar amount",
      maxLength: 300,
      value: payment?.usdReason ?? "",
      hint: "Needed for a typed amount: where it is from, such as your bank statement.",
      width: "half",
    },
    {
      name: "paidOn",
      label: "Paid on",
      type: "date",
      required: true,
      value: payment?.paidOn ?? dayOf(now),
      width: "half",
    },
    {
      name: "channel",
      label: "Through",
      type: "select",
      required: true,
      options: CHOICES,
      value: payment?.channel ?? "github-sponsors",
      width: "half",
    },
    {
      name: "fee",
      label: "Fee kept by the rail",
      type: "money",
      value: payment?.feeMinor ? plainAmount(payment.feeMinor, payment.currency) : "",
      hint: "Part of the amount above, in its currency.",
      width: "half",
    },
    {
      name: "evidenceUrl",
      label: "Link to evidence",
      type: "url",
      maxLength: 2000,
      value: payment?.evidenceUrl ?? "",
      hint: "A public page that shows the payment. It is fetched and kept as it is today.",
      width: "half",
    },
    {
      name: "note",
      label: "Note for your team",
      type: "textarea",
      maxLength: 2000,
      value: payment?.note ?? "",
      hint: "Never published.",
    },
  ];
}
