import fs from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { may, type Question, ROLES, type Role } from "../../lib/auth/permissions.ts";
import { closeDb, db } from "../../lib/db.ts";
import { setLogo } from "../../lib/pledge/logo-store.ts";
import { getDraft, saveDraft } from "../../lib/report/store.ts";
import { fakeGithub } from "../fakes/github.ts";
import type { Fake } from "../fakes/serve.ts";
import { emptyWorld } from "../fakes/world.ts";
import { buildCompany, buildPayment } from "../support/builders.ts";
import { formsOf, type PlainForm, Visitor } from "../support/plain-forms.ts";
import { type Site, startSite } from "../support/site.ts";

type Who = Role | "target" | "stranger" | "visitor";
type Company = { id: string; slug: string; scan: string; earlier: string; payment: string; publication: string };

const EMAIL = (who: Who) => `${who}@permissions.example`;
const INSIDE: readonly Who[] = ["viewer", "finance", "editor", "owner"];
const svg = () => new Blob(['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>']);

/** Pages of a company: everybody of the team reads them; to all others they are not there. */
const PAGES: Record<string, (company: Company) => string> = {
  "": () => "",
  "/members": () => "/members",
  "/payments": () => "/payments",
  "/payments/import": () => "/payments/import",
  "/payments/twins": () => "/payments/twins",
  "/report/headcount": () => "/report/headcount",
  "/report/history": () => "/report/history",
  "/payments/[id]": ({ payment }) => `/payments/${payment}`,
  "/plan": () => "/plan",
  "/report": () => "/report",
  "/report/[year]": () => "/report/2025-12-31",
  "/scans": () => "/scans",
  "/scans/[id]": ({ scan }) => `/scans/${scan}`,
  "/scans/[id]/changes": ({ scan }) => `/scans/${scan}/changes`,
  "/scans/automatic": () => "/scans/automatic",
  "/scans/github": () => "/scans/github",
  "/settings": () => "/settings",
  "/settings/history": () => "/settings/history",
  "/settings/leaving": () => "/settings/leaving",
  "/settings/pledge": () => "/settings/pledge",
  "/settings/proof": () => "/settings/proof",
  "/settings/reminders": () => "/settings/reminders",
};

type Deed = {
  question: Question;
  page: keyof typeof PAGES;
  /** The button's words. */
  button: string;
  /** Which of several such forms; the last one unless said otherwise. */
  first?: true;
  fields?: (who: Who) => Record<string, string | Blob>;
  before?: (company: Company) => Promise<unknown>;
  /** Roles that may ask but are refused for another reason. */
  but?: Role[];
};

/** Actions of a company: who may do what, by the question in the table of permissions. */
const DEEDS: Record<string, Deed> = {
  "members/invite": {
    question: "canManageMembers",
    page: "/members",
    button: "Send the invitation",
    fields: () => ({ email: "new@permissions.example", role: "viewer" }),
  },
  "members/cancel": { question: "canManageMembers", page: "/members", button: "Take back" },
  "members/giveRole": {
    question: "canManageMembers",
    page: "/members",
    button: "Change the role",
    fields: () => ({ role: "finance" }),
  },
  "members/remove": { question: "canManageMembers", page: "/members", button: "Remove from the team" },
  "members/handOver": { question: "canManageMembers", page: "/members", button: "Hand the company over" },
  "members/leave": { question: "canViewCompany", page: "/members", button: "Leave the team", but: ["owner"] },
  "payments/record": {
    question: "canRecordPayment",
    page: "/payments",
    button: "Record the payment",
    fields: (who) => ({
      requestKey: `probe-of-${who}`,
      payeeName: "Sample",
      amount: "5",
      currency: "USD",
      paidOn: "2025-07-01",
      channel: "github-sponsors",
    }),
  },
  "payments/amend": {
    question: "canRecordPayment",
    page: "/payments/[id]",
    button: "Save the correction",
    fields: () => ({
      payeeName: "Sample Two",
      amount: "7",
      currency: "USD",
      paidOn: "2025-07-01",
      channel: "github-sponsors",
    }),
  },
  "payments/makeVoid": {
    question: "canRecordPayment",
    page: "/payments/[id]",
    button: "Void the payment",
    fields: () => ({ reason: "Entered twice" }),
  },
  "report/save": {
    question: "canEditReport",
    page: "/report/[year]",
    button: "Save the draft",
    fields: () => ({ developers: "13" }),
  },
  "report/publish": {
    question: "canPublishReport",
    page: "/report/[year]",
    button: "Publish the report",
  },
  "report/addHeadcount": {
    question: "canEditReport",
    page: "/report/headcount",
    button: "Save the snapshot",
    fields: () => ({ fromOn: "2025-01-01", developers: "12" }),
  },
  "scans/savePayees": {
    question: "canKeepScan",
    page: "/scans",
    button: "Save",
    first: true,
    fields: () => ({ ownAccounts: "sample-org", firstRail: "" }),
  },
  "scans/remove": { question: "canKeepScan", page: "/scans/[id]", button: "Delete the scan" },
  "scans/chooseMail": {
    question: "canViewCompany",
    page: "/scans",
    button: "Save",
    fields: () => ({ wanted: "yes" }),
  },
  "scans/github/connect": {
    question: "canEditCompany",
    page: "/scans/github",
    button: "Connect",
    before: ({ id }) => db.githubConnection.delete({ where: { companyId: id } }),
    fields: () => ({ owner: "sample-org", token: "github_pat_sample_0123456789" }),
  },
  "scans/github/scanNow": { question: "canKeepScan", page: "/scans/github", button: "Scan now" },
  "scans/github/disconnect": { question: "canEditCompany", page: "/scans/github", button: "Disconnect" },
  "scans/automatic/makeToken": {
    question: "canKeepScan",
    page: "/scans/automatic",
    button: "Make a token",
    fields: () => ({ name: "CI" }),
  },
  "scans/automatic/revokeToken": { question: "canKeepScan", page: "/scans/automatic", button: "Revoke" },
  "settings/saveProfile": {
    question: "canEditCompany",
    page: "/settings",
    button: "Save the profile",
    fields: () => ({ name: "Renamed (a sample)", website: "https://renamed.example", country: "", description: "" }),
  },
  "settings/uploadLogo": {
    question: "canEditCompany",
    page: "/settings",
    button: "Upload the logo",
    fields: () => ({ logo: svg() }),
  },
  "settings/dropLogo": { question: "canEditCompany", page: "/settings", button: "Remove the logo" },
  "settings/leaving/askDeletion": {
    question: "canLeavePledge",
    page: "/settings/leaving",
    button: "Delete the company",
    fields: () => ({ name: "Sample Tools (a sample)" }),
  },
  "settings/leaving/keep": {
    question: "canLeavePledge",
    page: "/settings/leaving",
    button: "Take it back",
    before: ({ id }) => db.company.update({ where: { id }, data: { deleteAfter: new Date(Date.now() + 9e8) } }),
  },
  "settings/pledge/amend": {
    question: "canEditPledge",
    page: "/settings/pledge",
    button: "Announce the change",
    fields: () => ({
      effectiveOn: new Date(Date.now() + 9e8).toISOString().slice(0, 10),
      developers: "15",
      amountPerDeveloper: "2500",
    }),
  },
  "settings/pledge/withdraw": {
    question: "canLeavePledge",
    page: "/settings/pledge",
    button: "Withdraw the pledge",
    fields: () => ({ reason: "A sample reason" }),
  },
  "settings/pledge/resume": {
    question: "canLeavePledge",
    page: "/settings/pledge",
    button: "Let it stand again",
    before: ({ id }) => db.company.update({ where: { id }, data: { withdrawnOn: new Date(), withdrawnReason: "x" } }),
  },
  "settings/proof/check": { question: "canEditCompany", page: "/settings/proof", button: "Use my mailbox" },
  "settings/proof/showOrganisations": {
    question: "canEditCompany",
    page: "/settings/proof",
    button: "Show my organisations",
  },
  "settings/reminders/choose": { question: "canViewCompany", page: "/settings/reminders", button: "Save", first: true },
  "settings/reminders/renewCalendar": {
    question: "canEditCompany",
    page: "/settings/reminders",
    button: "Make a new address",
  },
  "settings/reminders/saveWebhook": {
    question: "canEditPledge",
    page: "/settings/reminders",
    button: "Save the address",
    fields: () => ({ url: "https://hooks.permissions.example/other" }),
  },
  "settings/reminders/tryWebhook": { question: "canEditPledge", page: "/settings/reminders", button: "Send a test" },
};

/**
 * Doors that are not walked here yet, because a file or a saved plan must come first. What is written down is at least
 * known to be missing.
 */
const NOT_WALKED = {
  pages: [
    "/payments/import/[id]",
    "/plan/compare",
    "/plan/strategies",
    "/plan/versions",
    "/plan/versions/[number]",
    "/plan/versions/[number]/order",
    "/plan/votes",
  ],
  deeds: [
    "payments/decideTwins",
    "payments/import/discard",
    "payments/import/setColumns",
    "payments/import/setKind",
    "payments/import/setOptions",
    "payments/import/write",
    "plan/accept",
    "plan/end",
    "plan/nominateIt",
    "plan/recordPaid",
    "plan/save",
    "plan/vote",
    "report/history/look",
    "report/history/take",
    "scans/ask",
    "payments/convert",
    "report/dropHeadcount",
    "payments/import/askOpenCollective",
    "payments/keepPageNow",
    "payments/assess",
    "report/withdraw",
  ],
};

/** Routes of a company and what each answers to whom. */
const ROUTES: { method: string; path: string; question: Question; ok: number; body?: unknown }[] = [
  { method: "GET", path: "/export", question: "canExportCompany", ok: 200 },
  { method: "GET", path: "/history?format=csv", question: "canViewHistory", ok: 200 },
  {
    method: "POST",
    path: "/scans",
    question: "canKeepScan",
    ok: 201,
    body: { requestKey: "permission-probe", files: [{ path: "package-lock.json", text: lockfile("probe") }] },
  },
];

describe("every page, action and route, for every role, at home and abroad", () => {
  let site: Site;
  let github: Fake;
  const people = {} as Record<Who, Visitor>;
  const ids = {} as Record<Who, string>;
  let home: Company;

  beforeAll(async () => {
    const world = emptyWorld();
    world.accounts.set("sample-org", { login: "sample-org", kind: "Organization", listing: false });
    github = await fakeGithub(world);
    site = await startSite({
      GITHUB_API_URL: github.url,
      GITHUB_URL: github.url,
      GITHUB_CLIENT_ID: "sample-client",
      GITHUB_CLIENT_SECRET: "sample-secret",
    });
    process.env.DATABASE_URL = site.databaseUrl;
    people.visitor = new Visitor(site.url);
    for (const who of [...INSIDE, "target", "stranger"] as Who[]) {
      people[who] = await signIn(who);
      ids[who] = (await db.user.findUniqueOrThrow({ where: { email: EMAIL(who) } })).id;
    }
    await buildCompany({ ownerId: ids.stranger, slug: "strangers", name: "Sample Strangers (a sample)" });
    home = await build();
  }, 180_000);
  afterAll(async () => {
    await closeDb();
    await site?.stop();
    await github?.close();
  });

  async function signIn(who: Who): Promise<Visitor> {
    const person = new Visitor(site.url);
    const form = formNamed(await person.page("/sign-in"), "Send the link");
    await person.send("/sign-in", form, { email: EMAIL(who) });
    await person.open(/https?:\/\/\S+/.exec((await site.mail.waitFor(EMAIL(who))).text)![0]);
    return person;
  }

  /** A company with one of everything, whose team is the same people each time. */
  async function build(): Promise<Company> {
    const { companyId: id, slug } = await buildCompany({ ownerId: ids.owner });
    const { teamId } = await db.company.findUniqueOrThrow({ where: { id } });
    const organizationId = teamId!;
    let minute = 0;
    for (const who of ["editor", "finance", "viewer", "target"] as Who[])
      await db.member.create({
        data: {
          id: crypto.randomUUID(),
          organizationId,
          userId: ids[who],
          role: who === "target" ? "viewer" : who,
          createdAt: new Date(Date.now() + 60_000 * ++minute),
        },
      });
    await db.invitation.create({
      data: {
        id: crypto.randomUUID(),
        organizationId,
        email: "invited@permissions.example",
        role: "viewer",
        status: "pending",
        expiresAt: new Date(Date.now() + 9e8),
        inviterId: ids.owner,
      },
    });
    const [earlier, scan] = [await keep(id, "one", 2), await keep(id, "two", 1)];
    await db.scanToken.create({ data: { companyId: id, name: "CI", tokenHash: crypto.randomUUID() } });
    const payment = (await buildPayment(id, {}, new Date())).id;
    const change = { companyId: id, actorId: null, now: new Date() };
    const { version } = await getDraft(id, "2025-12-31", change.now);
    await saveDraft(change, "2025-12-31", version, { developers: "14" });
    await setLogo(id, new Uint8Array(await svg().arrayBuffer()), { userId: ids.owner, now: change.now });
    await db.githubConnection.create({ data: { companyId: id, owner: "sample-org", sealedToken: "x" } });
    const webhook = { webhookUrl: "https://hooks.permissions.example/", webhookSecret: "secret" };
    await db.company.update({ where: { id }, data: webhook });
    return { id, slug, scan, earlier, payment, publication: "" };
  }

  async function keep(companyId: string, name: string, daysAgo: number): Promise<string> {
    const { keepScan } = await import("../../lib/stack/store.ts");
    const files = new Map([["package-lock.json", lockfile(name)]]);
    const now = new Date(Date.now() - 86_400_000 * daysAgo);
    return (await keepScan(companyId, files, { userId: null, requestKey: crypto.randomUUID(), now })).id;
  }

  test("the tables below name every page and action of a company that there is", () => {
    const root = "app/(account)/account/[slug]";
    const files = fs.readdirSync(root, { recursive: true, encoding: "utf8" }).map((file) => file.replaceAll("\\", "/"));
    const pages = files.filter((file) => file.endsWith("page.tsx")).map((file) => file.replace(/\/?page\.tsx$/, ""));
    expect(pages.map((page) => (page ? `/${page}` : "")).sort()).toEqual(
      [...Object.keys(PAGES), ...NOT_WALKED.pages].sort(),
    );
    const sources = new Map(
      files.filter((file) => /\.tsx?$/.test(file)).map((file) => [file, read(`${root}/${file}`)]),
    );
    const deeds = [...sources]
      .filter(([file]) => file.endsWith("actions.ts"))
      .flatMap(([file, text]) => {
        const folder = file.slice(0, -"actions.ts".length);
        const names = [...text.matchAll(/^export async function (\w+)/gm)].map(([, name]) => name!);
        // an action that no page imports has no address
        const imports = [...sources].filter(([other]) => other.startsWith(folder) && other.endsWith(".tsx"));
        return names
          .filter((name) =>
            imports.some(([, page]) =>
              new RegExp(`import \\{[^}]*\\b${name}\\b[^}]*\\} from "\\.+/actions"`).test(page),
            ),
          )
          .map((name) => folder + name);
      });
    const behind = NOT_WALKED.deeds.filter((deed) => deeds.includes(deed));
    expect(deeds.sort()).toEqual([...Object.keys(DEEDS), ...behind].sort());
  });

  test.each(Object.keys(PAGES))("page %s", async (page) => {
    const path = `/account/${home.slug}${PAGES[page]!(home)}`;
    const answers = await Promise.all(
      [...INSIDE, "stranger", "visitor"].map(async (who) => {
        const { status, headers } = await people[who as Who].get(path);
        return `${who} ${status}${headers.get("location")?.startsWith("/sign-in?then=") ? " to the door" : ""}`;
      }),
    );
    expect(answers).toEqual([...INSIDE.map((who) => `${who} 200`), "stranger 404", "visitor 307 to the door"]);
  });

  test.each(Object.keys(DEEDS))("action %s", async (name) => {
    const deed = DEEDS[name]!;
    const expected = [...INSIDE, "stranger", "visitor"].map((who) => {
      const isLet = INSIDE.includes(who as Who) && may(who as Role, deed.question) && !deed.but?.includes(who as Role);
      return `${who} ${isLet ? "did it" : "changed nothing"}`;
    });
    const found: string[] = [];
    let stage: Awaited<ReturnType<typeof prepare>> | undefined;
    for (const who of [...INSIDE, "stranger", "visitor"] as Who[]) {
      stage ??= await prepare(deed);
      const { company, path, form } = stage;
      const before = await fingerprint(company);
      const answer = await people[who].send(path, form, deed.fields?.(who));
      const changed = (await fingerprint(company)) !== before;
      const isDone = answer.status === 303 && !answer.headers.get("location")?.startsWith("/sign-in");
      if (answer.status >= 500) found.push(`${who} broke it (${answer.status})`);
      else found.push(`${who} ${changed || isDone ? "did it" : "changed nothing"}`);
      // what was done once is not there to be done again
      if (changed || isDone) stage = undefined;
    }
    expect(found).toEqual(expected);
  });

  /** A fresh company, and the form as it stands on its owner's page: others may have kept it, or been owner once. */
  async function prepare(deed: Deed): Promise<{ company: Company; path: string; form: PlainForm }> {
    const company = await build();
    await deed.before?.(company);
    const path = `/account/${company.slug}${PAGES[deed.page]!(company)}`;
    const form = formNamed(await people.owner.page(path), deed.button, deed.first);
    return { company, path, form };
  }

  test.each(ROUTES)("route $method $path", async ({ method, path, question, ok, body }) => {
    for (const who of [...INSIDE, "stranger", "visitor"] as Who[]) {
      const answer = await fetch(`${site.url}/api/v1/companies/${home.slug}${path}`, {
        method,
        headers: { cookie: people[who].cookie, origin: site.url, "content-type": "application/json" },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      await answer.arrayBuffer();
      const isInside = ROLES.some(({ role }) => role === who);
      const expected = who === "visitor" ? 401 : !isInside ? 404 : may(who as Role, question) ? ok : 403;
      expect(`${who} ${answer.status}`).toBe(`${who} ${expected}`);
    }
  });

  test("administration is not there for anybody but administrators", async () => {
    for (const who of [...INSIDE, "stranger"] as Who[])
      for (const path of [
        "/administrator",
        "/administrator/history",
        "/administrator/export",
        "/administrator?token=x",
      ])
        expect(`${who} ${path} ${(await people[who].get(path)).status}`).toBe(
          `${who} ${path} ${path.endsWith("token=x") ? 200 : 404}`,
        );
    await db.user.update({ where: { id: ids.target }, data: { isAdministrator: true } });
    const page = await people.target.page(`/administrator?q=${home.slug}`);
    const before = await fingerprint(home);
    for (const [button, fields] of [
      ["Hide it", { reason: "A sample reason" }],
      ["Save the note", { annotation: "A sample note" }],
      ["Appoint", { email: EMAIL("viewer") }],
    ] as const)
      for (const who of [...INSIDE, "stranger", "visitor"] as Who[])
        await people[who].send(`/administrator?q=${home.slug}`, formNamed(page, button), fields);
    expect(await fingerprint(home)).toBe(before);
    expect(await db.user.count({ where: { isAdministrator: true } })).toBe(1);
    await people.target.send(`/administrator?q=${home.slug}`, formNamed(page, "Save the note"), {
      annotation: "Noted",
    });
    expect(await people.visitor.page(`/companies/${home.slug}`)).toContain("Noted");
    await people.target.send(`/administrator?q=${home.slug}`, formNamed(page, "Hide it"), { reason: "A sample" });
    expect((await people.visitor.get(`/companies/${home.slug}`)).status).toBe(404);
    await db.user.update({ where: { id: ids.target }, data: { isAdministrator: false } });
  });

  test("nobody ends the sessions of others or deletes their account", async () => {
    const second = await signInAgain("owner");
    const page = await people.owner.page("/account/me");
    const count = () => db.session.count({ where: { userId: ids.owner } });
    const before = await count();
    for (const who of ["viewer", "stranger", "visitor"] as Who[])
      await people[who].send("/account/me", formNamed(page, "End"), {});
    expect(await count()).toBe(before);
    await people.owner.send("/account/me", formNamed(page, "End"), {});
    expect(await count()).toBe(before - 1);
    expect((await second.get("/account/me")).status).toBe(307);
    expect((await people.owner.get("/account/me")).status).toBe(200);
  });

  async function signInAgain(who: Who): Promise<Visitor> {
    site.mail.mails.splice(0);
    return signIn(who);
  }
});

function formNamed(html: string, button: string, first = false): PlainForm {
  const forms = formsOf(html).filter(({ text }) => text.trim().endsWith(button));
  const form = first ? forms[0] : forms.at(-1);
  if (!form) throw new Error(`There is no form “${button}” among: ${formsOf(html).map(({ text }) => text)}`);
  return form;
}

/** Everything the database holds of a company, as one number: any change at all shows. */
async function fingerprint({ id }: Company): Promise<string> {
  const { teamId } = await db.company.findUniqueOrThrow({ where: { id } });
  const owned = await db.$queryRaw<{ name: string }[]>`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'companyId' order by 1`;
  const parts = [
    `select 'Company' as t, x::text as row from "Company" x where id = $1`,
    `select 'member', x::text from member x where "organizationId" = $2`,
    `select 'invitation', x::text from invitation x where "organizationId" = $2`,
    `select 'PaymentEvent', x::text from "PaymentEvent" x join "Payment" p on p.id = x."paymentId" where p."companyId" = $1`,
    ...owned.map(({ name }) => `select '${name}', x::text from "${name}" x where "companyId" = $1`),
  ];
  const [sum] = await db.$queryRawUnsafe<{ sum: string }[]>(
    `select md5(string_agg(t || row, ';' order by t, row)) as sum from (${parts.join(" union all ")}) all_of_it`,
    id,
    teamId,
  );
  return sum!.sum;
}

function read(file: string): string {
  return fs.readFileSync(file, "utf8");
}

function lockfile(name: string): string {
  const packages = { "": { name: "sample" }, [`node_modules/${name}`]: { version: "1.0.0" } };
  return JSON.stringify({ name: "sample", lockfileVersion: 3, packages });
}
