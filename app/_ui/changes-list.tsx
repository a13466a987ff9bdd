import type { ChangeAction } from "@/lib/audit/actions";
import type { RecordedChange } from "@/lib/audit/store";

/** What happened, in words after the one who did it. */
const DEEDS: Record<ChangeAction, string> = {
  "administrator.appointed": "appointed an administrator",
  "administrator.removed": "removed an administrator",
  "company.annotated": "changed the public note",
  "company.changed": "changed the profile",
  "company.deleted": "deleted a company for good",
  "company.deletion_canceled": "took the deletion back",
  "company.deletion_requested": "asked for the company to be deleted",
  "company.handed_over": "handed the company over",
  "company.hidden": "hid the company",
  "company.merged": "merged imported facts into the company",
  "company.proof_taken": "took the proof of the domain",
  "company.proven": "proved the domain",
  "company.registered": "registered the company",
  "company.shown": "showed the company again",
  "draft.saved": "saved the draft of a report",
  "github.connected": "connected GitHub",
  "github.disconnected": "disconnected GitHub",
  "headcount.removed": "removed a count of developers",
  "headcount.saved": "counted the developers",
  "history.imported": "imported earlier reports",
  "invitation.canceled": "took an invitation back",
  "logo.changed": "changed the logo",
  "member.invited": "invited somebody",
  "member.joined": "joined the team",
  "member.left": "left the team",
  "member.removed": "removed a member",
  "member.role_changed": "changed a role",
  "payee-settings.changed": "said who is the company’s own and which rail goes first",
  "payment.amended": "amended a payment",
  "payment.recorded": "recorded a payment",
  "payment.voided": "voided a payment",
  "payments.both-real": "said that alike payments are both real",
  "payments.imported": "imported payments",
  "plan.accepted": "accepted a plan",
  "plan.ended": "ended a plan",
  "plan.nominated": "nominated somebody",
  "plan.saved": "saved a plan",
  "pledge.amended": "announced a change of the pledge",
  "pledge.resumed": "took the withdrawal back",
  "pledge.step_taken_back": "took an announced step of the pledge back",
  "pledge.withdrawn": "withdrew the pledge",
  "report.corrected": "corrected a report",
  "report.published": "published a report",
  "report.withdrawn": "withdrew a report",
  "scan.deleted": "deleted a scan",
  "scan.kept": "kept a scan",
  "scan_token.made": "made a scan token",
  "scan_token.revoked": "revoked a scan token",
  "webhook.changed": "changed the webhook",
};

const MOMENT = new Intl.DateTimeFormat("en", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
  timeZone: "UTC",
});

/** Changes as lines: who did what, when; before and after unfold. */
export function ChangesList({ changes, withCompany = false }: { changes: RecordedChange[]; withCompany?: boolean }) {
  return (
    <ol className="mt-5 border-t border-ink">
      {changes.map((change) => (
        <li key={change.id} className="border-b border-line py-2.5">
          <div className="flex flex-wrap items-baseline justify-between gap-x-6">
            <span className="min-w-0 break-words">
              <span className="font-semibold">{change.actor ?? "The site"}</span> {deedOf(change.action)}
              {subjectOf(change)}
              {withCompany && change.company && (
                <>
                  {" "}
                  <span className="text-quiet">({change.company})</span>
                </>
              )}
            </span>
            <time dateTime={change.at.toISOString()} className="label whitespace-nowrap">
              {MOMENT.format(change.at)} UTC
            </time>
          </div>
          <Difference before={change.before} after={change.after} />
        </li>
      ))}
    </ol>
  );
}

// what an older release wrote down may have no words of its own any more
const deedOf = (action: string): string =>
  (DEEDS as Record<string, string | undefined>)[action] ?? action.replace(/[._-]/g, " ");

/** Which of several, where the change tells: ": Sample Foundation", ", version 2". */
function subjectOf({ action, before, after }: RecordedChange): string {
  const { payeeName, fileName, number } = { ...fieldsOf(before), ...fieldsOf(after) };
  if (action.startsWith("plan.") && number) return `, version ${number}`;
  return payeeName || fileName ? `: ${payeeName ?? fileName}` : "";
}

function Difference({ before, after }: Pick<RecordedChange, "before" | "after">) {
  const [old, now] = [fieldsOf(before), fieldsOf(after)];
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((name) => old[name] !== now[name]);
  if (names.length === 0) return null;
  return (
    <details className="mt-1">
      <summary className="label">Before and after</summary>
      <dl className="mt-2 grid gap-x-6 gap-y-1 text-small sm:grid-cols-[10rem_minmax(0,1fr)]">
        {names.map((name) => (
          <div key={name} className="contents">
            <dt className="text-quiet">{name.replace(/([A-Z])/g, " $1").toLowerCase()}</dt>
            <dd className="break-words">
              {old[name] === undefined ? null : <del className="text-quiet">{old[name]}</del>}{" "}
              {now[name] === undefined ? null : <ins className="no-underline">{now[name]}</ins>}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function fieldsOf(value: unknown): Record<string, string> {
  if (typeof value !== "object" || value === null) return value == null ? {} : { value: String(value) };
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name,
      field === null || field === "" ? "none" : typeof field === "object" ? JSON.stringify(field) : String(field),
    ]),
  );
}
