/** A column of a ledger: its name, or more where it is wide, or named for screen readers only. */
export type LedgerColumn = string | { name: string; number?: boolean; hidden?: boolean; className?: string };

/**
 * The head of a ledger: the name of each column.
 *
 * @param numbers  the columns of numbers after the others, aligned right as their cells are (`className="number"`)
 */
export function LedgerHead({
  columns,
  numbers = [],
}: {
  columns: readonly LedgerColumn[];
  numbers?: readonly string[];
}) {
  const all = [...columns, ...numbers.map((name) => ({ name, number: true }))];
  return (
    <thead>
      <tr>
        {all.map((column) => {
          const { name, number, hidden, className }: Exclude<LedgerColumn, string> =
            typeof column === "string" ? { name: column } : column;
          return (
            <th
              key={name}
              scope="col"
              className={[number && "number", className].filter(Boolean).join(" ") || undefined}
            >
              {hidden ? <span className="sr-only">{name}</span> : name}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}
