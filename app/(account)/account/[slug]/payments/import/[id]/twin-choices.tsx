import { amountOf, count, plural, shortDay } from "@/app/_ui/text";
import { channelLabel } from "@/lib/ledger/channels";
import type { PreviewRow } from "@/lib/ledger/imports/preview-store";
import type { PaymentFacts } from "@/lib/ledger/payment";
import type { LedgerPayment } from "@/lib/ledger/types";

/** Rows that may be the same dollar twice: left out unless somebody ticks that both are real. */
export function TwinChoices({
  twins,
  partners,
  total,
  all,
}: {
  twins: readonly PreviewRow[];
  partners: ReadonlyMap<string, LedgerPayment>;
  total: number;
  all: readonly PreviewRow[];
}) {
  if (twins.length === 0) return null;
  return (
    <fieldset className="border-l-4 border-warn py-1 pl-4">
      <legend className="sr-only">The same dollar twice?</legend>
      <p className="font-semibold">
        {plural(total, "row looks", "rows look")} like a payment you already have from another rail.
      </p>
      <p className="mt-1 text-quiet">
        Money that passes through two rails appears in both. These rows are left out; tick those that are payments of
        their own.
      </p>
      <ul className="mt-3 border-t border-line">
        {twins.map((row) => {
          const partner = partners.get(row.twinOf!) ?? all.find((other) => other.key === row.twinOf)?.facts;
          return (
            <li key={row.key} className="border-b border-line py-2">
              <label className="flex items-start gap-3">
                <input type="checkbox" name="both" value={row.key} className="mt-1 size-5 shrink-0 accent-river" />
                <span>
                  Line {row.line}: {said(row.facts)}
                  {partner && <span className="block text-quiet">looks like {said(partner)}</span>}
                </span>
              </label>
            </li>
          );
        })}
      </ul>
      {total > twins.length && (
        <p className="mt-2 text-quiet">
          {count(total - twins.length)} more are left out too; they can be imported again from a smaller file.
        </p>
      )}
    </fieldset>
  );
}

function said(facts: PaymentFacts): string {
  return `${amountOf(facts.amountMinor, facts.currency)} to ${facts.payeeName}, ${shortDay(facts.paidOn)}, through ${channelLabel(facts.channel)}`;
}
