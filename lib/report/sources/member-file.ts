/**
 * A company's own file of the Open Source Pledge at an address that somebody typed: fetched through the guard.
 */
import { fetchOutside, HttpFailure } from "../../http.ts";

/** What came back. */
export type MemberFileAnswer = { outcome: "found"; text: string } | { outcome: "absent" | "failed"; reason: string };

/** Fetches the file, at most 512 KiB. */
export async function readMemberAddress(address: string): Promise<MemberFileAnswer> {
  try {
    const answer = await fetchOutside(address, { headers: { accept: "application/json" } });
    if (answer.status === 404 || answer.status === 410)
      return { outcome: "absent", reason: "There is no file at this address." };
    if (answer.status !== 200)
      return { outcome: "failed", reason: `The address answered with status ${answer.status}. Try again later.` };
    return { outcome: "found", text: answer.body.toString("utf8") };
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    if (error.trouble === "refused")
      return {
        outcome: "absent",
        reason: "This address is not on the public internet; paste the file’s text instead.",
      };
    if (error.trouble === "too-large") return { outcome: "absent", reason: "The file is larger than 512 KB." };
    return { outcome: "failed", reason: "The address did not answer. Try again later, or paste the file’s text." };
  }
}
