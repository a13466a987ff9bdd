import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  expectAccessible,
  noBrowser,
  openBrowser,
  openPage,
  signInByMail,
  type WatchedPage,
} from "../support/browser.ts";
import { type Site, startSite } from "../support/site.ts";

const COMPANY = "Sample Works 🌊";
const EMAIL = "owner@sample-works.example";
/** The last calendar year that is over: what a company of calendar years can publish today. */
const YEAR = new Date().getUTCFullYear() - 1;

/**
 * The whole loop, as one visitor walks it: from dropping this project's own lockfile on the home page to the published
 * report in the directory, with every page on the way held against axe in both sizes and both themes.
 */
describe.skipIf(noBrowser)("from a lockfile to a published report", () => {
  let site: Site;
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;

  beforeAll(async () => {
    [site, browser] = await Promise.all([startSite(), openBrowser()]);
    watched = await openPage(browser, { viewport: { width: 1280, height: 800 } });
    page = watched.page;
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await site?.stop();
  });

  const open = (path: string) => page.goto(site.url + path);
  const press = (name: string | RegExp) => page.getByRole("button", { name }).click();

  test("the price is on the first screen, and follows what is typed", async () => {
    await open("/");
    await page.getByLabel("How many developers do you employ?").fill("20");
    await expect.poll(() => page.getByText("$40,000").count()).toBe(1);
    await expectAccessible(page);
  });

  test("a dropped lockfile is read in the browser and nothing is sent", async () => {
    const sent: string[] = [];
    page.on("request", (request) => request.method() !== "GET" && sent.push(request.url()));
    await page.getByLabel("Choose lockfiles").setInputFiles("package-lock.json");
    await page.waitForURL(/\/scan$/);
    await page.getByRole("heading", { level: 1, name: /packages\./ }).waitFor();
    expect(sent).toEqual([]);
    await expectAccessible(page);
  }, 60_000);

  test("the plan divides the budget to the cent and says why", async () => {
    await page.getByRole("link", { name: "Make a plan" }).click();
    await page.getByRole("heading", { name: "The ledger" }).waitFor();
    const paid = await amountsOf(
      page
        .locator("#held")
        .count()
        .then(() => page),
    );
    expect(paid).toBe(28_000_00);
    await expectAccessible(page);
    await page.getByLabel("Budget for the year").fill("1,250.50");
    await expect.poll(() => amountsOf(Promise.resolve(page))).toBe(1_250_50);
  }, 60_000);

  test("signing in takes an e-mail address and the link that is sent to it", async () => {
    await open("/account/keep");
    await page.waitForURL(/\/sign-in/);
    await expectAccessible(page);
    await page.getByLabel("E-mail address").fill("not an address");
    await press("Send the link");
    await page.getByRole("alert").waitFor();
    expect(await page.getByLabel("E-mail address").inputValue()).toBe("not an address");
    await signInByMail(page, site.mail, EMAIL);
    await page.waitForURL(/\/account\/keep/);
  }, 60_000);

  test("a company is registered with its pledge in eight fields with the e-mail address, and a wrong one is said beside it", async () => {
    await open("/account/register");
    await expectAccessible(page);
    expect(await page.locator("form [name]:visible").count()).toBe(7);
    await page.getByLabel("Company", { exact: true }).fill(COMPANY);
    await page.getByLabel("Website").fill("sample-works.example");
    await page.getByLabel("Developers you employ").fill("0");
    await page.getByLabel("Country").selectOption("IS");
    await page.getByLabel(/What you promise/).fill("This is a sample company made by a test.");
    await press("Register the pledge");
    await page.getByRole("alert").waitFor();
    await expectAccessible(page);
    expect(await page.getByLabel("Company", { exact: true }).inputValue()).toBe(COMPANY);
    expect(await page.getByLabel("Country").inputValue()).toBe("IS");
    await page.getByLabel("Developers you employ").fill("14");
    await press("Register the pledge");
    await page.waitForURL(/\/account\/sample-works\?registered/);
    await page.getByText("is listed").waitFor();
    await expectAccessible(page);
  }, 60_000);

  test("the scan that waited in the browser is kept after everything that would be sent was shown", async () => {
    await open("/account/keep");
    await page.getByRole("button", { name: /^Send and keep/ }).waitFor();
    await expectAccessible(page);
    await press(/^Send and keep/);
    await page.waitForURL(/\/account\/sample-works\/scans\/[\w-]+\?kept/);
    await expectAccessible(page);
    await open("/account/sample-works/plan");
    await page.getByRole("heading", { name: "The ledger" }).waitFor();
    await expectAccessible(page);
  }, 90_000);

  test("payments are recorded, corrected and voided, and never vanish", async () => {
    await pay({ name: "A sample collective", amount: "30,000", on: `${YEAR}-06-30` });
    await pay({ name: "Recorded by mistake", amount: "99", on: `${YEAR}-07-01` });
    await pay({ name: "Ein Verein", amount: "1000", currency: "EUR", usd: "1,100.50", on: `${YEAR}-12-31` });
    await page.getByRole("link", { name: "Recorded by mistake" }).click();
    await page.getByRole("heading", { name: "Void it" }).waitFor();
    await expectAccessible(page);
    await page.getByLabel("Reason").fill("Entered twice");
    await press("Void the payment");
    await page.getByText("Reason: Entered twice").waitFor();
    await open("/account/sample-works/payments");
    await expect.poll(() => page.getByText("$31,100.50").count()).toBe(1);
    await expectAccessible(page);
  }, 90_000);

  async function pay(payment: { name: string; amount: string; on: string; currency?: string; usd?: string }) {
    await open("/account/sample-works/payments");
    await page.getByLabel("Paid to").fill(payment.name);
    await page.getByLabel("Amount", { exact: true }).fill(payment.amount);
    await page.getByLabel("Currency").fill(payment.currency ?? "USD");
    if (payment.usd) {
      await page.getByLabel(/In US dollars/).fill(payment.usd);
      await page.getByLabel(/Why that dollar amount/).fill("Our bank statement");
    }
    await page.getByLabel("Paid on").fill(payment.on);
    await press("Record the payment");
    await page.waitForURL(/recorded=/);
  }

  test("the report is derived from the ledger, and publishing freezes it", async () => {
    await open(`/account/sample-works/report/${YEAR}-12-31`);
    await expectAccessible(page);
    await page.getByLabel("Average developers over the year").fill("14");
    await page.getByLabel(/How you counted them/).fill("Average of four quarter ends.");
    await press("Save the draft");
    await page.waitForURL(/saved=yes/);
    await press("Publish the report");
    await page.waitForURL(/\/companies\/sample-works\/reports\/[\w-]+\?published/);
    await page.getByRole("heading", { level: 1, name: /\$2,221\.46 for each of 14 developers/ }).waitFor();
    await expectAccessible(page);
    expect(await page.getByRole("cell", { name: "Recorded by mistake", exact: true }).count()).toBe(0);
  }, 90_000);

  test("the company is found in the directory, with its figures", async () => {
    await open("/directory");
    await expectAccessible(page);
    await page.getByLabel("Name").fill("sample wor");
    await page.waitForURL(/q=sample/);
    const lines = page.locator("tbody tr", { has: page.locator("td") });
    await expect.poll(() => lines.count()).toBe(1);
    expect(await page.getByText("Not proven yet").count()).toBe(1);
    expect(await lines.innerText()).toMatch(/Met[\s\S]*\$31,101[\s\S]*\$2,221/);
    await page.getByRole("link", { name: /Sample Works/ }).click();
    await page.getByRole("heading", { level: 1, name: COMPANY }).waitFor();
    await expectAccessible(page);
  }, 60_000);

  test("pages of words, and of what is not there, hold up too", async () => {
    for (const path of ["/methodology", "/maintainers", "/companies/antithesis"]) {
      await open(path);
      await expectAccessible(page);
    }
    expect((await open("/companies/no-such-company"))?.status()).toBe(404);
    // the browser itself notes the missing page on its console
    watched.complaints.splice(
      0,
      watched.complaints.length,
      ...watched.complaints.filter((one) => !one.includes("404")),
    );
    await expectAccessible(page);
  }, 90_000);

  test("directory and price work without JavaScript", async () => {
    const plain = await openPage(browser, { javaScriptEnabled: false, viewport: { width: 1280, height: 800 } });
    await plain.page.goto(`${site.url}/directory`);
    await plain.page.getByLabel("Name").fill("sample works");
    await plain.page.getByRole("button", { name: "Search" }).click();
    await plain.page.waitForURL(/q=sample/);
    expect(await plain.page.locator("tbody tr", { has: plain.page.locator("td") }).count()).toBe(1);
    await plain.page.goto(`${site.url}/?developers=3`);
    expect(await plain.page.getByText("$6,000").count()).toBe(1);
    await plain.page.context().close();
  });

  test("no page complained, and nothing was asked of another host", () => {
    expect(watched.complaints).toEqual([]);
  });
});

/** What a plan's page pays and holds together, in cents: it must be the budget. */
async function amountsOf(shown: Promise<Page>): Promise<number> {
  const page = await shown;
  const cells = await page.locator("table.ledger tfoot tr td:last-child").allInnerTexts();
  return cells
    .map((text) => Math.round(Number(text.replaceAll(/[^\d.]/g, "")) * 100))
    .reduce((sum, cents) => sum + cents, 0);
}
