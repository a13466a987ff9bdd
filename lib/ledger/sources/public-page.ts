/**
 * A public page that somebody named as evidence: fetched once, through the guard for addresses that people give us.
 */
import { fetchOutside, HttpFailure } from "../../http.ts";

/** What came back; an outage is never taken for a page that is not there. */
export type PageAnswer =
  | { outcome: "found"; url: string; mediaType: string; content: Uint8Array }
  | { outcome: "absent"; reason: string }
  | { outcome: "failed"; reason: string };

const MAX_BYTES = 2 * 1024 * 1024;
/** What is kept: text and documents, nothing that would run or play. */
const KEPT = /^(text\/(html|plain|csv|markdown)|application\/(json|xhtml\+xml|pdf)|image\/(png|jpeg))$/;

/** Fetches a page as anybody sees it, without cookies or tokens. */
export async function readPublicPage(address: string): Promise<PageAnswer> {
  try {
    const answer = await fetchOutside(address, { maxBytes: MAX_BYTES, timeoutMs: 10_000 });
    if (answer.status === 404 || answer.status === 410) return absent("there is no such page");
    if (answer.status !== 200) return failed(`it answered with status ${answer.status}`);
    const mediaType = (answer.headers["content-type"] ?? "").split(";")[0]!.trim().toLowerCase();
    if (!KEPT.test(mediaType)) return absent("it is neither a page of text nor a document");
    return { outcome: "found", url: answer.url, mediaType, content: new Uint8Array(answer.body) };
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    if (error.trouble === "refused") return absent("it is no address of the public internet");
    return failed(error.trouble === "too-large" ? "it is larger than 2 MB" : "it did not answer");
  }
}

function absent(reason: string): PageAnswer {
  return { outcome: "absent", reason: `The page was not kept: ${reason}.` };
}

function failed(reason: string): PageAnswer {
  return { outcome: "failed", reason: `The page could not be read: ${reason}.` };
}
