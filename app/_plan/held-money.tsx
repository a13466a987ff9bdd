import type { Plan } from "@/lib/allocation/make-plan";
import { formatMoney } from "@/lib/money";
import { projectName } from "@/lib/stack/project-name";
import { UNPAID } from "./words";

const cents = (amount: number): string => formatMoney(amount, "USD", { cents: "always" });
const CAUSES = [
  ["unreached", "for projects nobody could be found for"],
  ["capped", "because everybody paid is at the most they may get"],
  ["belowMinimum", "for payees whose part is below the smallest payment"],
  ["tooMany", "for payees beyond the number of payments"],
  ["indivisible", "that does not make a whole unit"],
] as const;
const FIRST = 15;

/** The honest remainder: what is held, by cause, and for whom. */
export function HeldMoney({ plan }: { plan: Pick<Plan, "held" | "unreached" | "unpaid"> }) {
  if (plan.held.cents === 0) return null;
  return (
    <section id="held" className="mt-12">
      <h2>{cents(plan.held.cents)} is held</h2>
      <p className="words mt-2 text-quiet">
        It stays with you and is not given to somebody else unseen. It can be paid later, when more of these people are
        found.
      </p>
      <table className="ledger mt-4 max-w-2xl">
        <tbody>
          {CAUSES.filter(([cause]) => plan.held[cause] > 0).map(([cause, text]) => (
            <tr key={cause}>
              <td>{text}</td>
              <td className="number">{cents(plan.held[cause])}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td>Held in all</td>
            <td className="number">{cents(plan.held.cents)}</td>
          </tr>
        </tfoot>
      </table>
      {plan.unreached.length > 0 && (
        <Names
          title={`${plan.unreached.length} ${plan.unreached.length === 1 ? "project" : "projects"} nobody could be found for`}
          rows={plan.unreached.map((line) => ({ name: projectName(line.project), cents: line.entitledCents, why: "" }))}
        />
      )}
      {plan.unpaid.length > 0 && (
        <Names
          title={`${plan.unpaid.length} ${plan.unpaid.length === 1 ? "payee" : "payees"} not paid this time`}
          rows={plan.unpaid.map((line) => ({ name: line.name, cents: line.entitledCents, why: UNPAID[line.reason] }))}
        />
      )}
    </section>
  );
}

function Names({ title, rows }: { title: string; rows: { name: string; cents: number; why: string }[] }) {
  const rest = rows.slice(FIRST);
  return (
    <details className="mt-4 max-w-2xl">
      <summary className="link">{title}</summary>
      <ul className="mt-2 text-small">
        {rows.slice(0, FIRST).map((row) => (
          <li key={row.name} className="flex justify-between gap-4 border-b border-line py-1">
            <span className="min-w-0 break-words">
              {row.name}
              {row.why && <span className="text-quiet">{`, ${row.why}`}</span>}
            </span>
            <span className="whitespace-nowrap">{cents(row.cents)}</span>
          </li>
        ))}
        {rest.length > 0 && (
          <li className="flex justify-between gap-4 py-1 text-quiet">
            <span>{`and ${rest.length} smaller`}</span>
            <span>{cents(rest.reduce((sum, row) => sum + row.cents, 0))}</span>
          </li>
        )}
      </ul>
    </details>
  );
}
