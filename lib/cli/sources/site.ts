import { fetchParty, HttpFailure } from "../../http.ts";

/** What the site said to a scan that was sent, or why it said nothing of use. */
export type SendAnswer =
  | { kind: "kept"; packages: number; files: number; url: string }
  | { kind: "failed"; reason: string };

/** Sends a scan to a Tributary site with a token that can do only this. */
export async function postScan(
  site: string,
  token: string,
  scan: { requestKey: string; files: { path: string; text: string }[] },
): Promise<SendAnswer> {
  try {
    const { status, body } = await fetchParty(`${site}/api/v1/scans`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify(scan),
      timeoutMs: 120_000,
    });
    const answer = readJson(body.toString("utf8"));
    if (status === 200 || status === 201) return { kind: "kept", ...(answer as Omit<KeptScan, "id">) };
    const detail = (answer as { detail?: string } | null)?.detail;
    return { kind: "failed", reason: detail ?? `The site answered with status ${status}.` };
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    return { kind: "failed", reason: `${site} could not be reached: ${error.message}` };
  }
}

type KeptScan = { id: string; packages: number; files: number; url: string };

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
