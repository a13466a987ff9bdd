import { EcosystemsAttribution } from "@/app/_asking/attribution";
import { LedgerHead } from "@/app/_ui/ledger-head";
import type { CoverageRow } from "@/lib/funding/coverage";
import { isOlder } from "@/lib/stack/learned";
import type { Ends, ScanSummary } from "@/lib/stack/summarise";

const number = new Intl.NumberFormat("en");
const MOST_NAMES = 600;

/** How many packages, how deep, for what, and how many of them somebody can be paid for. */
export function SummaryCounts({ summary: { counts, coverage, ecosystems } }: { summary: ScanSummary }) {
  const rows: [string, number][] = [
    ["listed by you", counts.direct],
    ["beneath those", counts.transitive],
    ["depth not said by the file", counts.unknownDepth],
    ["needed at run time", counts.runtime],
    ["for development only", counts.development],
    ["optional", counts.optional],
    ["use not said by the file", counts.unknownScope],
  ];
  return (
    <section aria-label="Counts" className="mb-10">
      <dl className="grid grid-cols-2 gap-x-6 gap-y-4 border-y border-line py-4 sm:grid-cols-4">
        {rows
          .filter(([, value]) => value > 0)
          .map(([name, value]) => (
            <div key={name}>
              <dd className="amount text-title">{number.format(value)}</dd>
              <dt className="label">{name}</dt>
            </div>
          ))}
      </dl>
      <CoverageTable coverage={coverage} />
      {ecosystems.length > 1 && (
        <table className="ledger mt-6">
          <caption className="sr-only">Packages by ecosystem</caption>
          <LedgerHead columns={["Ecosystem"]} numbers={["Packages", "Somebody can be paid"]} />
          <tbody>
            {ecosystems.map((group) => (
              <tr key={group.ecosystem}>
                <td className="font-semibold">{group.ecosystem}</td>
                <td data-label="Packages" className="number">
                  {number.format(group.packages)}
                </td>
                <td data-label="Somebody can be paid" className="number">
                  {number.format(group.payable)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

const COVERAGE_ROWS: [string, Exclude<keyof CoverageRow, "packages">][] = [
  ["Source repository known", "withProject"],
  ["Somebody is named for it", "withPayee"],
  ["Somebody can be paid for it", "payable"],
];
const ofHundred = new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** How much is reached, out of everything: by number of packages, and by how much of the money flows there. */
function CoverageTable({ coverage: { byCount, byEntitlement } }: Pick<ScanSummary, "coverage">) {
  const hasFlow = byEntitlement !== null && byEntitlement.packages > 0;
  return (
    <table className="ledger mt-5">
      <caption className="sr-only">How much of it is reached</caption>
      <LedgerHead
        columns={["How far it reaches"]}
        numbers={hasFlow ? ["Packages", "Of each $100 divided"] : ["Packages"]}
      />
      <tbody>
        {COVERAGE_ROWS.map(([name, key]) => (
          <tr key={key}>
            <td className="font-semibold">
              {name}
              <Bar share={byCount.packages === 0 ? 0 : byCount[key] / byCount.packages} />
            </td>
            <td data-label="Packages" className="number">
              <span>
                <strong>{number.format(byCount[key])}</strong> of {number.format(byCount.packages)}
              </span>
            </td>
            {hasFlow && (
              <td data-label="Of each $100 divided" className="number">
                ${ofHundred.format((byEntitlement[key] / byEntitlement.packages) * 100)}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Bar({ share }: { share: number }) {
  return (
    <svg width="100%" height="6" aria-hidden="true" className="mt-1.5 block max-w-md">
      <rect width="100%" height="6" className="fill-river-soft" />
      <rect width={`${share * 100}%`} height="6" className="fill-river" />
    </svg>
  );
}

/** How the search for each package ended once somebody was asked: found, absent, failed, or not asked; nothing else. */
export function HowItEnded({ ends, total }: { ends: Ends; total: number }) {
  return (
    <section className="mt-10" aria-labelledby="ends">
      <h2 id="ends">How the search ended for each package</h2>
      <dl className="mt-3 border-ink border-t">
        <End name="Somebody is named" sign="✓" tone="text-good" count={ends.found} total={total} />
        <End
          name="Everybody asked has answered, and nobody is named"
          sign="○"
          tone="text-quiet"
          count={ends.absent.length}
          total={total}
          names={ends.absent}
        />
        <End
          name="Could not be learned: somebody did not answer"
          sign="▲"
          tone="text-bad"
          count={ends.failed.length}
          total={total}
          names={ends.failed.map(({ name, reasons }) => `${name}: ${reasons.join("; ")}`)}
        />
        <End
          name="Not asked about: the name stayed here"
          sign="◆"
          tone="text-warn"
          count={ends.unasked.length}
          total={total}
          names={ends.unasked}
        />
      </dl>
      <p className="words label mt-2">
        In a plan, the part of packages nobody can be paid for is held and shown, never given to somebody else unseen.
      </p>
    </section>
  );
}

function End({
  name,
  sign,
  tone,
  count,
  total,
  names = [],
}: {
  name: string;
  sign: string;
  tone: string;
  count: number;
  total: number;
  names?: readonly string[];
}) {
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-6 border-line border-b py-2">
      <dt>
        <span aria-hidden="true" className={tone}>
          {sign}{" "}
        </span>
        {name}
      </dt>
      <dd className="ml-auto whitespace-nowrap">
        <strong>{number.format(count)}</strong> <span className="text-quiet">of {number.format(total)}</span>
      </dd>
      {names.length > 0 && (
        <dd className="w-full">
          <details>
            <summary className="label">Their names</summary>
            <ul className="mt-2 columns-1 gap-6 text-small sm:columns-2">
              {names.slice(0, MOST_NAMES).map((one) => (
                <li key={one} className="break-words py-0.5">
                  {one}
                </li>
              ))}
            </ul>
            {names.length > MOST_NAMES && (
              <p className="label mt-2">and {number.format(names.length - MOST_NAMES)} more</p>
            )}
          </details>
        </dd>
      )}
    </div>
  );
}

/** What must be said beside answers of outside parties: how old they are, whose they are, and which addresses are no use. */
export function AboutTheAnswers({ summary, today }: { summary: ScanSummary; today: string }) {
  const { malformed, oldestAnswerAt, usesEcosystems } = summary;
  return (
    <>
      {oldestAnswerAt !== null && isOlder(oldestAnswerAt, today) && (
        <p className="mt-6 border-warn border-l-4 py-1 pl-4">
          Some answers are older than 30 days. They are asked for again in the background; until then the last answer
          counts.
        </p>
      )}
      {malformed.length > 0 && (
        <details className="mt-6">
          <summary className="link">
            {`${number.format(malformed.length)} funding ${malformed.length === 1 ? "address" : "addresses"} that cannot be used`}
          </summary>
          <ul className="mt-2 grid gap-1 text-small">
            {malformed.slice(0, 100).map(({ address, reason, provenance }) => (
              <li key={`${address} ${provenance.subject}`} className="break-words">
                <code>{address}</code> <span className="text-quiet">{`${reason} (${provenance.where})`}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
      {usesEcosystems && <EcosystemsAttribution />}
    </>
  );
}

/** What stands where the files name nobody at all. */
export function NobodyNamed() {
  return (
    <section className="border-l-4 border-warn py-1 pl-4">
      <h2 className="text-lead">The files say nothing about who to pay</h2>
      <p className="words mt-1">
        Only npm’s package-lock.json (version 2 and 3) and Composer’s lockfile carry funding addresses. That a file says
        nothing does not mean that nobody asks for support.
      </p>
    </section>
  );
}

/** The packages nobody could be found for, by name. */
export function Unreached({ summary: { unreached, counts } }: { summary: ScanSummary }) {
  if (unreached.length === 0) return null;
  return (
    <section className="mt-10">
      <h2>
        {number.format(unreached.length)} of {number.format(counts.packages)} packages: nobody found yet
      </h2>
      <p className="words mt-2 text-quiet">
        These files do not say who to pay for them. In a plan their part is held and shown, never given to somebody else
        unseen.
      </p>
      <details className="mt-3">
        <summary className="link">Show their names</summary>
        <ul className="mt-3 columns-2 gap-6 text-small sm:columns-3">
          {unreached.slice(0, MOST_NAMES).map((name) => (
            <li key={name} className="break-all py-0.5">
              {name}
            </li>
          ))}
        </ul>
        {unreached.length > MOST_NAMES && (
          <p className="label mt-2">and {number.format(unreached.length - MOST_NAMES)} more</p>
        )}
      </details>
    </section>
  );
}
