import { formatMoney } from "@/lib/money";
import type { PlanResult } from "@/lib/plan/planner";
import { projectName } from "@/lib/stack/project-name";
import { EditName } from "./edit-name";
import type { Edit } from "./use-history";
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
export function HeldMoney({ plan, edit }: { plan: PlanResult; edit?: Edit | undefined }) {
  if (plan.held.cents === 0 && plan.unpaid.length === 0) return null;
  return (
    <section id="held" className="mt-12">
      <h2>
        {cents(plan.held.cents)} {plan.fallback.length > 0 ? "cannot be paid to them" : "is held"}
      </h2>
      <p className="words mt-2 text-quiet">
        {plan.fallback.length > 0
          ? "It goes where you chose for it. When more of these people are found, it can be theirs."
          : "It stays with you and is not given to somebody else unseen. It can be paid later, when more of these people are found."}
      </p>
      {plan.fallback.length > 0 && (
        <ul className="words mt-3">
          {plan.fallback.map((fund) => (
            <li key={fund.payee}>
              <strong>{cents(fund.cents)}</strong> of it goes to {fund.name}, as you chose for what cannot be paid.
            </li>
          ))}
        </ul>
      )}
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
            <td>{plan.fallback.length > 0 ? "In all" : "Held in all"}</td>
            <td className="number">{cents(plan.held.cents)}</td>
          </tr>
        </tfoot>
      </table>
      {plan.unreached.length > 0 && (
        <Names
          title={`${plan.unreached.length} ${plan.unreached.length === 1 ? "project" : "projects"} nobody could be found for`}
          lines={plan.unreached}
          rowOf={({ project }) => ({ id: project, name: projectName(project), why: "" })}
          edit={edit}
        />
      )}
      {plan.unpaid.length > 0 && (
        <Names
          title={`${plan.unpaid.length} ${plan.unpaid.length === 1 ? "payee" : "payees"} not paid this time`}
          lines={plan.unpaid}
          rowOf={({ payee, name, reason }) => ({ id: payee, name, why: UNPAID[reason] })}
          edit={edit}
        />
      )}
    </section>
  );
}

/** The largest by name, the others as a sum. Names are read only of those that are shown: there can be thousands. */
function Names<Line extends { entitledCents: number }>({
  title,
  lines,
  rowOf,
  edit,
}: {
  title: string;
  lines: readonly Line[];
  rowOf: (line: Line) => { id: string; name: string; why: string };
  edit: Edit | undefined;
}) {
  const rows = lines.slice(0, FIRST).map((line) => ({ ...rowOf(line), cents: line.entitledCents }));
  const rest = lines.slice(FIRST);
  return (
    <details className="mt-4 max-w-2xl">
      <summary className="link">{title}</summary>
      <ul className="mt-2 text-small">
        {rows.map((row) => (
          <li key={row.id} className="border-b border-line py-1">
            <div className="flex justify-between gap-4">
              <span className="min-w-0 break-words">
                {row.name}
                {row.why && <span className="text-quiet">{`, ${row.why}`}</span>}
              </span>
              <span className="whitespace-nowrap">{cents(row.cents)}</span>
            </div>
            {edit && <EditName id={row.id} name={row.name} edit={edit} amounts={row.why !== ""} />}
          </li>
        ))}
        {rest.length > 0 && (
          <li className="flex justify-between gap-4 py-1 text-quiet">
            <span>{`and ${rest.length} smaller`}</span>
            <span>{cents(rest.reduce((sum, line) => sum + line.entitledCents, 0))}</span>
          </li>
        )}
      </ul>
    </details>
  );
}
