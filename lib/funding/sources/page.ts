import { fetchOutside, HttpFailure } from "../../http.ts";
import { type Answer, failed } from "./answer.ts";

/** What came of opening somebody's own funding page. */
export type PageFacts = {
  /** The address that answered in the end. */
  url: string;
};

/**
 * Opens a page that a project names as its own, to see whether it is still there. What it says is not read.
 *
 * The address comes from a stranger, so it is fetched behind the guard. A page that does not answer is not asked again
 * before the next refresh: it is one page, and says nothing about others.
 */
export async function askPage(url: string, fetch = fetchOutside): Promise<Answer<PageFacts>> {
  try {
    // pages are large and only their being there counts; what is cut off is not missed
    const answer = await fetch(url, { timeoutMs: 5_000, maxBytes: 4 * 1024 * 1024, attempts: 1 });
    if (answer.status === 404 || answer.status === 410) return { outcome: "absent" };
    if (answer.status >= 400) return failed(`The page answered with status ${answer.status}`, { final: true });
    return { outcome: "found", value: { url: answer.url } };
  } catch (error) {
    if (error instanceof HttpFailure) return failed(error.message, { final: true });
    throw error;
  }
}
