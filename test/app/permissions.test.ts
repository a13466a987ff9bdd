import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { may, type Role, whyNot } from "../../lib/auth/permissions.ts";
import { db } from "../../lib/db.ts";
import { COMPANY_DEEDS } from "../support/company-deeds.ts";
import { COMPANY_PAGES, COMPANY_ROUTES, scanBody } from "../support/company-doors.ts";
import { actionsInSource, builtActions, pagesInSource, routesInSource } from "../support/doors.ts";
import { OTHER_ACTIONS, OTHER_PAGES, OTHER_ROUTES } from "../support/other-doors.ts";
import { plainText, type Visitor } from "../support/plain-forms.ts";
import {
  askAll,
  EVERYBODY,
  forAll,
  inShort,
  NO_SUCH_COMPANY,
  NOBODY,
  said,
  startWalk,
  TEAM,
  type Walk,
  type Who,
} from "../support/walk.ts";
import { fingerprint } from "../support/walk-company.ts";

const isOfTeam = (who: Who): who is Role => (TEAM as readonly Who[]).includes(who);
const isNobody = (who: Who) => (NOBODY as readonly Who[]).includes(who);

test("every page, route and action there is stands in the table, and nothing else", () => {
  const pages = Object.keys(COMPANY_PAGES).map((page) => `/account/[slug]${page}`);
  expect(pagesInSource()).toEqual([...pages, ...Object.keys(OTHER_PAGES)].sort());
  expect(routesInSource()).toEqual([...Object.keys(COMPANY_ROUTES), ...Object.keys(OTHER_ROUTES)].sort());
  const deeds = Object.keys(COMPANY_DEEDS).map((deed) => `/account/[slug]${deed}`);
  expect(actionsInSource()).toEqual([...deeds, ...Object.keys(OTHER_ACTIONS)].sort());
});

describe("a company's pages and routes, for everybody", () => {
  let walk: Walk;
  beforeAll(async () => {
    walk = await startWalk();
  }, 180_000);
  afterAll(() => walk?.close());

  test("the built site calls no action that the source tree does not show", () => {
    expect([...builtActions().keys()].sort()).toEqual(actionsInSource());
  });

  test.each(Object.keys(COMPANY_PAGES))("page %s", async (name) => {
    const { at, asks = "canViewCompany" } = COMPANY_PAGES[name]!;
    const { home, abroad, people } = walk;
    const open = async (who: Who, path: string) => {
      const answer = await people[who].get(path);
      const text = plainText(await answer.text());
      const told = isOfTeam(who) && !may(who, asks) && text.includes(whyNot(who, asks)) ? ", told why not" : "";
      return inShort(answer) + told;
    };
    const there = `/account/${home.slug}${at(home.ids)}`;
    expect(await askAll(EVERYBODY, (who) => open(who, there))).toEqual({
      ...forAll(TEAM, (who: Role) => (may(who, asks) ? "200" : "200, told why not")),
      stranger: "404",
      ...forAll(NOBODY, "to the door"),
    });
    expect(await askAll(EVERYBODY, (who) => open(who, `/account/${abroad.slug}${at(abroad.ids)}`))).toEqual({
      ...forAll(TEAM, "404"),
      stranger: "200",
      ...forAll(NOBODY, "to the door"),
    });
    if (!name.includes("[") || name === "/report/[year]") return;
    const [foreign, none] = [at(home.ids), at(NONSENSE)];
    expect(await open("stranger", `/account/${abroad.slug}${foreign}`)).toBe("404");
    expect(await open("owner", `/account/${home.slug}${none}`)).toBe("404");
  });

  test.each(Object.keys(COMPANY_ROUTES))("route %s", async (name) => {
    const { at, asks, ok, body, names } = COMPANY_ROUTES[name]!;
    const { home, abroad, people } = walk;
    const method = name.split(" ")[0]!;
    const ask = async (who: Who, path: string) => {
      // whom it lets in it leads on, somewhere
      return (await said(await people[who].ask(path, { method, ...body?.() }))).replace(/^303 to .*/, "303");
    };
    const stays = await fingerprint(home);
    const there = at(home.slug, home.ids);
    const refused = EVERYBODY.filter((who) => !isOfTeam(who) || !may(who, asks));
    const outside = name.startsWith("POST /uploads") ? "to the door" : "401 Please sign in first.";
    const notHere = name.startsWith("POST /uploads") ? `303 ${NO_SUCH_COMPANY}` : `404 ${NO_SUCH_COMPANY}`;
    const notYours = (who: Role) => `${name.startsWith("POST /uploads") ? 303 : 403} ${whyNot(who, asks)}`;
    const sentence = (who: Who) => (isOfTeam(who) ? notYours(who) : isNobody(who) ? outside : notHere);
    expect(await askAll(refused, (who) => ask(who, there))).toEqual(forAll(refused, sentence));
    expect(await askAll(TEAM, (who) => ask(who, at(abroad.slug, abroad.ids)))).toEqual(forAll(TEAM, notHere));
    if (names) {
      const mixed = await ask("stranger", at(abroad.slug, home.ids));
      expect(mixed).toMatch(
        name.startsWith("POST /uploads") ? /^303 There is no such/ : /^404 (There is no such|Nobody)/,
      );
      expect(await ask("owner", at(home.slug, NONSENSE))).toBe(mixed);
    }
    expect(await fingerprint(home)).toBe(stays);
    const allowed = TEAM.filter((who) => may(who, asks));
    expect(await askAll(allowed, (who) => ask(who, there))).toEqual(forAll(allowed, String(ok)));
    // a form of another site is sent with the cookie, and says where it stands
    if (method === "GET") return;
    const elsewhere = await fetch(walk.site.url + there, {
      method,
      redirect: "manual",
      ...body?.(),
      headers: { ...body?.().headers, cookie: people.owner.cookie, origin: "https://elsewhere.example" },
    });
    expect(await said(elsewhere)).toMatch(/^(403|303) This request came from another site\.$/);
  });

  test("a scan token adds scans to its company, and nothing once it is revoked", async () => {
    const { home, abroad, people } = walk;
    const request = { method: "POST", headers: { "content-type": "application/json" } };
    const add = async (who: Visitor) => said(await who.ask("/api/v1/scans", { ...request, body: scanBody() }));
    const before = [await db.scan.count({ where: { companyId: home.id } }), await fingerprint(abroad)];
    expect(await add(people.ci)).toBe("201");
    expect(await db.scan.count({ where: { companyId: home.id } })).toBe(Number(before[0]) + 1);
    expect(await fingerprint(abroad)).toBe(before[1]);
    const without = "401 Send a scan token of your company: Authorization: Bearer tributary_scan_…";
    for (const who of ["owner", "visitor", "revoked"] as const) expect(await add(people[who])).toBe(without);
    await db.scanToken.deleteMany({ where: { companyId: home.id, name: "CI" } });
    expect(await add(people.ci)).toBe(without);
  });
});

const NONSENSE = {
  scan: "nonsense",
  earlier: "nonsense",
  payment: "nonsense",
  evidence: "nonsense",
  imported: "nonsense",
  columns: "nonsense",
  donors: "nonsense",
  publication: "nonsense",
  plan: 99_999_999_999,
};
