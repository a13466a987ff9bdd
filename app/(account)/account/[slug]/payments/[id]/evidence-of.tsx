import { Form } from "@/app/_form/form";
import { shortDay } from "@/app/_ui/text";
import { FileInput, UploadTrouble } from "@/app/_uploads/file-input";
import { dayOf } from "@/lib/day";
import { GRADES } from "@/lib/ledger/evidence";
import type { Evidence } from "@/lib/ledger/evidence-store";
import type { LedgerPayment } from "@/lib/ledger/types";
import { keepPageNow } from "../actions";

/** How sure anybody can be of a payment, and what makes it so. */
export function EvidenceOf({
  slug,
  payment,
  evidence,
  editable,
  isKept,
  trouble,
}: {
  slug: string;
  payment: LedgerPayment;
  evidence: readonly Evidence[];
  editable: boolean;
  isKept: boolean;
  trouble: string | null;
}) {
  return (
    <section id="evidence" aria-labelledby="evidence-title">
      <h2 id="evidence-title">How it is known</h2>
      {isKept && (
        <p role="status" className="mt-3 border-l-4 border-good py-1 pl-4">
          Kept, with today’s day and its fingerprint.
        </p>
      )}
      <p className="mt-2">
        <span className="font-semibold">Grade {payment.grade}.</span> {GRADES[payment.grade]}.
      </p>
      {payment.evidenceUrl && (
        <p className="mt-1">
          Public page:{" "}
          <a href={payment.evidenceUrl} rel="noreferrer nofollow" className="link break-all">
            {payment.evidenceUrl}
          </a>
        </p>
      )}
      {evidence.length > 0 && (
        <ul className="mt-3 border-t border-line">
          {evidence.map((one) => (
            <li key={one.id} className="border-b border-line py-2">
              <a href={`/account/${slug}/payments/${payment.id}/evidence/${one.id}`} className="link break-all">
                {one.kind === "page" ? "The page as it was" : (one.fileName ?? "Document")}
              </a>
              <span className="label block">
                {one.kind === "page" ? "seen" : "kept, for your team only,"} {shortDay(dayOf(one.seenAt))}. SHA-256{" "}
                <code className="break-all">{one.sha256.slice(0, 16)}…</code>
              </span>
            </li>
          ))}
        </ul>
      )}
      {editable && (
        <div className="mt-4 grid gap-6">
          {payment.evidenceUrl && (
            <Form
              action={keepPageNow.bind(null, slug, payment.id)}
              submit="Keep the page as it is today"
              kind="quiet"
              fields={[]}
            />
          )}
          <details open={trouble !== null}>
            <summary className="link w-fit">Keep a private document</summary>
            <form
              action={`/uploads/${encodeURIComponent(slug)}/evidence/${payment.id}`}
              method="post"
              encType="multipart/form-data"
              className="mt-4 grid gap-4"
            >
              <UploadTrouble sentence={trouble} />
              <FileInput
                name="document"
                label="Receipt or invoice"
                hint="PDF, PNG or JPEG, at most 10 MB. Only your team sees it; a report states the grade alone."
                accept=".pdf,.png,.jpg,.jpeg"
              />
              <div>
                <button type="submit" className="button" data-kind="quiet">
                  Keep the document
                </button>
              </div>
            </form>
          </details>
        </div>
      )}
    </section>
  );
}
