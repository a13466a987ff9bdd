// The table of every door that is not below a company's account: who gets in, and what the others are told.
import type { WalkedCompany } from "./walk-company.ts";

/** Three kinds of people as far as these doors can tell. */
export type Kind = "visitor" | "signedIn" | "administrator";

/** What a door's address may name. */
export type Named = {
  slug: string;
  publication: string;
  logo: string;
  calendar: string;
  invitation: string;
  stop: string;
  run: string;
};

export type OtherDoor = {
  at: (named: Named) => string;
  /** What each kind is answered. */
  answers: Record<Kind, string>;
  /** It shows one company: gone for everybody when the company is hidden or about to be deleted. */
  ofCompany?: true;
  /** It stands here so that it is known; another test walks it, because what it answers depends on what is sent. */
  elsewhere?: true;
};

const all = (answer: string) => ({ visitor: answer, signedIn: answer, administrator: answer });
const EVERYBODY = all("200");
const SIGNED_IN = { ...EVERYBODY, visitor: "to the door" };
const ADMINISTRATORS = { visitor: "to the door", signedIn: "404", administrator: "200" };

const open = (path: string): OtherDoor => ({ at: () => path, answers: EVERYBODY });
const ofCompany = (at: OtherDoor["at"]): OtherDoor => ({ at, answers: EVERYBODY, ofCompany: true });

/** Pages that are not below `/account/[slug]`. */
export const OTHER_PAGES: Record<string, OtherDoor> = {
  "/": open("/"),
  "/account": { at: () => "/account?all=yes", answers: SIGNED_IN },
  "/account/keep": { at: () => "/account/keep", answers: SIGNED_IN },
  "/account/me": { at: () => "/account/me", answers: SIGNED_IN },
  "/account/register": { at: () => "/account/register", answers: SIGNED_IN },
  "/administrator": { at: () => "/administrator", answers: ADMINISTRATORS },
  "/administrator/history": { at: () => "/administrator/history", answers: ADMINISTRATORS },
  "/companies/[slug]": ofCompany(({ slug }) => `/companies/${slug}`),
  "/companies/[slug]/reports/[id]": ofCompany(({ slug, publication }) => `/companies/${slug}/reports/${publication}`),
  "/data": open("/data"),
  "/directory": open("/directory?q=sample"),
  // who holds the link of an invitation may see what it is about
  "/invitations/[id]": { at: ({ invitation }) => `/invitations/${invitation}`, answers: EVERYBODY },
  // there is a mail server here, so nobody's mail is shown
  "/mailbox": { at: () => "/mailbox", answers: all("404") },
  "/maintainers": open("/maintainers"),
  "/methodology": open("/methodology"),
  "/plan": open("/plan"),
  "/reminders/stop": { at: ({ stop }) => `/reminders/stop?token=${stop}`, answers: EVERYBODY },
  "/rules": open("/rules"),
  "/scan": open("/scan"),
  "/sign-in": { at: () => "/sign-in", answers: { ...all("307 to /account"), visitor: "200" } },
  "/sign-in/link": { at: () => "/sign-in/link?token=x", answers: all("307 to /sign-in?error=gone&then=%2Faccount") },
  "/sign-in/sent": open("/sign-in/sent?to=somebody@permissions.example"),
};

const PLEASE = "401 Please sign in first.";

/** Routes that are not a company's. */
export const OTHER_ROUTES: Record<string, OtherDoor> = {
  "GET /account/me/export": { at: () => "/account/me/export", answers: { ...EVERYBODY, visitor: PLEASE } },
  "GET /administrator/export": {
    at: () => "/administrator/export?format=csv",
    answers: { ...ADMINISTRATORS, visitor: PLEASE, signedIn: "404 There is no such page." },
  },
  "GET /api/auth/[...all]": { ...open("/api/auth/ok"), elsewhere: true },
  "POST /api/auth/[...all]": { ...open("/api/auth/sign-out"), elsewhere: true },
  "POST /api/v1/asking": { ...open("/api/v1/asking"), elsewhere: true },
  "GET /api/v1/asking/[run]/answers": { at: ({ run }) => `/api/v1/asking/${run}/answers`, answers: EVERYBODY },
  "GET /api/v1/asking/[run]/progress": { at: ({ run }) => `/api/v1/asking/${run}/progress`, answers: EVERYBODY },
  "GET /api/v1/companies": open("/api/v1/companies?q=sample"),
  "GET /api/v1/companies/[slug]": ofCompany(({ slug }) => `/api/v1/companies/${slug}`),
  "GET /api/v1/formats": open("/api/v1/formats"),
  "POST /api/v1/scans": { ...open("/api/v1/scans"), elsewhere: true },
  "GET /api/v1/statistics": open("/api/v1/statistics"),
  "GET /badges/[file]": ofCompany(({ slug }) => `/badges/${slug}.json`),
  // its address is the secret: calendar programs know no other
  "GET /calendars/[token]": { at: ({ calendar }) => `/calendars/${calendar}.ics`, answers: EVERYBODY },
  "GET /companies/[slug]/open-source-pledge-v1.json": ofCompany(
    ({ slug }) => `/companies/${slug}/open-source-pledge-v1.json`,
  ),
  "GET /companies/[slug]/open-source-pledge.json": ofCompany(
    ({ slug }) => `/companies/${slug}/open-source-pledge.json`,
  ),
  "GET /companies/[slug]/reports/[id]/[file]": ofCompany(
    ({ slug, publication }) => `/companies/${slug}/reports/${publication}/report.json`,
  ),
  "GET /feeds/[file]": open("/feeds/reports.json"),
  "GET /icon.svg": open("/icon.svg"),
  "GET /logos/[version]/[size]": ofCompany(({ logo }) => `/logos/${logo}/64`),
  "GET /reminders/stop/now": {
    at: () => "/reminders/stop/now?token=x",
    answers: all("303 to /reminders/stop?token=x"),
  },
  "POST /reminders/stop/now": { ...open("/reminders/stop/now"), elsewhere: true },
  "GET /robots.txt": open("/robots.txt"),
  "GET /sitemap.xml": open("/sitemap.xml"),
};

/** More addresses behind the same doors, for looking whether anything secret is said there. */
export const MORE_PUBLIC: OtherDoor["at"][] = [
  () => "/directory",
  () => "/directory?q=unseen",
  () => "/api/v1/companies",
  () => "/api/v1/companies?q=unseen",
  () => "/feeds/reports.atom",
  ({ slug }) => `/badges/${slug}.svg`,
  ({ slug, publication }) => `/companies/${slug}/reports/${publication}/report.csv`,
  ({ slug, publication }) => `/companies/${slug}/reports/${publication}/report.md`,
];

/** An action that is no company's: who may do it, and what it is called with. */
export type OtherAction = {
  page: string;
  answers: Record<Kind, string>;
  args: (ids: { company: WalkedCompany; userId: string; sessionId: string; invitation: string }) => unknown[];
  fields?: Record<string, string>;
  /** It stands here so that it is known; another test walks it. */
  elsewhere?: true;
};

const me = (args: OtherAction["args"], told: string, fields?: Record<string, string>): OtherAction => ({
  page: "/account/me",
  answers: { ...all(told), visitor: "to the door" },
  args: (ids) => [...args(ids), {}],
  ...(fields && { fields }),
});
const administer = (args: OtherAction["args"], fields?: Record<string, string>): OtherAction => ({
  page: "/administrator",
  answers: { visitor: "to the door", signedIn: "There is no such page.", administrator: "does it" },
  args: (ids) => [...args(ids), {}],
  ...(fields && { fields }),
});
const known = (page: string): OtherAction => ({ page, answers: EVERYBODY, args: () => [{}], elsewhere: true });

/** Actions that are not below `/account/[slug]`. What they name belongs to somebody else. */
export const OTHER_ACTIONS: Record<string, OtherAction> = {
  "/account/me rename": me(() => [], "200 to /account/me?done=renamed", { name: "Sample" }),
  "/account/me endSession": me(({ sessionId }) => [sessionId], "There is no such session."),
  "/account/me endOthers": known("/account/me"),
  "/account/me linkGitHub": known("/account/me"),
  "/account/me unlink": me(() => ["github"], "200 to /account/me?done=unlinked"),
  "/account/me deleteMe": known("/account/me"),
  "/account/register register": {
    page: "/account/register",
    answers: { ...all("Some fields need another look."), visitor: "to the door" },
    args: () => [{}],
    fields: { name: "" },
  },
  "/administrator claim": {
    page: "/administrator?token=x",
    answers: { ...all("This link is not valid, or not any more."), visitor: "to the door" },
    args: () => ["x", {}],
  },
  "/administrator appoint": administer(() => [], { email: "viewer@permissions.example" }),
  "/administrator dismiss": administer(({ userId }) => [userId]),
  "/administrator hide": administer(({ company: { id, slug } }) => [id, slug], { reason: "A sample reason" }),
  "/administrator show": administer(({ company: { id, slug } }) => [id, slug]),
  "/administrator annotate": administer(({ company: { id, slug } }) => [id, slug], { annotation: "A sample note" }),
  "/administrator dropProof": administer(({ company: { id, slug } }) => [id, slug]),
  "/administrator merge": administer(({ company: { id } }) => [id], { into: "sample" }),
  "/invitations/[id] accept": {
    page: "/invitations/x",
    answers: {
      ...all("This invitation is for another e-mail address. Sign in with that one."),
      visitor: "to the door",
    },
    args: ({ invitation }) => [invitation, {}],
  },
  "/invitations/[id] decline": {
    page: "/invitations/x",
    answers: {
      ...all("This invitation is for another e-mail address. Sign in with that one."),
      visitor: "to the door",
    },
    args: ({ invitation }) => [invitation, {}],
  },
  "/reminders/stop stop": {
    page: "/reminders/stop",
    answers: all("This link does not belong to any mail of ours."),
    args: () => ["nonsense", {}],
  },
  "/sign-in sendLink": known("/sign-in"),
  "/sign-in openLink": known("/sign-in"),
  "/sign-in startGitHub": known("/sign-in"),
  "/sign-in leave": known("/sign-in"),
};
