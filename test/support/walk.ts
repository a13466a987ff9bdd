// The people of the walk: everybody who may come to a door, signed in through the real one.

import crypto from "node:crypto";
import { revokeSession } from "../../lib/auth/account-store.ts";
import { makeScanToken } from "../../lib/auth/scan-token-store.ts";
import { closeDb, db } from "../../lib/db.ts";
import { fakeGithub } from "../fakes/github.ts";
import { emptyWorld } from "../fakes/world.ts";
import { formsOf, type PlainForm, Visitor } from "./plain-forms.ts";
import { type Site, startSite } from "./site.ts";
import { buildWalked, EVERYTHING, type Team, type WalkedCompany } from "./walk-company.ts";

/** The four roles of a company's team. */
export const TEAM = ["viewer", "finance", "editor", "owner"] as const;
/** Whom a cookie that once let in, or a token for something else, does not let in. */
export const NOBODY = ["visitor", "expired", "revoked", "ci"] as const;
/** Everybody who comes to a door: the team, the owner of another company, and four who are nobody to the site. */
export const EVERYBODY = [...TEAM, "stranger", ...NOBODY] as const;
/** One of them. */
export type Who = (typeof EVERYBODY)[number];

/** What all who are not of the team are told, whether the company exists or not. */
export const NO_SUCH_COMPANY = "There is no such company in your account.";

/** The site with its people and two companies that have everything. */
export type Walk = {
  site: Site;
  people: Record<Who, Visitor>;
  userIds: Team & { stranger: string };
  /** The company of the team. */
  home: WalkedCompany;
  /** The company of the stranger. */
  abroad: WalkedCompany;
  /** Signs somebody in once more, in another browser. */
  signIn: (who: string) => Promise<Visitor>;
  close: () => Promise<void>;
};

/** Gives somebody of the walk their e-mail address. */
export const emailOf = (who: string) => `${who}@permissions.example`;

/** Starts the site and brings everybody in. Give `beforeAll` three minutes: the first to ask waits for the build. */
export async function startWalk(env: Record<string, string> = {}): Promise<Walk> {
  const world = emptyWorld();
  world.accounts.set("sample-org", { login: "sample-org", kind: "Organization", listing: false });
  const github = await fakeGithub(world);
  const site = await startSite({
    GITHUB_API_URL: github.url,
    GITHUB_URL: github.url,
    GITHUB_CLIENT_ID: "sample-client",
    GITHUB_CLIENT_SECRET: "sample-secret",
    GITHUB_APP_ID: "4711",
    GITHUB_APP_SLUG: "sample-app",
    GITHUB_APP_PRIVATE_KEY: crypto
      .generateKeyPairSync("rsa", { modulusLength: 2048 })
      .privateKey.export({ type: "pkcs1", format: "pem" })
      .toString(),
    FX_URL: "http://127.0.0.1:9",
    ...env,
  });
  process.env.DATABASE_URL = site.databaseUrl;
  const signIn = async (who: string) => {
    const { mails } = site.mail;
    mails.splice(0, mails.length, ...mails.filter(({ to }) => !to.includes(emailOf(who))));
    const person = new Visitor(site.url);
    const form = formNamed(await person.page("/sign-in"), "Send the link");
    await person.send("/sign-in", form, { email: emailOf(who) });
    await person.open(/https?:\/\/\S+/.exec((await site.mail.waitFor(emailOf(who))).text)![0]);
    return person;
  };
  const [viewer, finance, editor, owner, stranger] = await Promise.all([...TEAM, "stranger"].map(signIn));
  await signIn("guest");
  // both are the owner's own, of another browser
  const [expired, revoked] = [await signIn("owner"), await signIn("owner")];
  await db.session.update({ where: { token: tokenOf(expired) }, data: { expiresAt: new Date(Date.now() - 1) } });
  const users = await db.user.findMany({ where: { email: { endsWith: emailOf("") } } });
  const userIds = Object.fromEntries(users.map(({ id, email }) => [email.split("@")[0]!, id])) as Walk["userIds"];
  const ended = await db.session.findUniqueOrThrow({ where: { token: tokenOf(revoked) } });
  await revokeSession(userIds.owner, ended.id);
  const home = await buildWalked(userIds, [...EVERYTHING, "thirdPlan"]);
  const abroad = await buildWalked({ owner: userIds.stranger }, EVERYTHING);
  const ci = new Visitor(site.url);
  const company = { companyId: home.id, teamId: home.teamId, slug: home.slug, name: "", role: "owner" } as const;
  ci.authorization = `Bearer ${await makeScanToken(company, userIds.owner, "CI")}`;
  const nobody = { visitor: new Visitor(site.url), expired, revoked, ci };
  const people = { viewer, finance, editor, owner, stranger, ...nobody } as Walk["people"];
  const close = async () => {
    await closeDb();
    await site.stop();
    await github.close();
  };
  return { site, people, userIds, home, abroad, signIn, close };
}

/** Finds the form with this button, the last of several such; `first` takes the first. */
export function formNamed(html: string, button: string | RegExp, first = false): PlainForm {
  const says = (text: string) => (typeof button === "string" ? text.endsWith(button) : button.test(text));
  const forms = formsOf(html).filter(({ text }) => says(text.trim()));
  const form = first ? forms[0] : forms.at(-1);
  if (!form) throw new Error(`There is no form “${button}” among: ${formsOf(html).map(({ text }) => text)}`);
  return form;
}

/** Asks all of them at once, and answers what became of it by name, in their order. */
export async function askAll<W extends string>(
  whos: readonly W[],
  ask: (who: W) => Promise<string>,
): Promise<Record<W, string>> {
  const answers = await Promise.all(whos.map(async (who) => [who, await ask(who)] as const));
  return Object.fromEntries(answers) as Record<W, string>;
}

/** The same answer for each of them. */
export function forAll<W extends string>(whos: readonly W[], answer: unknown): Record<W, string> {
  const answers = whos.map((who) => [who, answer instanceof Function ? answer(who) : answer]);
  return Object.fromEntries(answers) as Record<W, string>;
}

/** What a page or form answered, in a few words: its status, and where it leads. */
export function inShort({ status, headers }: Response): string {
  const to = headers.get("location") ?? headers.get("x-action-redirect")?.split(";")[0];
  if (to?.startsWith("/sign-in?then=")) return "to the door";
  return to ? `${status} to ${to.replace(/^https?:\/\/[^/]+/, "")}` : String(status);
}

/**
 * What somebody is told: the sentence of a problem, of an upload that was refused, or of an action's answer; else where it
 * leads, or its status.
 */
export async function said(answer: Response): Promise<string> {
  const trouble = /(?:upload-trouble|refused)=([^;]+);/.exec(answer.headers.get("set-cookie") ?? "")?.[1];
  const type = answer.headers.get("content-type") ?? "";
  const isAction = type.startsWith("text/x-component");
  if (trouble) return `${isAction ? "" : `${answer.status} `}${decodeURIComponent(trouble)}`;
  if (type === "application/problem+json")
    return `${answer.status} ${((await answer.json()) as { detail: string }).detail}`;
  if (!isAction) {
    await answer.body?.cancel();
    return inShort(answer);
  }
  const flight = await answer.text();
  const message = /"message":("(?:[^"\\]|\\.)*")/.exec(flight)?.[1];
  if (message) return JSON.parse(message) as string;
  // a button without a place for a sentence leads back to its page, which says it
  return /"role":"alert",[^{}]*"children":"([^"]+)"/.exec(flight)?.[1] ?? inShort(answer);
}

function tokenOf({ cookie }: Visitor): string {
  return decodeURIComponent(/session_token=([^;]*)/.exec(cookie)![1]!).split(".")[0]!;
}
