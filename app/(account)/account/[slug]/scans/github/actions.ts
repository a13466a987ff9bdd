"use server";

import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { answerForm } from "@/app/_form/answer";
import type { FormState } from "@/app/_form/form-state";
import { companyAction } from "@/app/_session";
import { ownedOrganisations } from "@/lib/auth/organisations";
import { beginGitHubLink } from "@/lib/auth/session";
import { throttle } from "@/lib/auth/throttle";
import { clock } from "@/lib/clock";
import { env } from "@/lib/env";
import { refuse } from "@/lib/refusal";
import {
  askGithubScan,
  connectGithub,
  connectInstallation,
  disconnectGithub,
  githubApp,
} from "@/lib/stack/github-store";

const back = (slug: string, done: string): never => redirect(`/account/${slug}/scans/github?done=${done}`);

/** Connects the company's account at GitHub with a token; neither is sent back to the page. */
export async function connect(slug: string, state: FormState, form: FormData): Promise<FormState> {
  const answer = await answerForm(state, form, async ({ owner = "", token = "" }) => {
    const { session, company } = await companyAction(slug, "canEditCompany");
    await throttle("scan", session.user.id);
    const access = { apiUrl: env.GITHUB_API_URL, token: token.trim() };
    await connectGithub(company.companyId, owner, access, { userId: session.user.id, now: clock.now() });
    return back(slug, "connected");
  });
  // a secret is not written into a page
  return { ...answer, values: { ...answer.values, token: "" } };
}

/** Connects an organisation that has installed this site's app, if the acting member owns it. */
export async function connectApp(slug: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async ({ owner = "" }) => {
    const { session, company } = await companyAction(slug, "canEditCompany");
    await throttle("scan", session.user.id);
    const app = githubApp();
    if (!app) throw refuse("not_found", "This site has no GitHub App. Connect with a token.");
    const owned = await ownedOrganisations(await headers());
    const act = { userId: session.user.id, now: clock.now() };
    await connectInstallation(company.companyId, owner, owned, app, act);
    return back(slug, "connected");
  });
}

/** Lets GitHub show us which organisations the acting member owns. */
export async function showOwned(slug: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async () => {
    await companyAction(slug, "canEditCompany");
    redirect(await beginGitHubLink(await headers(), `/account/${slug}/scans/github?done=shown`, ["read:org"]));
  });
}

/** Asks for a scan now. */
export async function scanNow(slug: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async () => {
    const { session, company } = await companyAction(slug, "canKeepScan");
    await throttle("scan", session.user.id);
    await askGithubScan(company.companyId);
    return back(slug, "asked");
  });
}

/** Forgets the connection and its token. */
export async function disconnect(slug: string, state: FormState, form: FormData): Promise<FormState> {
  return answerForm(state, form, async () => {
    const { session, company } = await companyAction(slug, "canEditCompany");
    await disconnectGithub(company.companyId, session.user.id);
    return back(slug, "disconnected");
  });
}
