import { cookies } from "next/headers";
import { REFUSED } from "@/app/_refused";
import { requireOwnSite } from "@/lib/api/endpoint";
import type { Question } from "@/lib/auth/permissions";
import type { CurrentSession } from "@/lib/auth/session";
import { findSession } from "@/lib/auth/session";
import { type Membership, requireMember } from "@/lib/auth/store";
import { Refusal, refuse } from "@/lib/refusal";

const TROUBLE = "upload-trouble";

type Upload = { form: FormData; session: CurrentSession; company: Membership };

/**
 * Receives a form with files, which server actions would cut off at a megabyte: permission first, then the length the
 * sender declares, then the body. Answers with a redirect, so that it works without JavaScript; a refusal is told on the
 * page the form was on, through a cookie that lives for a few seconds, so that no address can put words on that page.
 *
 * @param page the page the form is on
 * @param run does the work and answers where to go next
 */
export async function receive(
  request: Request,
  { slug, question, page, maxBytes }: { slug: string; question: Question; page: string; maxBytes: number },
  run: (upload: Upload) => Promise<string>,
): Promise<Response> {
  try {
    requireOwnSite(request);
    const session = await findSession(request.headers);
    if (!session) return seeOther(page, `/sign-in?then=${encodeURIComponent(page)}`);
    const company = await requireMember(session.user.id, slug, question);
    const length = Number(request.headers.get("content-length") ?? Number.NaN);
    // the server stops reading at the declared length, so it can be believed
    if (!(length <= maxBytes)) {
      const limit = Math.floor(maxBytes / 1024 / 1024);
      throw refuse("invalid", `Together these files are larger than ${limit} MB; send fewer at once or split them.`);
    }
    return seeOther(page, await run({ form: await request.formData(), session, company }));
  } catch (error) {
    if (!(error instanceof Refusal)) {
      console.error(error);
      return seeOther(page, page, "Something went wrong on our side. Nothing was saved. Please try again.");
    }
    // the page has no form for a role that may not send it: there the page itself says why
    const where = error.code === "forbidden" ? REFUSED : TROUBLE;
    return seeOther(page, page, Object.values(error.fields)[0] ?? error.message, where);
  }
}

/** The sentence of the upload that was just refused, for the page its form is on. */
export async function uploadTrouble(): Promise<string | null> {
  const value = (await cookies()).get(TROUBLE)?.value;
  return value ? value.slice(0, 500) : null;
}

/** The cookie is for the page of the form and those below it: no other page repeats the sentence. */
function seeOther(page: string, location: string, trouble?: string, where = TROUBLE): Response {
  const value = trouble ? `${where}=${encodeURIComponent(trouble)}; Max-Age=8` : `${TROUBLE}=; Max-Age=0`;
  const headers = { location, "set-cookie": `${value}; Path=${page}; HttpOnly; SameSite=Lax` };
  return new Response(null, { status: 303, headers });
}
