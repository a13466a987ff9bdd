"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { answerForm } from "@/app/_form/answer";
import type { FormState } from "@/app/_form/form-state";
import { beginGitHubSignIn, requestSignInLink, signOut } from "@/lib/auth/session";

/** Sends a sign-in link to the typed address. */
export async function sendLink(state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async ({ email = "", then }) => {
    await requestSignInLink(email, await headers(), then);
    redirect(`/sign-in/sent?to=${encodeURIComponent(email.trim())}`);
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
