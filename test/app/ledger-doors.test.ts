import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fakeGithub } from "../fakes/github.ts";
import { emptyWorld } from "../fakes/world.ts";
import {
  expectAccessible,
  noBrowser,
  openBrowser,
  openPage,
  registerSample,
  signInByMail,
  type WatchedPage,
} from "../support/browser.ts";
import { type Site, startSite } from "../support/site.ts";

const EMAIL = "finance@sample-doors.example";
const HOME = "/account/sample-doors";
const YEAR = new Date().getUTCFullYear() - 1;
const ROWS = 20_000;

/** A new user's ledger by the doors that are not files of a rail: GitHub with a token, a long file, a hand; and two windows at once. */
describe.skipIf(noBrowser)("other ways into the ledger", () => {
  let site: Site;
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;
  let github: Awaited<ReturnType<typeof fakeGithub>>;

  beforeAll(async () => {
    const world = emptyWorld();
    const event = (id: string, action: "NEW_SPONSORSHIP" | "CANCELLED_SPONSORSHIP", day: string, payee: string) => ({
      id,
      action,
      at: `${YEAR}-${day}T10:00:00Z`,
      payee,
      cents: 50_000,
    });
    world.accounts.set("sample-doors", {
      login: "sample-doors",
      kind: "Organization",
      listing: false,
      activities: [
        event("n1", "NEW_SPONSORSHIP", "03-04", "sample-ada"),
        { ...event("n2", "NEW_SPONSORSHIP", "06-15", "sample-ben"), once: true },
        event("c1", "CANCELLED_SPONSORSHIP", "11-04", "sample-ada"),
      ],
      // one more was charged to ada than the events make
      charged: [
        ...Array.from({ length: 9 }, (_, index): [string, string, number] => [
          `${YEAR}-${String(index + 3).padStart(2, "0")}-04`,
          "sample-ada",
          50_000,
        ]),
        [`${YEAR}-06-15`, "sample-ben", 50_000],
      ],
    });
    github = await fakeGithub(world);
    [site, browser] = await Promise.all([startSite({ GITHUB_API_URL: github.url }), openBrowser()]);
    watched = await openPage(browser, { viewport: { width: 1280, height: 900 } });
    page = watched.page;
    page.setDefaultTimeout(10_000);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await site?.stop();
    await github?.close();
  });

  const open = (path: string) => page.goto(site.url + path);
  const press = (name: string | RegExp, on = page) => on.getByRole("button", { name }).click();

  test("somebody registers a company", async () => {
    await open("/account/register");
    await signInByMail(page, site.mail, EMAIL);
    await registerSample(page, "Sample Doors", 2);
  }, 60_000);

  test("GitHub is asked with a token, which no page shows again", async () => {
    await open(`${HOME}/payments/import`);
    const form = page.getByRole("region", { name: "From GitHub Sponsors, with your token" });
    await form.getByLabel("Organisation or user").fill("sample-doors");
    await form.getByLabel("Token").fill("no-scopes-sample-token");
    await press("Ask GitHub");
    await page.getByRole("alert").filter({ hasText: "needs read:org and read:user" }).waitFor();
    await expectAccessible(page);
    await form.getByLabel("Token").fill("sample-token-of-enough-length");
    await press("Ask GitHub");
    await page.getByRole("heading", { name: "9 new payments, $4,500.00" }).waitFor();
    await page
      .getByText(/GitHub states \$4,500\.00 to sample-ada in these days; its events make \$4,000\.00/)
      .waitFor();
    expect(await page.content()).not.toContain("sample-token-of-enough-length");
    await expectAccessible(page);
    await press("Add 9 payments");
    await page.waitForURL(/imported=9/);
  }, 60_000);

  test("a dollar amount typed by hand says where it is from, or is refused", async () => {
    await open(`${HOME}/payments`);
    await page.getByLabel("Paid to").fill("Sample Foundation");
    await page.getByLabel("Amount", { exact: true }).fill("1,000");
    await page.getByLabel("Currency").fill("EUR");
    await page.getByLabel("In US dollars").fill("1,080");
    await page.getByLabel("Paid on").fill(`${YEAR}-05-05`);
    await press("Record the payment");
    await page.getByRole("alert").filter({ hasText: "Say where this dollar amount is from" }).waitFor();
    await expectAccessible(page);
    await page.getByLabel("Why that dollar amount").fill("Our bank statement");
    await press("Record the payment");
    await page.getByText("Recorded: €1,000.00 to Sample Foundation.").waitFor();
  }, 60_000);

  test("of two windows that publish and edit at once one wins, and the other is told", async () => {
    const address = `${site.url}${HOME}/report/${YEAR}-12-31`;
    await page.goto(address);
    await page.locator("[name=developers]").fill("2");
    await press("Save the draft");
    await page.waitForURL(/saved=yes/);
    const second = await page.context().newPage();
    second.setDefaultTimeout(20_000);
    await Promise.all([page.goto(address), second.goto(address)]);
    await second.getByLabel("Your words").fill("Thank you.");
    const told = (on: Page) =>
      on
        .getByRole("alert")
        .filter({ hasText: /changed since you looked at this report|Somebody saved or published this draft/ });
    const outcome = async (on: Page, done: RegExp) =>
      Promise.race([
        on.waitForURL(done).then(() => "won"),
        told(on)
          .waitFor()
          .then(() => "told"),
      ]);
    const outcomes = [outcome(page, /published=yes/), outcome(second, /saved=yes/)];
    await Promise.all([press("Publish the report"), press("Save the draft", second)]);
    expect((await Promise.all(outcomes)).sort()).toEqual(["told", "won"]);
    // whoever lost sees what was typed, and can look again
    const loser = (await told(page).isVisible()) ? page : second;
    if (loser === second) expect(await second.getByLabel("Your words").inputValue()).toBe("Thank you.");
    await second.close();
  }, 60_000);

  test("of two windows that correct one payment the later one is told", async () => {
    await open(`${HOME}/payments`);
    await page
      .getByRole("link", { name: /sample-ben/i })
      .first()
      .click();
    await page.getByRole("heading", { name: "Correct it" }).waitFor();
    const second = await page.context().newPage();
    await second.goto(page.url());
    for (const [on, note] of [
      [page, "first"],
      [second, "second"],
    ] as const) {
      await on.getByLabel("Note for your team").fill(note);
      await press("Save the correction", on);
      if (on === page) await page.waitForURL(/saved=yes/);
    }
    await second.getByRole("alert").filter({ hasText: "Somebody changed this payment since you opened it" }).waitFor();
    expect(await second.getByLabel("Note for your team").inputValue()).toBe("second");
    await second.close();
  }, 60_000);

  test("a long file is read in the background, and says how far it is", async () => {
    const lines = Array.from({ length: ROWS }, (_, index) => {
      const day = `${YEAR}-${String((index % 12) + 1).padStart(2, "0")}-${String((index % 28) + 1).padStart(2, "0")}`;
      return `${day},sample maintainer ${index % 900},https://sample.example/people/${index % 900},${(index % 9) + 1}.25`;
    });
    const buffer = Buffer.from(`Date,Payee,Payee URL,Amount\n${lines.join("\n")}\n`);
    await open(`${HOME}/payments/import`);
    await page.getByLabel("Files of payments").setInputFiles({ name: "long.csv", mimeType: "text/csv", buffer });
    await press("Look at what it says");
    await page
      .getByRole("heading", { name: /long\.csv|Which column/ })
      .first()
      .waitFor();
    // the page looks again by itself
    await page.getByRole("heading", { name: "Which column is what?" }).waitFor({ timeout: 60_000 });
    await press("Use these columns");
    await page.getByRole("button", { name: "Add 20,000 payments" }).click({ timeout: 60_000 });
    await page.waitForURL(/imported=20000/, { timeout: 60_000 });
    await expectAccessible(page);
  }, 120_000);
});
