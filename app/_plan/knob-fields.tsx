"use client";

import { useId, useState } from "react";
import { formatMoney, parseAmount } from "@/lib/money";

/** What is typed, until it is set from elsewhere: undo, or another version. */
function useTyped(written: string): [string, (typed: string) => void] {
  const [typed, setTyped] = useState(written);
  const [from, setFrom] = useState(written);
  if (from !== written) {
    setFrom(written);
    // "0." and "1.50" are ways of typing what is written already
    if (Number(typed.replaceAll(",", "")) !== Number(written.replaceAll(",", ""))) setTyped(written);
  }
  return [typed, setTyped];
}

/** An amount of dollars; takes hold as it is typed. Empty is none. */
export function MoneyKnob({
  label,
  cents,
  onChange,
}: {
  label: string;
  cents: number | undefined;
  onChange: (cents: number | undefined) => void;
}) {
  const id = useId();
  const [typed, setTyped] = useTyped(cents === undefined ? "" : formatMoney(cents).replace("$", ""));
  const amount = typed.trim() === "" ? undefined : parseAmount(typed);
  const wrong = amount === null || (amount ?? 0) < 0;
  return (
    <div>
      <label htmlFor={id} className="label block">
        {label}
      </label>
      <div className="flex items-center gap-2">
        <span className="text-quiet">$</span>
        <input
          id={id}
          inputMode="decimal"
          autoComplete="off"
          maxLength={18}
          value={typed}
          aria-invalid={wrong || undefined}
          aria-describedby={`${id}-wrong`}
          onChange={(event) => {
            setTyped(event.target.value);
            const next = event.target.value.trim() === "" ? undefined : parseAmount(event.target.value);
            if (next !== null && (next ?? 0) >= 0) onChange(next);
          }}
          className="input"
        />
      </div>
      <p id={`${id}-wrong`} className="font-semibold text-bad text-small">
        {wrong && "▲ Type an amount like 10 or 12.50."}
      </p>
    </div>
  );
}

/** A number; takes hold as it is typed. */
export function NumberKnob({
  label,
  hint,
  value,
  most,
  whole = false,
  suffix,
  beside = false,
  onChange,
  onEmpty,
}: {
  label: string;
  hint?: string;
  value: number | null;
  most: number;
  whole?: boolean;
  suffix?: string;
  /** Label and field in one row. */
  beside?: boolean;
  onChange: (value: number) => void;
  onEmpty?: () => void;
}) {
  const id = useId();
  const [typed, setTyped] = useTyped(value === null ? "" : String(value));
  const read = (text: string): number | null => {
    if (!/^\d+(\.\d+)?$/.test(text.trim())) return null;
    const number = Number(text);
    return number <= most && (!whole || Number.isInteger(number)) ? number : null;
  };
  const empty = typed.trim() === "" && onEmpty !== undefined;
  const wrong = !empty && read(typed) === null;
  return (
    <div className={beside ? "flex flex-wrap items-center justify-between gap-x-3 py-0.5" : ""}>
      <label htmlFor={id} className={beside ? "min-w-0 flex-1 break-words text-small" : "label block"}>
        {label}
        {hint && <span className="text-quiet">, {hint}</span>}
      </label>
      <div className={`flex items-center gap-2 ${beside ? "w-20" : ""}`}>
        <input
          id={id}
          inputMode={whole ? "numeric" : "decimal"}
          autoComplete="off"
          maxLength={9}
          value={typed}
          aria-invalid={wrong || undefined}
          aria-describedby={`${id}-wrong`}
          onChange={(event) => {
            setTyped(event.target.value);
            const next = read(event.target.value);
            if (next !== null) onChange(next);
            else if (event.target.value.trim() === "") onEmpty?.();
          }}
          className={`input ${beside ? "!min-h-9 !py-1 text-right" : ""}`}
        />
        {suffix && <span className="text-quiet">{suffix}</span>}
      </div>
      <p id={`${id}-wrong`} className={`font-semibold text-bad text-small ${beside ? "w-full text-right" : ""}`}>
        {wrong && `▲ Type ${whole ? "a whole number" : "a number"} up to ${most}.`}
      </p>
    </div>
  );
}
