import { Form } from "@/app/_form/form";
import { LedgerHead } from "@/app/_ui/ledger-head";
import { plural } from "@/app/_ui/text";
import type { VoteResult } from "@/lib/allocation/votes";
import { formatMoney } from "@/lib/money";
import type { NamedBallot } from "@/lib/plan/votes-store";
import { vote } from "../actions";

/** Whom or what one can vote on. */
export type Subject = {
  id: string;
  name: string;
  about: string;
  /** In the plan as it stands; null for what is not in it. */
  cents: number | null;
  lastYearCents: number | null;
};

const OPTIONS = [
  { value: "", label: "No opinion" },
  { value: "0", label: "Nothing" },
  { value: "0.5", label: "Half as much" },
  { value: "1", label: "As it is" },
  { value: "2", label: "Twice as much" },
  { value: "3", label: "Three times as much" },
];

/** One line per payee and nomination: last year, now, what the votes come to, and one's own ballot. */
export function VoteLedger({
  slug,
  period,
  subjects,
  results,
  ballots,
  voter,
}: {
  slug: string;
  period: string;
  subjects: readonly Subject[];
  results: ReadonlyMap<string, VoteResult>;
  ballots: readonly NamedBallot[];
  voter: string;
}) {
  return (
    <table className="ledger mt-5">
      <LedgerHead columns={["Payee", "Votes", "Your ballot"]} numbers={["Last year", "Now"]} />
      <tbody>
        {subjects.map((subject) => {
          const mine = ballots.find((ballot) => ballot.project === subject.id && ballot.voter === voter);
          const conflicts = ballots.filter((ballot) => ballot.project === subject.id && ballot.conflict);
          return (
            <tr key={subject.id}>
              <td className="font-semibold md:w-64">
                {subject.name}
                {subject.about && <span className="label block break-words font-normal">{subject.about}</span>}
              </td>
              <td data-label="Votes">
                <span>{outcome(results.get(subject.id))}</span>
                {conflicts.length > 0 && (
                  <span className="label block">
                    conflict declared by {conflicts.map(({ voterName }) => voterName).join(", ")}
                  </span>
                )}
              </td>
              <td>
                <details>
                  <summary>
                    {mine ? OPTIONS.find(({ value }) => value === String(mine.multiplier))!.label : "Vote"}
                    <span className="sr-only"> on {subject.name}</span>
                    {mine?.conflict && <span className="text-quiet">, in conflict</span>}
                  </summary>
                  <div className="my-3 max-w-72">
                    <Form
                      action={vote.bind(null, slug, period, subject.id)}
                      submit="Keep my ballot"
                      kind="quiet"
                      fields={[
                        {
                          name: "multiplier",
                          label: "It should count",
                          type: "select",
                          options: OPTIONS,
                          value: mine ? String(mine.multiplier) : "",
                          required: true,
                        },
                        {
                          name: "conflict",
                          label: "I maintain it, or it pays me",
                          type: "checkbox",
                          value: mine?.conflict ? "yes" : "",
                        },
                      ]}
                    />
                  </div>
                </details>
              </td>
              <td data-label="Last year" className="number text-quiet">
                {subject.lastYearCents === null ? "nothing" : formatMoney(subject.lastYearCents)}
              </td>
              <td data-label="Now" className="number font-semibold">
                {subject.cents === null ? "not in it" : formatMoney(subject.cents)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function outcome(result: VoteResult | undefined): string {
  if (!result) return "none";
  const counted = plural(result.counted, "ballot");
  return result.belowQuorum ? `${counted}, too few yet` : `×${result.multiplier} by ${counted}`;
}
