import { LedgerHead } from "@/app/_ui/ledger-head";
import type { PartyProgress, RunProgress } from "@/lib/funding/progress";
import { SOURCE_LABELS } from "@/lib/funding/types";

const number = new Intl.NumberFormat("en");
const CLOCK = new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit", hour12: false, timeZone: "UTC" });

/** What is asked of whom, how far it has come, what failed, and what will be asked again. The same on server and page. */
export function RunProgressTable({ progress }: { progress: RunProgress }) {
  const { parties, skipped } = progress;
  return (
    <>
      {parties.length > 0 && (
        <table className="ledger mt-4">
          <LedgerHead
            columns={["Who is asked"]}
            numbers={["About", "Knew something", "Knew nothing", "No answer", "Still to ask"]}
          />
          <tbody>
            {parties.map((party) => (
              <PartyRow key={party.source} party={party} isOver={progress.state === "finished"} />
            ))}
          </tbody>
        </table>
      )}
      {skipped.length > 0 && (
        <ul className="mt-3 text-small">
          {skipped.map(({ source, reason }) => (
            <li key={source}>
              <span className="font-semibold text-warn">
                <span aria-hidden="true">◆ </span>Not asked:
              </span>{" "}
              {reason}.
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function PartyRow({ party, isOver }: { party: PartyProgress; isOver: boolean }) {
  const label = SOURCE_LABELS[party.source];
  return (
    <tr>
      <td>
        <span className="font-semibold">{label.replace(/^t(?=he )/, "T")}</span>
        {party.retry && !isOver && (
          <span className="block text-small text-warn">
            <span aria-hidden="true">◆ </span>
            {sentence(party.retry.failure)} Asked again at {CLOCK.format(new Date(party.retry.at))} UTC.
          </span>
        )}
        {party.gaveUp && (
          <span className="block text-bad text-small">
            <span aria-hidden="true">▲ </span>
            {sentence(party.gaveUp)} Given up for now; asked again with the next refresh or when you ask.
          </span>
        )}
      </td>
      <Count label="About" value={party.total} />
      <Count label="Knew something" value={party.found} />
      <Count label="Knew nothing" value={party.absent} />
      <Count label="No answer" value={party.failed} />
      <Count label="Still to ask" value={party.waiting} />
    </tr>
  );
}

function Count({ label, value }: { label: string; value: number }) {
  return (
    <td data-label={label} className={`number ${value === 0 ? "text-quiet" : ""}`}>
      {number.format(value)}
    </td>
  );
}

const sentence = (text: string) => (/[.!?]$/.test(text) ? text : `${text}.`);

/** One line that says how far a run is, and a bar; read out as it changes. */
export function RunHeadline({ progress }: { progress: RunProgress }) {
  const total = progress.parties.reduce((sum, party) => sum + party.total, 0);
  const waiting = progress.parties.reduce((sum, party) => sum + party.waiting, 0);
  const share = total === 0 ? 0 : ((total - waiting) / total) * 100;
  const isOver = progress.state === "finished";
  return (
    <div>
      <p role="status" className="flex flex-wrap justify-between gap-x-4 text-small">
        <span>
          {isOver
            ? total === 0
              ? "Nobody had to be asked: everything is known and younger than 30 days."
              : "Everybody has been asked."
            : `Asking, step ${progress.stage} of ${progress.stages}.`}
        </span>
        {total > 0 && (
          <span>
            <strong>{number.format(total - waiting)}</strong> of {number.format(total)} questions so far
          </span>
        )}
      </p>
      <svg width="100%" height="8" aria-hidden="true" className="mt-1 block">
        <rect width="100%" height="8" className="fill-river-soft" />
        <rect width={`${isOver ? 100 : share}%`} height="8" className="fill-river" />
      </svg>
    </div>
  );
}
