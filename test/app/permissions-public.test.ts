import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { auth } from "../../lib/auth/auth.ts";
import { db } from "../../lib/db.ts";
import { stopToken } from "../../lib/mail/stop-token.ts";
import { hideCompany, showCompany } from "../../lib/pledge/administration-store.ts";
import { requestDeletion } from "../../lib/pledge/leaving-store.ts";
import { calendarToken } from "../../lib/pledge/reminder-store.ts";
import { refreshEntry } from "../../lib/report/directory-entry-store.ts";
import { withdrawPublication } from "../../lib/report/store.ts";
import { buildPayment } from "../support/builders.ts";
import { builtActions } from "../support/doors.ts";
import {
  type Kind,
  MORE_PUBLIC,
  type Named,
  OTHER_ACTIONS,
  OTHER_PAGES,
  OTHER_ROUTES,
  type OtherDoor,
} from "../support/other-doors.ts";
import type { Visitor } from "../support/plain-forms.ts";
import { askAll, emailOf, forAll, said, startWalk, type Walk } from "../support/walk.ts";
import { buildWalked, EVERYTHING, fingerprint, SECRET, type WalkedCompany } from "../support/walk-company.ts";

const SECRETS = "a secret of this test and of nothing else";
const KINDS: Record<string, Kind> = {
  visitor: "visitor",
  expired: "visitor",
  revoked: "visitor",
  ci: "visitor",
  viewer: "signedIn",
  owner: "signedIn",
  stranger: "signedIn",
  administrator: "administrator",
};
const WHOS = Object.keys(KINDS);
const DOORS: Record<string, OtherDoor> = {
  ...Object.fromEntries(Object.entries(OTHER_PAGES).map(([page, door]) => [`page ${page}`, door])),
  ...OTHER_ROUTES,
};
const walked = (doors: Record<string, { elsewhere?: true }>) =>
  Object.keys(doors).filter((name) => !doors[name]!.elsewhere);

describe("doors that are no company's", () => {
  let walk: Walk;
  let people: Record<string, Visitor>;
  let shown: Named;
  let actors: { userId: string; now: Date; inSameTransaction: Parameters<typeof hideCompany>[2]["inSameTransaction"] };

  beforeAll(async () => {
    walk = await startWalk({ AUTH_SECRET: SECRETS });
    process.env.AUTH_SECRET = SECRETS;
    people = { ...walk.people, administrator: await walk.signIn("administrator") };
    const { id } = await db.user.update({
      where: { email: emailOf("administrator") },
      data: { isAdministrator: true },
    });
    const now = new Date();
    actors = { userId: id, now, inSameTransaction: (tx, companyId) => refreshEntry(tx, companyId, now) };
    shown = await namedOf(walk.home);
  }, 180_000);
  afterAll(() => walk?.close());

  async function namedOf({ id, slug, teamId, ids }: WalkedCompany): Promise<Named> {
    const { logoVersion, team } = await db.company.findUniqueOrThrow({
      where: { id },
      include: { team: { include: { members: true, invitations: true } } },
    });
    const { userId } = team!.members.find(({ role }) => role === "owner")!;
    const run = await db.fundingRun.create({ data: { purpose: "visitor", packages: [], finishedAt: new Date() } });
    return {
      slug,
      publication: ids.publication,
      logo: logoVersion!,
      calendar: await calendarToken(id),
      invitation: team!.invitations.find(({ organizationId }) => organizationId === teamId)!.id,
      stop: stopToken({ kind: "reminders", companyId: id, userId }, SECRETS),
      run: run.id,
    };
  }

  const ask = async (who: string, name: string, path: string) =>
    said(await people[who]!.ask(path, { method: name.startsWith("POST ") ? "POST" : "GET" }));

  test.each(walked(DOORS))("%s", async (name) => {
    const { at, answers } = DOORS[name]!;
    expect(await askAll(WHOS, (who) => ask(who, name, at(shown)))).toEqual(
      forAll(WHOS, (who: string) => answers[KINDS[who]!]),
    );
  });

  describe.each([
    ["hidden by the administrator", async ({ id }: WalkedCompany) => hideCompany(id, "A sample reason", actors)],
    ["about to be deleted", async ({ id }: WalkedCompany) => requestDeletion(id, "erase", actors)],
  ])("a company that is %s", (_, hide) => {
    let company: WalkedCompany;
    let unseen: Named;
    beforeAll(async () => {
      const slug = `unseen-${crypto.randomUUID().slice(0, 8)}`;
      company = await buildWalked(walk.userIds, EVERYTHING, { slug, name: `Sample ${slug} (a sample)` });
      unseen = await namedOf(company);
      await hide(company);
    }, 60_000);

    test("is gone from each of its public doors, and from every list", async () => {
      for (const [name, { at, ofCompany }] of Object.entries(DOORS)) {
        if (!ofCompany) continue;
        const forTeam = name.includes("/logos/") ? "200" : expect.stringMatching(/^404/);
        expect(await askAll(WHOS, (who) => ask(who, name, at(unseen))), name).toEqual({
          ...forAll(WHOS, expect.stringMatching(/^404/)),
          ...forAll(["viewer", "owner"], forTeam),
        });
      }
      const paths = [...walked(DOORS).map((name) => DOORS[name]!.at(shown)), ...MORE_PUBLIC.map((at) => at(shown))];
      const telling = await askAll(paths, async (path) => {
        const text = await (await people.visitor!.get(path)).text();
        return text.includes(unseen.slug) || text.includes(unseen.publication) ? "tells" : "tells nothing";
      });
      expect(telling).toEqual(forAll(paths, "tells nothing"));
    });

    test("is still its team's to work with, and nobody else's", async () => {
      const there = `/account/${unseen.slug}`;
      expect(
        await askAll(["owner", "viewer", "stranger", "administrator", "visitor"], (who) => ask(who, "", there)),
      ).toEqual({
        ...forAll(["owner", "viewer"], "200"),
        ...forAll(["stranger", "administrator"], "404"),
        visitor: "to the door",
      });
    });
  });

  test("nothing of what a team keeps to itself is said to anybody else", async () => {
    // who holds one of these addresses holds a secret of the team already
    const doors = walked(DOORS).filter((name) => !/invitations|calendars|reminders/.test(name));
    const paths = [...doors.map((name) => DOORS[name]!.at(shown)), ...MORE_PUBLIC.map((at) => at(shown))];
    for (const who of ["visitor", "stranger"]) {
      // what is the stranger's own may be told the stranger
      const told = paths.filter((path) => who === "visitor" || !path.startsWith("/account"));
      const telling = await askAll(told, async (path) => {
        const text = await (await people[who]!.get(path)).text();
        const words = [SECRET, emailOf("owner"), emailOf("finance"), walk.home.id].filter((word) =>
          text.includes(word),
        );
        return words.join(", ");
      });
      expect(telling, who).toEqual(forAll(told, ""));
    }
  });

  test("a draft is not public, and a withdrawn report tells no more than that it was withdrawn", async () => {
    const company = await buildWalked(walk.userIds, ["payment", "publication"], {
      name: "Sample Withdrawn (a sample)",
    });
    await buildPayment(company.id, { payeeName: "Sample Later Payee", evidenceUrl: "" });
    const { publication: id } = company.ids;
    const there = `/companies/${company.slug}/reports/${id}`;
    const texts = async () => {
      const files = ["", "/report.json", "/report.csv", "/report.md"].map((file) => there + file);
      const lists = [`/companies/${company.slug}`, `/api/v1/companies/${company.slug}`, "/feeds/reports.json"];
      return Promise.all([...files, ...lists].map((path) => people.visitor!.page(path)));
    };
    const published = await texts();
    expect(published.slice(0, 4).filter((text) => text.includes("Sample Maintainer"))).toHaveLength(4);
    expect(published.join()).not.toContain("Sample Later Payee");
    await withdrawPublication({ companyId: company.id, actorId: null, now: new Date() }, id, "A sample reason");
    expect((await texts()).filter((text) => text.includes("Sample Maintainer"))).toEqual([]);
    expect(
      await askAll(["", "/report.json", "/report.csv", "/report.md"], (file) => ask("visitor", "", there + file)),
    ).toEqual({
      "": "200",
      ...forAll(["/report.json", "/report.csv", "/report.md"], "404 There is no such file."),
    });
    // under another company's address there is no such report at all
    expect(await ask("visitor", "", `/companies/${walk.abroad.slug}/reports/${id}`)).toBe("404");
  });

  test.each(walked(OTHER_ACTIONS))("action %s", async (name) => {
    const { page, answers, args, fields = {} } = OTHER_ACTIONS[name]!;
    const call = await aimed(name, args);
    const before = await everything();
    const whos = name.startsWith("/administrator ") ? WHOS.filter((who) => answers[KINDS[who]!] !== "does it") : WHOS;
    const done = async (who: string) => said(await people[who]!.call(page, call, fields));
    expect(await askAll(whos, done)).toEqual(forAll(whos, (who: string) => answers[KINDS[who]!]));
    // one's own name is one's own to change
    if (!/rename|unlink/.test(name)) expect(await everything()).toEqual(before);
  });

  async function aimed(name: string, args: (typeof OTHER_ACTIONS)[string]["args"]) {
    const { userId, id: sessionId } = await db.session.findFirstOrThrow({
      where: { user: { email: emailOf("guest") } },
    });
    const its = { company: walk.home, userId, sessionId, invitation: shown.invitation };
    return { id: builtActions().get(name)!, args: args(its) };
  }

  /** What none of these actions may change when somebody else asks for it. */
  const everything = async () => [
    await fingerprint(walk.home),
    await db.session.count({ where: { user: { email: { in: [emailOf("guest"), emailOf("owner")] } } } }),
    await db.user.findMany({ select: { id: true, isAdministrator: true }, orderBy: { id: "asc" } }),
    await db.account.count(),
    await db.company.count(),
  ];

  test("an administrator does what nobody else may", async () => {
    const { people: its, home } = walk;
    const imported = await db.company.findFirstOrThrow({ where: { origin: "imported" } });
    const act = async (name: string, args: unknown[], fields = {}) =>
      said(
        await people.administrator!.call(
          "/administrator",
          { id: builtActions().get(`/administrator ${name}`)!, args: [...args, {}] },
          fields,
        ),
      );
    const both = [home.id, home.slug];
    expect(await act("annotate", both, { annotation: "Noted" })).toMatch(/done=annotated$/);
    expect(await its.visitor.page(`/companies/${home.slug}`)).toContain("Noted");
    expect(await act("hide", both, { reason: "A sample" })).toMatch(/done=hidden$/);
    expect((await its.visitor.get(`/companies/${home.slug}`)).status).toBe(404);
    expect(await act("show", both)).toMatch(/done=shown$/);
    expect((await its.visitor.get(`/companies/${home.slug}`)).status).toBe(200);
    expect(await act("dropProof", both)).toMatch(/done=proof-taken$/);
    expect(await act("merge", [imported.id], { into: home.slug })).toMatch(/done=merged$/);
    expect((await its.visitor.get(`/companies/${imported.slug}`)).status).toBe(404);
    expect(await act("appoint", [], { email: emailOf("guest") })).toMatch(/done=appointed$/);
    const guest = await db.user.findUniqueOrThrow({ where: { email: emailOf("guest") } });
    expect(await act("dismiss", [guest.id])).toMatch(/done=dismissed$/);
    expect(await act("dismiss", [actors.userId])).toMatch(/^The last administrator cannot go/);
    await showCompany(home.id, actors);
  });

  test("an invitation lets in whom it names, while it stands", async () => {
    const { home, userIds } = walk;
    const invited = await walk.signIn("invited");
    const invite = (status: string, days: number) =>
      db.invitation.create({
        data: {
          id: crypto.randomUUID(),
          organizationId: home.teamId,
          email: emailOf("invited"),
          role: "finance",
          status,
          expiresAt: new Date(Date.now() + 86_400_000 * days),
          inviterId: userIds.owner,
        },
      });
    const accept = async (id: string) =>
      said(
        await invited.call(
          `/invitations/${id}`,
          { id: builtActions().get("/invitations/[id] accept")!, args: [id, {}] },
          {},
        ),
      );
    const gone = "This invitation was answered, taken back, or has expired. Ask for a new one.";
    for (const { id } of [await invite("canceled", 7), await invite("pending", -1), await invite("rejected", 7)]) {
      expect(await accept(id)).toBe(gone);
      expect(await people.visitor!.page(`/invitations/${id}`)).not.toContain("Sample Tools");
    }
    expect(await accept("nonsense")).toBe(gone);
    const { id } = await invite("pending", 7);
    expect(await accept(id)).toContain(` to /account/${home.slug}/members?done=joined`);
    expect((await db.member.findFirstOrThrow({ where: { user: { email: emailOf("invited") } } })).role).toBe("finance");
    expect(await accept(id)).toBe(gone);
  });

  test("a link that stops mail stops that mail of that person only", async () => {
    const { id: companyId } = walk.home;
    const count = () => db.reminderStop.count();
    const post = async (token: string) =>
      (await fetch(`${walk.site.url}/reminders/stop/now?token=${token}`, { method: "POST" })).status;
    const forged = shown.stop.replace(walk.userIds.owner, walk.userIds.editor!);
    for (const token of ["", "nonsense", forged, `${shown.stop}x`]) expect(await post(token)).toBe(404);
    expect(await count()).toBe(0);
    expect(await post(shown.stop)).toBe(200);
    expect(await db.reminderStop.findMany({ select: { companyId: true, userId: true } })).toEqual([
      { companyId, userId: walk.userIds.owner },
    ]);
  });

  test("of what the auth library can do, nothing is open that the site does itself", async () => {
    const open = ["/callback/:id", "/error", "/get-session", "/link-social", "/ok", "/sign-in/social", "/sign-out"];
    type Endpoint = { path?: string; options?: { method?: string | string[] } };
    const endpoints = Object.values(auth().api as Record<string, Endpoint>).filter(({ path }) => path?.startsWith("/"));
    expect(endpoints.length).toBeGreaterThan(40);
    const closed = endpoints.filter(({ path }) => !open.includes(path!) && !/^\/(oauth2\/)?callback/.test(path!));
    const asked = closed.flatMap(({ path, options }) =>
      [options?.method ?? "GET"].flat().map((method) => `${method} ${path}`),
    );
    const answers = await askAll(asked, async (one) => {
      const [method = "", path = ""] = one.split(" ");
      const body = method === "POST" ? { body: "{}", headers: { "content-type": "application/json" } } : {};
      return String(
        (await walk.people.owner.ask(`/api/auth${path.replaceAll(/:\w+/g, "x")}`, { method, ...body })).status,
      );
    });
    expect(answers).toEqual(forAll(asked, "404"));
  });
});
