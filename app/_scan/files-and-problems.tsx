import type { Problem } from "@/lib/lockfile/types";
import type { FileSummary } from "@/lib/stack/summarise";

const number = new Intl.NumberFormat("en");
const LOOKS = {
  fatal: { name: "Not read", tone: "text-bad", sign: "▲" },
  warning: { name: "Check", tone: "text-warn", sign: "◆" },
  note: { name: "Note", tone: "text-quiet", sign: "●" },
} as const;

/** What a person can do about a file that could not be read, by the kind of trouble. */
const REMEDIES: Partial<Record<Problem["code"], string>> = {
  "empty-file": "Let your package manager write it anew, and drop it again.",
  "not-utf8": "Save it as UTF-8, or let your package manager write it anew.",
  "unknown-format": "Every file that can be read is listed at the end of this page; give it its usual name.",
  syntax:
    "Is the file whole, and free of merge conflict marks? Let your package manager write it anew, and drop it again.",
  "unsupported-version":
    "Tell whoever runs this site which version it is; until then, an SBOM of the project can be read.",
  "wrong-shape": "Does the name fit the content? Drop the lockfile itself, as your package manager wrote it.",
  "too-large": "Drop the lockfiles of single projects, or an SBOM of each.",
};

/** Each file with what was read from it and everything that is wrong or odd, with its line. */
export function FilesAndProblems({
  files,
  labels,
  open,
}: {
  files: FileSummary[];
  labels: Record<string, string>;
  open: boolean;
}) {
  const unread = files.filter((file) => !file.readable).length;
  return (
    <section className="mt-12" aria-labelledby="files">
      <h2 id="files">
        {files.length === 1 ? "The file" : `${number.format(files.length)} files`}
        {unread > 0 && (
          <span className="text-bad">{`, ${unread === files.length ? "" : `${number.format(unread)} `}not read`}</span>
        )}
      </h2>
      <ul className="mt-3 border-t border-ink">
        {files.map((file) => (
          <li key={file.file} className="border-b border-line py-3">
            <details open={open || !file.readable}>
              <summary className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
                <span className="break-all font-semibold">{file.file}</span>
                <span className="text-quiet text-small">
                  {file.format === null ? "format unknown" : (labels[file.format] ?? file.format)}
                  {file.readable ? `, ${number.format(file.packages)} packages with their versions` : ""}
                </span>
                <span className="text-small">
                  <ProblemCount file={file} />
                </span>
              </summary>
              {file.problems.length === 0 ? (
                <p className="label mt-2">Nothing odd was found in it.</p>
              ) : (
                <ul className="mt-2 grid gap-1.5 text-small">
                  {file.problems.map((problem) => (
                    <li key={`${problem.code} ${problem.line} ${problem.message}`} className="flex gap-3">
                      <span className={`w-20 shrink-0 font-semibold ${LOOKS[problem.severity].tone}`}>
                        <span aria-hidden="true">{LOOKS[problem.severity].sign} </span>
                        {LOOKS[problem.severity].name}
                      </span>
                      <span className="min-w-0">
                        {problem.line !== undefined && <span className="text-quiet">{`Line ${problem.line}: `}</span>}
                        {problem.message}
                        {problem.severity === "fatal" && REMEDIES[problem.code] && (
                          <span className="text-quiet">{` ${REMEDIES[problem.code]}`}</span>
                        )}
                      </span>
                    </li>
                  ))}
                </ul>
              )}
            </details>
          </li>
        ))}
      </ul>
    </section>
  );
}

function ProblemCount({ file }: { file: FileSummary }) {
  if (!file.readable) return <span className="font-semibold text-bad">▲ not read</span>;
  const warnings = file.problems.filter((problem) => problem.severity === "warning").length;
  if (warnings > 0) return <span className="text-warn">{`◆ ${warnings} to check`}</span>;
  if (file.problems.length > 0)
    return (
      <span className="text-quiet">{`● ${file.problems.length} ${file.problems.length === 1 ? "note" : "notes"}`}</span>
    );
  return <span className="text-good">✓ read whole</span>;
}
