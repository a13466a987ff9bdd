import { plural } from "@/app/_ui/text";
import type { ImportPreview } from "@/lib/ledger/imports/preview-store";

const SHOWN = 20;

/** Rows that could not be read, or not all of them: each by its line and reason. */
export function Problems({ preview }: { preview: ImportPreview }) {
  const { problems, counts } = preview;
  if (problems.length === 0) return null;
  const line = ({ line: number, sentence }: ImportPreview["problems"][number], index: number) => (
    <li key={`${number} ${index}`} className="py-0.5">
      <span className="font-semibold">Line {number}:</span> {sentence}
    </li>
  );
  return (
    <div className="mt-4 border-l-4 border-warn py-1 pl-4">
      <p className="font-semibold">
        {plural(counts.problems, "row needs", "rows need")} a look.
        {counts.new > 0 && ` The others are not held up by ${counts.problems === 1 ? "it" : "them"}.`}
      </p>
      <ul className="mt-1">{problems.slice(0, SHOWN).map(line)}</ul>
      {problems.length > SHOWN && (
        <details className="mt-1">
          <summary className="link w-fit">
            {counts.problems > problems.length
              ? `The next ${problems.length - SHOWN} of ${counts.problems}`
              : `The other ${problems.length - SHOWN}`}
          </summary>
          <ul className="mt-1">{problems.slice(SHOWN).map(line)}</ul>
        </details>
      )}
    </div>
  );
}
