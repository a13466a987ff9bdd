import type { PayeeSummary } from "@/lib/stack/summarise";

const FIRST = 25;

/** Every payee once, with what of theirs is used and where they can be paid. The first ones at once, the rest unfolded. */
export function PayeeLedger({ payees }: { payees: PayeeSummary[] }) {
  const rest = payees.slice(FIRST);
  return (
    <section aria-labelledby="payees">
      <h2 id="payees" className="mb-3">
        The people and teams
      </h2>
      <Rows payees={payees.slice(0, FIRST)} />
      {rest.length > 0 && (
        <details className="mt-3">
          <summary className="link">{`Show ${rest.length} more`}</summary>
          <Rows payees={rest} />
        </details>
      )}
    </section>
  );
}

function Rows({ payees }: { payees: PayeeSummary[] }) {
  return (
    <table className="ledger table-fixed">
      <thead>
        <tr>
          <th scope="col" className="w-[30%]">
            Who
          </th>
          <th scope="col">What you use of theirs</th>
          <th scope="col" className="w-[36%]">
            Where they can be paid
          </th>
        </tr>
      </thead>
      <tbody>
        {payees.map((payee) => (
          <tr key={payee.id}>
            <td className="break-words font-semibold">{payee.name}</td>
            <td>
              <Packages payee={payee} />
            </td>
            <td>
              <ul>
                {payee.channels.map((channel) => (
                  <li key={channel.url}>
                    <a
                      href={channel.url}
                      rel="noreferrer nofollow"
                      target="_blank"
                      className="link break-words text-small"
                    >
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
  );
}

function Packages({ payee }: { payee: PayeeSummary }) {
  const [first, ...others] = payee.packages;
  const learned = <p className="label mt-1">Learned from {payee.learnedFrom.join(", ")}</p>;
  if (others.length === 0) {
    return (
      <details>
        <summary className="break-all">{first}</summary>
        {learned}
      </details>
    );
  }
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
      {learned}
    </details>
  );
}
