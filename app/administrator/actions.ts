"use server";

import { redirect } from "next/navigation";
import { answerForm } from "@/app/_form/answer";
import type { FormState } from "@/app/_form/form-state";
import { signedIn } from "@/app/_session";
import { addAdministrator, claimAdministration, removeAdministrator } from "@/lib/auth/administrator-store";
import { clock } from "@/lib/clock";
import {
  annotateCompany,
  findCompanies,
  hideCompany,
  mergeImported,
  showCompany,
  takeProof,
} from "@/lib/pledge/administration-store";
import { refuse } from "@/lib/refusal";
import { administratorAct } from "./administration";

const back = (slug: string, done: string): never =>
  redirect(`/administrator?q=${encodeURIComponent(slug)}&done=${done}`);

/** Makes whoever is signed in the first administrator, with the link from the terminal. */
export async function claim(token: string, state: FormState, form: FormData): Promise<FormState> {
  const { user } = await signedIn(`/administrator?token=${encodeURIComponent(token)}`);
  return answerForm(state, form, async () => {
    await claimAdministration(user.id, token, clock.now());
    redirect("/administrator?done=claimed");
  });
}

/** Appoints another administrator. */
export async function appoint(state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async ({ email = "" }) => {
    const { userId } = await administratorAct();
    await addAdministrator(userId, email);
    redirect("/administrator?done=appointed");
  });
}

/** Takes administration from somebody. */
export async function dismiss(otherId: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async () => {
    const { userId } = await administratorAct();
    await removeAdministrator(userId, otherId);
    redirect(userId === otherId ? "/account" : "/administrator?done=dismissed");
  });
}

/** Hides a company from every public page. */
export async function hide(companyId: string, slug: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async ({ reason = "" }) => {
    await hideCompany(companyId, reason, await administratorAct());
    return back(slug, "hidden");
  });
}

/** Shows a hidden company again. */
export async function show(companyId: string, slug: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async () => {
    await showCompany(companyId, await administratorAct());
    return back(slug, "shown");
  });
}

/** Notes something beside a company in public. */
export async function annotate(companyId: string, slug: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async ({ annotation = "" }) => {
    await annotateCompany(companyId, annotation, await administratorAct());
    return back(slug, "annotated");
  });
}

/** Takes the proof of a domain, to settle a dispute. */
export async function dropProof(companyId: string, slug: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async () => {
    await takeProof(companyId, await administratorAct());
    return back(slug, "proof-taken");
  });
}

/** Merges an imported company into the registered one whose address is typed. */
export async function merge(importedId: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async ({ into = "" }) => {
    const act = await administratorAct();
    const slug = into.trim().toLowerCase();
    const target = (await findCompanies(slug)).find((company) => company.slug === slug);
    const sentence = "There is no company with this address.";
    if (!slug || !target) throw refuse("not_found", sentence, { into: sentence });
    await mergeImported(importedId, target.companyId, act);
    return back(slug, "merged");
  });
}
