"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { answerForm } from "@/app/_form/answer";
import type { FormState } from "@/app/_form/form-state";
import { signedIn } from "@/app/_session";
import { deleteAccount, renameUser, revokeOtherSessions, revokeSession, unlinkAccount } from "@/lib/auth/account-store";
import { beginGitHubLink, signOut } from "@/lib/auth/session";
import { refuse } from "@/lib/refusal";

const HERE = "/account/me";
const back = (done: string): never => redirect(`${HERE}?done=${done}`);

/** Changes the name others of the team see. */
export async function rename(state: FormState, form: FormData): Promise<FormState> {
  const { user } = await signedIn(HERE);
  return answerForm(state, form, async ({ name = "" }) => {
    await renameUser(user.id, name);
    return back("renamed");
  });
}

/** Ends one of one's sessions. */
export async function endSession(sessionId: string, state: FormState, form: FormData): Promise<FormState> {
  const { user } = await signedIn(HERE);
  return answerForm(state, form, async () => {
    await revokeSession(user.id, sessionId);
    return back("ended");
  });
}

/** Ends all of one's sessions but this one. */
export async function endOthers(state: FormState, form: FormData): Promise<FormState> {
  const { user, id } = await signedIn(HERE);
  return answerForm(state, form, async () => {
    await revokeOtherSessions(user.id, id);
    return back("ended-others");
  });
}

/** Begins linking GitHub. */
export async function linkGitHub(state: FormState, form: FormData): Promise<FormState> {
  await signedIn(HERE);
  return answerForm(state, form, async () => redirect(await beginGitHubLink(await headers(), `${HERE}?done=linked`)));
}

/** Unlinks a way to sign in. */
export async function unlink(provider: string, state: FormState, form: FormData): Promise<FormState> {
  const { user } = await signedIn(HERE);
  return answerForm(state, form, async () => {
    await unlinkAccount(user.id, provider);
    return back("unlinked");
  });
}

/** Deletes one's account; the address typed again says that it is meant. */
export async function deleteMe(state: FormState, form: FormData): Promise<FormState> {
  const { user } = await signedIn(HERE);
  return answerForm(state, form, async ({ email = "" }) => {
    const sentence = `Type ${user.email} to say that you mean it.`;
    if (email.trim().toLowerCase() !== user.email.toLowerCase()) throw refuse("invalid", sentence, { email: sentence });
    await deleteAccount(user.id);
    // its session went with it; this takes the cookie back, and the page's header learns of it
    await signOut(await headers());
    redirect("/");
  });
}
