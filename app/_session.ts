import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import type { Question } from "@/lib/auth/permissions";
import { type CurrentSession, findSession } from "@/lib/auth/session";
import { type Membership, requireMember } from "@/lib/auth/store";
import { Refusal } from "@/lib/refusal";
import { tellRefused } from "./_refused";

/** Who is signed in, asked once for each request however many parts of the page want to know. */
export const currentSession = cache(async (): Promise<CurrentSession | null> => findSession(await headers()));

/** The signed-in user of a page or action; others are sent to the door, which leads back to `here`. */
export async function signedIn(here: string): Promise<CurrentSession> {
  const session = await currentSession();
  if (!session) redirect(`/sign-in?then=${encodeURIComponent(here)}`);
  return session;
}

/**
 * The company of a page behind the door, if the user's role answers the question with yes. Another company's page, and
 * one that does not exist, are the same "not found".
 */
export async function companyPage(
  slug: string,
  question: Question,
  here: string,
): Promise<{ session: CurrentSession; company: Membership; refused: string | null }> {
  const session = await signedIn(here);
  try {
    return { session, company: await requireMember(session.user.id, slug, question), refused: null };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code !== "forbidden") notFound();
    return { session, company: await requireMember(session.user.id, slug, "canViewCompany"), refused: error.message };
  }
}

/**
 * The user and company of a server action; refuses (never redirects to a page) when the role lacks it. Without scripts the
 * answer is a page that may not have the form any more, so the page itself is given the sentence.
 */
export async function companyAction(
  slug: string,
  question: Question,
): Promise<{ session: CurrentSession; company: Membership }> {
  const session = await signedIn(`/account/${slug}`);
  try {
    return { session, company: await requireMember(session.user.id, slug, question) };
  } catch (error) {
    const isForbidden = error instanceof Refusal && error.code === "forbidden";
    // the page is drawn with this very answer: the cookie need reach no other address
    if (isForbidden && !(await headers()).has("next-action")) await tellRefused(error.message, "/account/-");
    throw error;
  }
}
