import { env } from "@/lib/env";

/** The company's badge with what a website needs to show it, where it is the company's to show, and its figures for machines. */
export function Elsewhere({
  slug,
  name,
  hasBadge,
  hasPledgeFile,
}: {
  slug: string;
  name: string;
  hasBadge: boolean;
  /** There is a report that the Open Source Pledge's format can hold. */
  hasPledgeFile: boolean;
}) {
  const page = `${env.appUrl}/companies/${slug}`;
  const badge = `${env.appUrl}/badges/${slug}.svg`;
  const snippets = [
    ["HTML", `<a href="${page}"><img src="${badge}" alt="What ${escaped(name)} pays open source" height="24"></a>`],
    ["Markdown", `[![What ${name.replace(/[[\]\\]/g, "\\$&")} pays open source](${badge})](${page})`],
  ] as const;
  return (
    <section className="no-print mt-10" aria-labelledby="elsewhere">
      <h2 id="elsewhere">Elsewhere</h2>
      {hasBadge && (
        <>
          <p className="mt-3">
            {/* biome-ignore lint/performance/noImgElement: a badge is its own size, and made on the spot */}
            <img src={`/badges/${slug}.svg`} alt={`The badge of ${name}`} height={24} className="h-6 w-auto" />
          </p>
          <details className="mt-2">
            <summary className="link">Show this badge on a website</summary>
            <div className="mt-2 max-w-3xl">
              {snippets.map(([kind, text]) => (
                <label key={kind} className="mt-2 block">
                  <span className="label">{kind}</span>
                  <input readOnly defaultValue={text} spellCheck={false} className="input font-mono text-small" />
                </label>
              ))}
            </div>
          </details>
        </>
      )}
      <p className="mt-3 flex flex-wrap gap-x-5 gap-y-1 text-small">
        <a href={`/api/v1/companies/${slug}`}>These figures as JSON</a>
        {hasPledgeFile && (
          <>
            <a href={`/companies/${slug}/open-source-pledge.json`}>in the Open Source Pledge’s format, version 2</a>
            <a href={`/companies/${slug}/open-source-pledge-v1.json`}>version 1</a>
          </>
        )}
      </p>
    </section>
  );
}

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]!);
