import { LedgerHead } from "@/app/_ui/ledger-head";
import { count, plural } from "@/app/_ui/text";
import type { LeftOut } from "@/lib/allocation/exports/types";
import { formatMoney } from "@/lib/money";
import { NO_RAIL, type PayableFile, type PayableOrder } from "@/lib/plan/order";

const cents = (amount: number): string => formatMoney(amount, "USD", { cents: "always" });

/** The files a plan can be paid with, each read back before it is offered. */
export function Files({
  slug,
  number,
  order,
  isAccepted,
}: {
  slug: string;
  number: number;
  order: PayableOrder;
  isAccepted: boolean;
}) {
  const home = `/account/${slug}/plan/versions/${number}`;
  const homeless = order.lines.filter(({ rail }) => rail === NO_RAIL);
  const files: { file: PayableFile; about: string }[] = [
    ...order.github.files.map((file) => ({ file, about: "GitHub bulk sponsorship: upload it as it is" })),
    ...order.openCollective.files.map((file) => ({ file, about: "Open Collective: a link for each payment" })),
    ...order.all.map((file) => ({
      file,
      about: file.name.endsWith(".json") ? "everything, for scripts" : "everything, for a finance system",
    })),
  ];
  return (
    <section className="no-print mt-10" aria-labelledby="files">
      <h2 id="files">Files to pay it with</h2>
      <p className="words mt-2 text-quiet">
        {isAccepted ? "" : "Ready to look at; pay them once the version is accepted. "}
        <a href={`${home}/order`}>A printable order for finance</a>
      </p>
      <table className="ledger mt-4" data-stack="amount">
        <LedgerHead columns={["File", "For", "Read back"]} numbers={["Payments", "Sum"]} />
        <tbody>
          {files.map(({ file, about }) => (
            <tr key={file.name}>
              <td className="font-semibold">
                <a href={`${home}/files/${file.name}`} download={file.name} className="link break-all">
                  {file.name}
                </a>
              </td>
              <td data-label="For">{about}</td>
              <td data-label="Read back">
                {file.differences.length === 0 ? (
                  <span className="text-good">✓ the same sum</span>
                ) : (
                  <span className="font-semibold text-bad">▲ {file.differences.join(" ")}</span>
                )}
              </td>
              <td data-label="Payments" className="number">
                {count(file.rows)}
              </td>
              <td data-label="Sum" className="number">
                {cents(file.cents)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {order.differences.length > 0 ? (
        <p role="alert" className="mt-3 font-semibold text-bad">
          ▲ {order.differences.join(" ")} Do not pay from these files; tell whoever runs this site.
        </p>
      ) : (
        <p className="label mt-3">
          Every file was written, read back by a reader that knows only the text, and adds up to{" "}
          {cents(order.totalCents)} with what is listed here.
        </p>
      )}
      <Without title="in no GitHub file" rows={order.github.leftOut} />
      {order.github.droppedCents > 0 && (
        <p className="mt-2">{cents(order.github.droppedCents)} is below whole dollars and in no GitHub file.</p>
      )}
      <Without title="in no Open Collective file" rows={order.openCollective.leftOut} />
      <Without
        title="without a known channel, in the order for finance only"
        rows={homeless.map(({ payee, name, cents: amount }) => ({
          payee,
          name,
          cents: amount,
          reason: "Nobody knows yet where to pay.",
        }))}
      />
    </section>
  );
}

function Without({ title, rows }: { title: string; rows: LeftOut[] }) {
  if (rows.length === 0) return null;
  return (
    <details className="mt-3 max-w-2xl">
      <summary className="link">
        {plural(rows.length, "payment")} {title}
      </summary>
      <ul className="mt-2 text-small">
        {rows.map((row) => (
          <li key={row.payee} className="flex justify-between gap-4 border-line border-b py-1">
            <span className="min-w-0 break-words">
              {row.name} <span className="text-quiet">{row.reason}</span>
            </span>
            <span className="whitespace-nowrap">{cents(row.cents)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
