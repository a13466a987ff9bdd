import { LedgerHead } from "@/app/_ui/ledger-head";
import { amountOf, count, shortDay } from "@/app/_ui/text";
import { channelLabel } from "@/lib/ledger/channels";
import type { PreviewRow } from "@/lib/ledger/imports/preview-store";

const OPEN = 15;

const FATES: Record<PreviewRow["status"], string> = {
  new: "will be added",
  known: "already there",
  changed: "already there, differs",
};

/** The first rows of a file as they would be written. */
export function PreviewRows({ rows, total }: { rows: readonly PreviewRow[]; total: number }) {
  if (rows.length === 0) return null;
  return (
    <>
      <Rows rows={rows.slice(0, OPEN)} />
      {rows.length > OPEN && (
        <details className="mt-3">
          <summary className="link w-fit">
            {total > rows.length
              ? `Rows ${OPEN + 1} to ${rows.length} of ${count(total)}`
              : `The other ${rows.length - OPEN} rows`}
          </summary>
          <Rows rows={rows.slice(OPEN)} />
        </details>
      )}
    </>
  );
}

function Rows({ rows }: { rows: readonly PreviewRow[] }) {
  return (
    <table className="ledger mt-4">
      <LedgerHead columns={["Who was paid", "Line", "Paid on", "Through", "What happens"]} numbers={["Amount"]} />
      <tbody>
        {rows.map(({ key, line, facts, status, twinOf }) => (
          <tr key={key} className={status === "new" ? undefined : "text-quiet"}>
            <td className="break-words font-semibold">{facts.payeeName}</td>
            <td data-label="Line">{line}</td>
            <td data-label="Paid on" className="whitespace-nowrap">
              {shortDay(facts.paidOn)}
            </td>
            <td data-label="Through">{channelLabel(facts.channel)}</td>
            <td data-label="What happens">{twinOf ? "decide below" : FATES[status]}</td>
            <td data-label="Amount" className="number font-semibold">
              {amountOf(facts.amountMinor, facts.currency)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
