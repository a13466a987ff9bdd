import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { may, type Role, whyNot } from "../../lib/auth/permissions.ts";
import { COMPANY_DEEDS, type Deed, pageOf } from "../support/company-deeds.ts";
import { builtActions } from "../support/doors.ts";
import { type Call, callOf, type PlainForm, plainText } from "../support/plain-forms.ts";
import {
  askAll,
  forAll,
  formNamed,
  inShort,
  NO_SUCH_COMPANY,
  NOBODY,
  said,
  startWalk,
  TEAM,
  type Walk,
  type Who,
} from "../support/walk.ts";
import { buildWalked, fingerprint, type WalkedCompany } from "../support/walk-company.ts";

type Its = { page: string; form: PlainForm | null; call: Call };

describe("every action of a company, for every role, at home and abroad", () => {
  let walk: Walk;
  let actions: Map<string, string>;
  beforeAll(async () => {
    walk = await startWalk();
    actions = builtActions();
  }, 180_000);
  afterAll(() => walk?.close());

  const build = (deed: Deed) => buildWalked(walk.userIds, deed.has ?? []);
  const at = (deed: Deed, { slug, ids }: WalkedCompany) => `/account/${slug}${pageOf(deed, ids)}`;

  /** The page of a deed as somebody sees it, and the action as its form calls it. */
  async function open(who: Who, name: string, deed: Deed, company: WalkedCompany): Promise<Its> {
    const id = actions.get(`/account/[slug]${name}`)!;
    const page = at(deed, company);
    if (!deed.button) return { page, form: null, call: { id, args: deed.args!(company) } };
    const form = formNamed(await walk.people[who].page(page), deed.button, deed.first);
    const call = callOf(form);
    expect(call.id, `the form “${deed.button}” of ${deed.page} does something else`).toBe(id);
    return { page, form, call };
  }

  test.each(Object.keys(COMPANY_DEEDS))("action %s", async (name) => {
    const deed = COMPANY_DEEDS[name]!;
    const { people, abroad } = walk;
    const company = await build(deed);
    const its = await open("owner", name, deed, company);
    const before = [await fingerprint(company), await fingerprint(abroad)];

    const byForm = async (who: Who, { page, form, call }: Its) => {
      const answer = form
        ? await people[who].send(page, form, deed.fields)
        : await people[who].call(page, call, deed.fields);
      const cookie = /\brefused=([^;]+);/.exec(answer.headers.get("set-cookie") ?? "")?.[1] ?? "";
      return { short: inShort(answer), text: plainText(await answer.text()) + decodeURIComponent(cookie) };
    };
    const byScript = async (who: Who, where: string, asked: Call) => {
      const answer = await people[who].call(where, asked, deed.fields ?? {});
      return said(answer);
    };
    const refused = TEAM.filter((who) => !may(who, deed.asks));
    const outside = ["stranger", ...NOBODY] as const;
    // what stands on one company's page, sent to another's
    const mixed = { id: its.call.id, args: [abroad.slug, ...its.call.args.slice(1)] };
    const there = at(deed, abroad);
    expect({
      withoutScript: await askAll(refused, async (who) => {
        const { short, text } = await byForm(who, its);
        return text.includes(whyNot(who, deed.asks)) ? "told why not" : short;
      }),
      withScript: await askAll([...refused, ...outside], (who) => byScript(who, its.page, its.call)),
      abroad: await askAll(TEAM, (who) => byScript(who, there, mixed)),
      mixed: deed.names && (await byScript("stranger", there, mixed)),
      changed: [await fingerprint(company), await fingerprint(abroad)],
    }).toEqual({
      withoutScript: forAll(refused, "told why not"),
      withScript: {
        ...forAll(refused, (who: Role) => whyNot(who, deed.asks)),
        stranger: NO_SUCH_COMPANY,
        ...forAll(NOBODY, "to the door"),
      },
      abroad: forAll(TEAM, NO_SUCH_COMPANY),
      mixed: deed.names && expect.stringMatching(deed.names === true ? /^There is (no|nobody)/ : deed.names),
      changed: before,
    });

    const allowed = TEAM.filter((who) => may(who, deed.asks));
    const done = await askAll(allowed, async (who) => {
      const own = await build(deed);
      const ownForm = await open(who, name, deed, own);
      const first = await fingerprint(own);
      const { short, text } = await byForm(who, ownForm);
      const told = deed.but?.role === who ? deed.but.told : deed.told;
      if (told) return told.test(text) ? "did it" : text;
      const changed = (await fingerprint(own)) !== first;
      return changed || short.startsWith("303 to ") ? "did it" : `${short}: ${text}`;
    });
    expect(done).toEqual(forAll(allowed, "did it"));
  });
});
