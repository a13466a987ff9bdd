import { LedgerHead } from "@/app/_ui/ledger-head";
import { longDay } from "@/app/_ui/text";
import type { Day } from "@/lib/day";
import type { Judgement, PayeeFlag } from "@/lib/funding/types";
import { learnedFrom } from "@/lib/stack/learned";
import type { PayeeSummary } from "@/lib/stack/summarise";

const FIRST = 25;
const MOST_SUBJECTS = 4;

const VERDICTS: Record<Judgement["verdict"], { name: string; tone: string; sign: string }> = {
  usable: { name: "Takes money", tone: "text-good", sign: "✓" },
  unchecked: { name: "Not checked", tone: "text-quiet", sign: "○" },
  no_listing: { name: "Takes no money there", tone: "text-bad", sign: "▲" },
  archived: { name: "Project archived", tone: "text-warn", sign: "◆" },
  inactive: { name: "Silent for 12 months", tone: "text-warn", sign: "◆" },
  redirect: { name: "Answers elsewhere now", tone: "text-warn", sign: "◆" },
  malformed: { name: "Cannot be read", tone: "text-bad", sign: "▲" },
};

const FLAGS: Record<PayeeFlag, string> = {
  "company-owned": "owned by a company",
  foundation: "a foundation",
  bot: "a bot",
  own: "your own",
};

/**
 * Every payee once, with what of theirs is used, where they can be paid, whether that works, and where and when it was
 * learned. The first ones at once, the rest unfolded.
 *
 * @param today  the day it is for the reader
 * @param isAsked  whether anybody outside was asked, so that an unchecked channel is worth a word
 */
export function PayeeLedger({ payees, today, isAsked }: { payees: PayeeSummary[]; today: Day; isAsked: boolean }) {
  const rest = payees.slice(FIRST);
  return (
    <section aria-labelledby="payees">
      <h2 id="payees" className="mb-3">
        The people and teams
      </h2>
      <Rows payees={payees.slice(0, FIRST)} today={today} isAsked={isAsked} />
      {rest.length > 0 && (
        <details className="mt-3">
          <summary className="link">{`Show ${rest.length} more`}</summary>
          <Rows payees={rest} today={today} isAsked={isAsked} />
        </details>
      )}
    </section>
  );
}

function Rows({ payees, today, isAsked }: { payees: PayeeSummary[]; today: Day; isAsked: boolean }) {
  return (
    <table className="ledger table-fixed">
      <LedgerHead
        columns={[
          { name: "Who", className: "w-[26%]" },
          { name: "What you use of theirs", className: "w-[30%]" },
          "Where they can be paid",
        ]}
      />
      <tbody>
        {payees.map((payee) => (
          <tr key={payee.id}>
            <td className="break-words">
              <span className="font-semibold">{payee.name}</span>
              {payee.flags.map((flag) => (
                <span key={flag} className="label block">
                  {FLAGS[flag]}
                </span>
              ))}
              {!payee.payable && (
                <span className="block text-bad text-small">
                  <span aria-hidden="true">▲ </span>cannot be paid now
                </span>
              )}
            </td>
            <td>
              <Packages payee={payee} />
            </td>
            <td>
              <Channels payee={payee} today={today} isAsked={isAsked} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Channels({ payee, today, isAsked }: { payee: PayeeSummary; today: Day; isAsked: boolean }) {
  return (
    <>
      <ul className="grid gap-1">
        {payee.channels.map((channel) => (
          <li key={channel.url} className="text-small">
            <a
              href={channel.url}
              rel="noreferrer nofollow"
              target="_blank"
              className="link inline-block min-h-6 break-words"
            >
              {channel.label}
            </a>
            {(isAsked || channel.judgement.verdict !== "unchecked") && <Verdict judgement={channel.judgement} />}
          </li>
        ))}
      </ul>
      <details className="mt-1">
        <summary className="label">Where and when this was learned</summary>
        <ul className="mt-1 grid gap-1 text-quiet text-small">
          {payee.channels.map((channel) => (
            <li key={channel.url}>
              <span className="text-ink">{channel.label}</span>
              <ul>
                {learnedFrom(channel.provenance, today).map((learned) => (
                  <li key={learned.label} className="break-words">
                    {learned.url ? (
                      <a href={learned.url} rel="noreferrer nofollow" target="_blank" className="link">
                        {learned.label}
                      </a>
                    ) : (
                      learned.label
                    )}
                    {`, ${longDay(learned.on)}: ${namesOf(learned.subjects)}`}
                    {learned.isOld && " (older than 30 days)"}
                  </li>
                ))}
              </ul>
            </li>
          ))}
          {payee.mergedBy.length > 0 && (
            <li>{`Taken for one because the same list names them all: ${namesOf(payee.mergedBy.map(shortName))}`}</li>
          )}
        </ul>
      </details>
    </>
  );
}

function Verdict({ judgement: { verdict, detail, judgedAt } }: { judgement: Judgement }) {
  const { name, tone, sign } = VERDICTS[verdict];
  return (
    <span className={`block ${tone}`}>
      <span aria-hidden="true">{sign} </span>
      {name}
      {detail && <span className="break-words text-quiet">{`: ${detail}`}</span>}
      {judgedAt && <span className="text-quiet">{`, seen ${longDay(judgedAt.slice(0, 10))}`}</span>}
    </span>
  );
}

const shortName = (subject: string) =>
  subject
    .replace(/^pkg:/, "")
    .replace(/^github\.com\//, "")
    .replaceAll("%40", "@");

/** A few names, and how many more there are. */
function namesOf(names: readonly string[]): string {
  const others = names.length - MOST_SUBJECTS;
  return others > 1 ? `${names.slice(0, MOST_SUBJECTS).join(", ")} and ${others} more` : names.join(", ");
}

function Packages({ payee }: { payee: PayeeSummary }) {
  const [first, ...others] = payee.packages;
  if (others.length === 0) return <span className="break-all">{first}</span>;
  return (
    <details>
      <summary>
        <span className="break-all">{first}</span> <span className="text-quiet">and {others.length} more</span>
      </summary>
      <ul className="mt-1 text-quiet text-small">
        {others.map((name) => (
          <li key={name} className="break-all">
            {name}
          </li>
        ))}
      </ul>
    </details>
  );
}
