"use client";

import { useState } from "react";
import { centsForDevelopers, formatMoney } from "@/lib/money";
import { FLOOR_CENTS, readDevelopers } from "@/lib/pledge/floor";

/**
 * "What does it cost us?" answered while one types. Without JavaScript the form asks the server, which answers on the same page.
 */
export function Price({ initial }: { initial: string }) {
  const [typed, setTyped] = useState(initial);
  const fteHundredths = readDevelopers(typed);
  const valid = fteHundredths !== null && fteHundredths > 0;
  return (
    <form method="get" action="/" className="grid content-start gap-3">
      <label htmlFor="developers" className="font-semibold">
        How many developers do you employ?
      </label>
      <div className="flex items-start gap-x-5">
        <input
          id="developers"
          name="developers"
          inputMode="decimal"
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          aria-describedby="price"
          aria-invalid={valid ? undefined : true}
          maxLength={9}
          className="input amount !w-24 shrink-0 !py-1 !text-[2rem] !leading-tight"
        />
        <output id="price" htmlFor="developers" aria-live="polite" className="block min-h-[3.75rem] pt-1.5">
          {valid ? (
            <>
              <span className="amount block text-[2.25rem] leading-none text-river">
                {formatMoney(centsForDevelopers(FLOOR_CENTS, fteHundredths), "USD", { cents: "never" })}
              </span>
              <span className="label">a year, at the floor of $2,000 each</span>
            </>
          ) : (
            <span className="block max-w-60 pt-2 text-bad text-small">
              <span aria-hidden="true">▲ </span>
              Type a number above 0, for example 14 or 14.5.
            </span>
          )}
        </output>
      </div>
      <noscript>
        <button type="submit" className="button justify-self-start">
          Show the price
        </button>
      </noscript>
    </form>
  );
}
