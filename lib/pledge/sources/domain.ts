import { Resolver } from "node:dns/promises";
import { fetchOutside, HttpFailure } from "../../http.ts";

/** What a domain said, or that it could not be asked. */
export type DomainAnswer<Value> = { kind: "found"; value: Value } | { kind: "failed"; reason: string };

const NOTHING_THERE = new Set(["ENOTFOUND", "ENODATA"]);

/** Asks for the TXT records of a name; a name without any is found to have none. */
export async function findTxtRecords(name: string): Promise<DomainAnswer<string[][]>> {
  const resolver = new Resolver({ timeout: 3000, tries: 2 });
  try {
    return { kind: "found", value: await resolver.resolveTxt(name) };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown";
    if (NOTHING_THERE.has(code)) return { kind: "found", value: [] };
    return { kind: "failed", reason: `The name servers did not answer (${code}). Try again later.` };
  }
}

/** Fetches a small text file of a public website. */
export async function fetchProofFile(url: string): Promise<DomainAnswer<{ status: number; body: string }>> {
  try {
    const { status, body } = await fetchOutside(url, { maxBytes: 64 * 1024 });
    return { kind: "found", value: { status, body: body.toString("utf8") } };
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    return { kind: "failed", reason: `${url} could not be fetched: ${error.message}` };
  }
}
