import { LiveProgress } from "@/app/_asking/live-progress";
import { RunProgressTable } from "@/app/_asking/run-progress";
import { NameList, ToldTable } from "@/app/_asking/told-table";
import { Form } from "@/app/_form/form";
import { longDay, plural } from "@/app/_ui/text";
import { askableParties } from "@/lib/funding/ask";
import { partiesFromEnv } from "@/lib/funding/parties";
import type { RunProgress } from "@/lib/funding/progress";
import type { Sendable } from "@/lib/funding/sendable";
import { whoIsTold } from "@/lib/funding/told";
import { displayName, parsePurl } from "@/lib/purl";
import { ask } from "../actions";

/** More boxes than this are no choice but a wall; the rest is released after these. */
const MOST_BOXES = 50;

/** What outside parties were asked about a kept scan: as it happens, as it ended, or what would be sent. */
export function Asked({
  slug,
  id,
  progress,
  sendable,
  mayAsk,
}: {
  slug: string;
  id: string;
  progress: RunProgress | null;
  sendable: Sendable;
  mayAsk: boolean;
}) {
  const isRunning = progress?.state === "running";
  return (
    <section aria-labelledby="asked" className="mb-10 border-river border-l-4 pl-4 sm:pl-5">
      <h2 id="asked" className="text-lead">
        {isRunning
          ? "Asking outside who can be paid"
          : progress
            ? `Asked on ${longDay((progress.finishedAt ?? progress.startedAt).slice(0, 10))}`
            : "Nobody outside has been asked"}
      </h2>
      {isRunning && (
        <div className="mt-3">
          <LiveProgress address={`/api/v1/companies/${slug}/scans/${id}/progress`} initial={progress} />
          <noscript>
            <meta httpEquiv="refresh" content="4" />
          </noscript>
          <p className="label mt-2">You can leave this page; it goes on in the background.</p>
        </div>
      )}
      {progress && !isRunning && (
        <>
          <Troubles progress={progress} />
          <details className="mt-2">
            <summary className="link">Who was asked, and who answered</summary>
            <RunProgressTable progress={progress} />
          </details>
        </>
      )}
      {!isRunning && mayAsk && <AskForm slug={slug} id={id} sendable={sendable} isFirst={progress === null} />}
    </section>
  );
}

/** What the reader must know without opening anything. */
function Troubles({ progress: { parties, skipped } }: { progress: RunProgress }) {
  const unanswered = parties.reduce((sum, { failed }) => sum + failed, 0);
  if (unanswered === 0 && skipped.length === 0) return null;
  return (
    <ul className="mt-1">
      {unanswered > 0 && (
        <li>
          <span aria-hidden="true" className="text-bad">
            ▲{" "}
          </span>
          {plural(unanswered, "question")} got no answer. What was known before still counts.
        </li>
      )}
      {skipped.map(({ source, reason }) => (
        <li key={source}>
          <span aria-hidden="true" className="text-warn">
            ◆{" "}
          </span>
          {reason}.
        </li>
      ))}
    </ul>
  );
}

function AskForm({
  slug,
  id,
  sendable: { packages, withheld },
  isFirst,
}: {
  slug: string;
  id: string;
  sendable: Sendable;
  isFirst: boolean;
}) {
  const names = packages.map(({ purl }) => `${displayName(purl)} ${parsePurl(purl)?.version ?? ""}`.trim());
  return (
    <details className="mt-3" open={isFirst || undefined}>
      <summary className="link">
        {isFirst ? "What would be sent, and to whom" : "Ask again, or about names that stayed here"}
      </summary>
      <div className="mt-3 grid max-w-3xl gap-5">
        <NameList
          id="names-to-send"
          names={names}
          label={`${plural(names.length, "name")} and versions would be sent`}
        />
        <ToldTable told={whoIsTold(packages, askableParties(partiesFromEnv()))} />
        <p className="text-quiet text-small">
          What is known and younger than 30 days is not asked again; what failed is.
          {withheld.length > 0 &&
            ` ${plural(withheld.length, "name")} would stay here; tick one to send it all the same.`}
        </p>
        <Form
          id="ask"
          action={ask.bind(null, slug, id)}
          submit={isFirst ? "Agree and ask" : "Ask again"}
          kind="quiet"
          fields={[
            { name: "requestKey", label: "", type: "hidden", value: crypto.randomUUID() },
            ...withheld.slice(0, MOST_BOXES).map(({ purl, reason }) => ({
              name: `release:${purl}`,
              label: `${displayName(purl)}: ${reason}`,
              type: "checkbox" as const,
            })),
          ]}
        />
      </div>
    </details>
  );
}
