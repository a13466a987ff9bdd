import { fetchOutside, HttpFailure } from "../../http.ts";

/** How a delivery went. A failed one is worth another try; a refused one is not. */
export type Delivery = { kind: "taken" } | { kind: "refused" | "failed"; reason: string };

/**
 * Posts a signed body to an address a company gave us, once and without following it elsewhere. Any 2xx answer means
 * that it was taken; 410 and other 4xx that it never will be.
 */
export async function postWebhook(url: string, body: string, signature: string): Promise<Delivery> {
  try {
    const { status } = await fetchOutside(url, {
      method: "POST",
      body,
      headers: { "content-type": "application/json", "tributary-signature": signature },
      maxRedirects: 0,
      attempts: 1,
      timeoutMs: 10_000,
    });
    if (status >= 200 && status < 300) return { kind: "taken" };
    const reason = `The address answered with status ${status}.`;
    return { kind: status >= 400 && status < 500 && status !== 408 && status !== 429 ? "refused" : "failed", reason };
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    return { kind: error.trouble === "refused" ? "refused" : "failed", reason: error.message };
  }
}
