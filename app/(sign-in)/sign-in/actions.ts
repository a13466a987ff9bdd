"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { answerForm } from "@/app/_form/answer";
import type { FormState } from "@/app/_form/form-state";
import { beginGitHubSignIn, ownPath, requestSignInLink, signInByLink, signOut } from "@/lib/auth/session";
import { Refusal } from "@/lib/refusal";

/** Sends a sign-in link to the typed address. */
export async function sendLink(state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async ({ email = "", then }) => {
    await requestSignInLink(email, await headers(), then);
    redirect(`/sign-in/sent?to=${encodeURIComponent(email.trim())}`);
  });
}

/** Signs in whoever presses the button of a mailed link; one that does not work leads to where a new one is asked for. */
export async function openLink(state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async ({ token = "", then }) => {
    const target = ownPath(then);
    try {
      await signInByLink(token, await headers());
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      redirect(`/sign-in?error=gone&then=${encodeURIComponent(target)}`);
    }
    redirect(target);
  });
}

/** Begins signing in at GitHub. */
export async function startGitHub(state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async ({ then }) => redirect(await beginGitHubSignIn(await headers(), then)));
}

/** Ends this session. */
export async function leave(): Promise<void> {
  await signOut(await headers());
  redirect("/");
}
