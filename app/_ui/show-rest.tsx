import { plural } from "./text";

const FIRST = 50;
const FEW = 10;

/** How many lines of a ledger are shown at once; a few more than that are not worth asking for. */
export const firstOf = (lines: number): number => (lines > FIRST + FEW ? FIRST : lines);

/**
 * Asks for the rest of a long ledger: put it after the table, in the same section, and the rest in a `<tbody
 * className="rest">`. A checkbox, so that it works without JavaScript; printing shows all of it anyway.
 */
export function ShowRest({ count, one }: { count: number; one: string }) {
  return (
    <label className="no-print mt-3 flex min-h-11 w-fit cursor-pointer items-center gap-2.5">
      <input type="checkbox" className="show-rest size-4 accent-river" autoComplete="off" />
      Show the other {plural(count, one)}
    </label>
  );
}
