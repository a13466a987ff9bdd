import { useState } from "react";
import type { PayeeSummary } from "@/lib/stack/summarise";

const FIRST = 25;

/** Every payee once, with what of theirs is used and where they can be paid. */
export function PayeeLedger({ payees }: { payees: PayeeSummary[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? payees : payees.slice(0, FIRST);
  return (
    <section aria-labelledby="payees">
      <h2 id="payees" className="mb-3">
        The people and teams
      </h2>
      <table className="ledger">
        <thead>
          <tr>
            <th scope="col">Who</th>
            <th scope="col">What you use of theirs</th>
            <th scope="col">Where they can be paid</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((payee) => (
            <tr key={payee.id}>
              <td className="font-semibold sm:w-56">{payee.name}</td>
              <td>
                <Packages payee={payee} />
              </td>
              <td>
                <ul>
                  {payee.channels.map((channel) => (
                    <li key={channel.url}>
                      <a href={channel.url} rel="noreferrer nofollow" target="_blank" className="link text-small">
                        {channel.label}
                      </a>
                    </li>
                  ))}
                </ul>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {payees.length > FIRST && (
        <button
          type="button"
          className="button mt-4"
          data-kind="quiet"
          aria-expanded={all}
          onClick={() => setAll(!all)}
        >
          {all ? "Show fewer" : `Show all ${payees.length}`}
        </button>
      )}
    </section>
  );
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
      <p className="label mt-1">Learned from {payee.learnedFrom.join(", ")}</p>
    </details>
  );
}
