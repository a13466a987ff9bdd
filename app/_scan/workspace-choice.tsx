import type { Workspace } from "@/lib/stack/workspaces";

const number = new Intl.NumberFormat("en");

/** Which workspaces of a monorepo count. Counts, people and plan follow at once. */
export function WorkspaceChoice({
  workspaces,
  leftOut,
  choose,
}: {
  workspaces: Workspace[];
  leftOut: string[];
  choose: (leftOut: string[]) => void;
}) {
  if (workspaces.length === 0) return null;
  const out = new Set(leftOut);
  const files = [...new Set(workspaces.map(({ file }) => file))];
  const counted = workspaces.filter(({ id }) => !out.has(id)).length;
  return (
    <section className="mt-12" aria-labelledby="workspaces">
      <details open={leftOut.length > 0}>
        <summary className="link">
          <h2 id="workspaces" className="!inline">
            Workspaces: {number.format(counted)} of {number.format(workspaces.length)} counted
          </h2>
        </summary>
        <p className="words mt-2 text-quiet">
          Leave out what is not yours to pay for, such as examples and tests. A package stays while one that counts
          needs it.
        </p>
        <p className="mt-3 flex gap-5">
          <button type="button" className="link" onClick={() => choose([])}>
            Count all
          </button>
          <button type="button" className="link" onClick={() => choose(workspaces.map(({ id }) => id))}>
            Leave all out
          </button>
        </p>
        {files.map((file) => (
          <fieldset key={file} className="mt-4">
            <legend className="label">{file}</legend>
            <ul className="mt-1 grid gap-x-8 sm:grid-cols-2 lg:grid-cols-3">
              {workspaces
                .filter((workspace) => workspace.file === file)
                .map(({ id, name, packages }) => (
                  <li key={id} className="border-b border-line">
                    <label className="flex items-start gap-2.5 py-1.5">
                      <input
                        type="checkbox"
                        className="mt-1 size-4 shrink-0 accent-river"
                        checked={!out.has(id)}
                        onChange={(event) =>
                          choose(event.target.checked ? leftOut.filter((other) => other !== id) : [...leftOut, id])
                        }
                      />
                      <span className="min-w-0 flex-1 break-words">{name === "." ? "the root" : name}</span>
                      <span className="whitespace-nowrap text-quiet text-small">{number.format(packages)}</span>
                    </label>
                  </li>
                ))}
            </ul>
          </fieldset>
        ))}
      </details>
    </section>
  );
}
