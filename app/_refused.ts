import { cookies } from "next/headers";
import { redirect, unstable_rethrow } from "next/navigation";
import { Refusal } from "@/lib/refusal";

/** The cookie's name, for answers that are no page or action. */
export const REFUSED = "refused";

/**
 * Keeps why something was just refused for the page that is shown next, where the form it came from may not stand at all.
 * It travels in a cookie of a few seconds for that page only, so that no address can put words on a page, and no other
 * page repeats them.
 */
export async function tellRefused(sentence: string, page: string): Promise<void> {
  (await cookies()).set(REFUSED, sentence, { maxAge: 4, path: page, httpOnly: true, sameSite: "lax" });
}

/** Why something was just refused, for the page that says it; null when nothing was. */
export async function refusedJustNow(): Promise<string | null> {
  return (await cookies()).get(REFUSED)?.value.slice(0, 500) ?? null;
}

/**
 * Runs a form that is nothing but a button and has no place for a sentence: it leads to where `run` says, or, refused,
 * back to the page it stands on, which then says why.
 */
export async function plainForm(back: string, run: () => Promise<string>): Promise<never> {
  let to = back;
  try {
    to = await run();
  } catch (error) {
    unstable_rethrow(error);
    if (!(error instanceof Refusal)) throw error;
    await tellRefused(error.message, back);
  }
  redirect(to);
}
