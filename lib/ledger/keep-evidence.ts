import { keepPage } from "./evidence-store.ts";
import { judgePage } from "./judge-page.ts";
import { readPublicPage } from "./sources/public-page.ts";
import { getPayment, type LedgerChange } from "./store.ts";

/** What became of looking at a payment's evidence. */
export type Kept = { outcome: "kept"; grade: "B" | "C" | "E" } | { outcome: "absent" | "failed"; reason: string };

/**
 * Fetches the public page that a payment names as evidence and keeps it as it was seen, with the day.
 *
 * @param companyName held against the page: one that names neither company nor payee shows nothing
 * @throws Refusal "not_found", "conflict" when the payment was voided meanwhile
 */
export async function keepEvidencePage(change: LedgerChange, paymentId: string, companyName: string): Promise<Kept> {
  const payment = await getPayment(change.companyId, paymentId);
  if (!payment.evidenceUrl) return { outcome: "absent", reason: "This payment names no page." };
  const answer = await readPublicPage(payment.evidenceUrl);
  if (answer.outcome !== "found") return answer;
  const isText = /^text\/|json|xhtml/.test(answer.mediaType);
  const grade = isText ? judgePage(new TextDecoder().decode(answer.content), { ...payment, companyName }) : "E";
  await keepPage(change, paymentId, { ...answer, grade });
  return { outcome: "kept", grade };
}
