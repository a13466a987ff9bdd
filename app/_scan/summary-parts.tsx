import type { ScanSummary } from "@/lib/stack/summarise";
import { Share } from "./share";

const number = new Intl.NumberFormat("en");

/** How many packages, how deep, for what, and how many of them somebody can be paid for. */
export function SummaryCounts({
  summary: { counts, payablePackages, packagesWithProject, ecosystems },
}: {
  summary: ScanSummary;
}) {
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
      <div className="mt-5 grid gap-4">
        <Share name="Packages somebody can be paid for" part={payablePackages} whole={counts.packages} />
        {packagesWithProject > 0 && (
          <Share
            name="Packages whose source repository the files name"
            part={packagesWithProject}
            whole={counts.packages}
          />
        )}
      </div>
      {ecosystems.length > 1 && (
        <table className="ledger mt-6">
          <caption className="sr-only">Packages by ecosystem</caption>
          <thead>
            <tr>
              <th scope="col">Ecosystem</th>
              <th scope="col" className="number">
                Packages
              </th>
              <th scope="col" className="number">
                Somebody can be paid
              </th>
            </tr>
          </thead>
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
          {unreached.slice(0, 600).map((name) => (
            <li key={name} className="break-all py-0.5">
              {name}
            </li>
          ))}
        </ul>
        {unreached.length > 600 && <p className="label mt-2">and {number.format(unreached.length - 600)} more</p>}
      </details>
    </section>
  );
}
