import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeDb, db } from "../../lib/db.ts";
import { deleteLeavers } from "../../lib/pledge/leaving-store.ts";
import {
  expectAccessible,
  followSignInLink,
  noBrowser,
  openBrowser,
  openPage,
  type WatchedPage,
} from "../support/browser.ts";
import { buildPayment, buildPublication } from "../support/builders.ts";
import { type Site, startSite } from "../support/site.ts";

const EMAIL = "owner@sample-steps.example";
const COMPANY = "Sample Steps (a sample)";
const HOME = "/account/sample-steps";
const NEXT_YEAR = new Date().getUTCFullYear() + 1;

/** A pledge with a limit that goes up in steps, and the company that leaves in the end. */
describe.skipIf(noBrowser)("a pledge through the years", () => {
  let site: Site;
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;

  beforeAll(async () => {
    [site, browser] = await Promise.all([startSite({ LEAVING_POLICY: "tombstone" }), openBrowser()]);
    process.env.DATABASE_URL = site.databaseUrl;
    watched = await openPage(browser, { viewport: { width: 1280, height: 800 } });
    page = watched.page;
  }, 180_000);
  afterAll(async () => {
    await closeDb();
    await browser?.close();
    await site?.stop();
  });

  const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
  const open = (path: string) => page.goto(site.url + path);

  async function askForLink(on: Page, email: string, then = "") {
    await on.goto(`${site.url}/sign-in${then}`);
    await on.getByLabel("E-mail address").fill(email);
    await on.getByRole("button", { name: "Send the link" }).click();
    await on.waitForURL(/\/sign-in\/sent/);
    return (await site.mail.waitFor(email)).text;
  }

  test("a sign-in link works without JavaScript, and after guards of the mailbox opened it", async () => {
    const plain = await openPage(browser, { javaScriptEnabled: false });
    const email = "plain@sample-steps.example";
    const mail = await askForLink(plain.page, email, "?then=%2Faccount%2Fme");
    const link = /https?:\/\/\S+/.exec(mail)![0];
    for (const method of ["GET", "HEAD", "GET"]) expect((await fetch(link, { method })).status).toBe(200);
    await followSignInLink(plain.page, mail);
    await plain.page.waitForURL(`${site.url}/account/me`);
    const again = await openPage(browser, { javaScriptEnabled: false });
    await again.page.goto(link);
    await again.page.getByText("That link was used already, is too old or is not complete.").waitFor();
    expect(await again.page.getByRole("button", { name: "Send the link" }).count()).toBe(1);
    expect([...plain.complaints, ...again.complaints]).toEqual([]);
    for (const { page: done } of [plain, again]) await done.context().close();
  }, 60_000);

  test("its page says for whom and how long, and pressing twice does no harm", async () => {
    const mail = await askForLink(page, EMAIL, "?then=%2Faccount%2Fregister");
    await page.goto(/https?:\/\/\S+/.exec(mail)![0]);
    await page.getByText(/This link works once, for another 1[45] minutes/).waitFor();
    await page.getByText(EMAIL).waitFor();
    await expectAccessible(page);
    await page.getByRole("button", { name: "Sign in", exact: true }).dblclick();
    await page.waitForURL(`${site.url}/account/register`);
  }, 60_000);

  test("a limit and a basis are taken at registering, and said beside the sum and the floor", async () => {
    await page.getByLabel("Company", { exact: true }).fill(COMPANY);
    await page.getByLabel("Website").fill("sample-steps.example");
    await page.getByLabel("Developers you employ").fill("14");
    await page.getByText("Address of your page, a limit, how developers count").click();
    await page.getByLabel("Address of your page").fill("sample-steps");
    await page.getByLabel("At most, in a year").fill("nothing");
    await press("Register the pledge");
    await page.getByText("Some fields need another look.").waitFor();
    // what is wrong is never folded away
    expect(await page.getByLabel("At most, in a year").isVisible()).toBe(true);
    await expectAccessible(page);
    await page.getByLabel("At most, in a year").fill("14,000");
    await page.getByLabel("How developers count").selectOption("year_end");
    await press("Register the pledge");
    await page.waitForURL(/registered/);
    await expectAccessible(page);
    await open("/companies/sample-steps");
    await page.getByText(/a year at most: \$1,000 for each of 14 developers, counted on the last day/).waitFor();
    await page.getByText("below the Pledge’s floor of $2,000 for each developer, by its limit").waitFor();
    await open("/directory?q=sample+steps");
    await page.getByText("at most $14,000 a year").waitFor();
    await expectAccessible(page);
  }, 60_000);

  test("steps are announced, listed in public, and one is taken back before its day", async () => {
    for (const [on, each] of [
      [`${NEXT_YEAR}-01-01`, "1,500"],
      [`${NEXT_YEAR + 1}-01-01`, "2,000"],
    ] as const) {
      await open(`${HOME}/settings/pledge`);
      await page.getByLabel("From").fill(on);
      await page.getByLabel("US dollars per developer and year").fill(each);
      await page.getByText("A limit, how developers count").click();
      await page.getByLabel("At most, in a year").fill("");
      await press("Announce the change");
      await page.getByText("The change is announced.").waitFor();
    }
    await expectAccessible(page);
    await page.getByRole("button", { name: "Take the step back" }).last().click();
    await page.getByText("The step is taken back.").waitFor();
    expect(await page.getByRole("button", { name: "Take the step back" }).count()).toBe(1);
    await open("/companies/sample-steps");
    await page.getByRole("heading", { name: "The pledge in steps" }).waitFor();
    await page.getByText("Announced, and never came to hold").click();
    await page.getByText(/Taken back on/).waitFor();
    await expectAccessible(page);
    await open(`${HOME}/settings/history`);
    await page.getByText("took an announced step of the pledge back").waitFor();
  }, 60_000);

  test("a company is told what stays of it before it says yes, and that is what stays", async () => {
    const { id: companyId } = await db.company.findUniqueOrThrow({ where: { slug: "sample-steps" } });
    const year = NEXT_YEAR - 2;
    await buildPayment(companyId, { amount: "14000", paidOn: `${year}-06-30` }, new Date());
    const { id } = await buildPublication(companyId, { endOn: `${year}-12-31`, now: new Date() });
    await open("/methodology#leaving");
    await page.getByText(/the bare facts of what it published: its name, for each report the year/).waitFor();
    await open(`${HOME}/settings/leaving`);
    await page.getByText(/The bare facts of what you published stay at your address/).waitFor();
    await expectAccessible(page);
    await page.getByLabel("Name of the company").fill(COMPANY);
    await press("Delete the company");
    await page.getByText("The company is gone from every public page.").waitFor();
    await page.getByText(/The bare facts of what you published stay at your address/).waitFor();
    expect((await open("/companies/sample-steps"))?.status()).toBe(404);
    await deleteLeavers(new Date(Date.now() + 31 * 86_400_000));
    await open(`/companies/sample-steps/reports/${id}`);
    await page.waitForURL(/\/companies\/sample-steps#/);
    await page.getByText("No longer here").waitFor();
    await page.getByText("$14,000.00").waitFor();
    await expectAccessible(page);
  }, 60_000);

  test("nothing complained on the way, and nothing left this machine", () => {
    // the page of a company on its way out is not found, as it should be
    expect(watched.complaints.filter((complaint) => !/404.*sample-steps/.test(complaint))).toEqual([]);
  });
});
