import { keepPage } from "./evidence-store.ts";
import { judgePage } from "./judge-page.ts";
import type { PaymentFacts } from "./payment.ts";
import { readPublicPage } from "./sources/public-page.ts";
import { getPayment, type LedgerChange } from "./store.ts";

/** What became of looking at a payment's evidence. */
export type Kept = { outcome: "kept"; grade: "B" | "C" | "E" } | { outcome: "absent" | "failed"; reason: string };

/**
 * Says which public page shows a payment: the one it names, or for GitHub Sponsors the payee's own page there, which lists
 * a one-time sponsor for a month (docs.github.com, "About sponsorships, fees, and taxes"); null when there is none.
 */
export function evidencePage(payment: Pick<PaymentFacts, "evidenceUrl" | "payeeUrl" | "channel">): string | null {
  if (payment.evidenceUrl) return payment.evidenceUrl;
  const { payeeUrl, channel } = payment;
  return channel === "github-sponsors" && payeeUrl?.startsWith("https://github.com/") ? payeeUrl : null;
}

/**
 * Fetches the public page that shows a payment and keeps it as it was seen, with the day.
 *
 * @param companyName held against the page: one that names neither company nor payee shows nothing
 * @throws Refusal "not_found", "conflict" when the payment was voided meanwhile
 */
export async function keepEvidencePage(change: LedgerChange, paymentId: string, companyName: string): Promise<Kept> {
  const payment = await getPayment(change.companyId, paymentId);
  const address = evidencePage(payment);
  if (!address) return { outcome: "absent", reason: "This payment names no page." };
  const answer = await readPublicPage(address);
  if (answer.outcome !== "found") return answer;
  const isText = /^text\/|json|xhtml/.test(answer.mediaType);
  const grade = isText ? judgePage(new TextDecoder().decode(answer.content), { ...payment, companyName }) : "E";
  await keepPage(change, paymentId, { ...answer, grade });
  return { outcome: "kept", grade };
}
