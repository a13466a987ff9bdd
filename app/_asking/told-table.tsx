import { LedgerHead } from "@/app/_ui/ledger-head";
import type { Told } from "@/lib/funding/told";

const number = new Intl.NumberFormat("en");

/** Who would be told what. */
export function ToldTable({ told }: { told: readonly Told[] }) {
  return (
    <table className="ledger mt-2">
      <LedgerHead columns={["Who is told", "What"]} numbers={["Of at most"]} />
      <tbody>
        {told.map(({ source, label, what, packages }) => (
          <tr key={source}>
            <td className="font-semibold">{label.replace(/^t(?=he )/, "T")}</td>
            <td data-label="What">
              <span>{what}</span>
            </td>
            <td data-label="Of at most" className="number">
              {number.format(packages)} {packages === 1 ? "package" : "packages"}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The names themselves, every one, in a field that can be scrolled, searched and copied. */
export function NameList({ id, names, label }: { id: string; names: readonly string[]; label: string }) {
  return (
    <div>
      <label htmlFor={id} className="mb-1 block font-semibold">
        {label}
      </label>
      <textarea
        id={id}
        readOnly
        rows={Math.min(10, Math.max(3, names.length))}
        className="input text-small"
        value={names.join("\n")}
      />
    </div>
  );
}
