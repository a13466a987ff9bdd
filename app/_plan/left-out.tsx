"use client";

import type { Edit } from "./use-history";

/** Whoever was left out by hand, with the reason, and the way back. */
export function LeftOut({ inputs, change }: Edit) {
  if (inputs.exclusions.length === 0) return null;
  return (
    <section aria-labelledby="left-out" className="mt-10 max-w-2xl">
      <h2 id="left-out">Left out</h2>
      <ul className="mt-3 border-ink border-t">
        {inputs.exclusions.map((one) => (
          <li key={one.id} className="flex items-baseline justify-between gap-4 border-line border-b py-2">
            <span className="min-w-0 break-words">
              {one.name}
              <span className="block text-quiet text-small">{one.own ? "your own" : one.reason}</span>
            </span>
            <button
              type="button"
              className="link no-print min-h-6 whitespace-nowrap text-small"
              onClick={() =>
                change(`put ${one.name} back`, {
                  ...inputs,
                  exclusions: inputs.exclusions.filter(({ id }) => id !== one.id),
                })
              }
            >
              Put back<span className="sr-only"> {one.name}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
