import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
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

const EMAIL = "owner@sample-plan.example";
const PLAN = "/account/sample-plan/plan";
const LOCKFILE = JSON.stringify({
  name: "own-app",
  lockfileVersion: 3,
  packages: {
    "": { name: "own-app", version: "1.0.0", dependencies: { alpha: "1", beta: "1", gamma: "1" } },
    "node_modules/alpha": { version: "1.0.0", funding: "https://github.com/sponsors/sample-alpha" },
    "node_modules/beta": { version: "1.0.0", funding: "https://opencollective.com/sample-beta" },
    "node_modules/gamma": { version: "1.0.0", dependencies: { alpha: "1" } },
  },
});

/** From a kept scan to payments in the ledger: the plan as a company's people use it, mostly by keyboard. */
describe.skipIf(noBrowser)("a plan that is changed, saved, accepted and paid", () => {
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
  const bar = () => page.getByRole("region", { name: "Changes" });
  const amountOf = (name: string) =>
    page
      .locator("tr", { has: page.getByRole("button", { name: `Change ${name}` }) })
      .locator("td")
      .last()
      .innerText();

  test("begins with the pledge to divide, on the scan that was kept", async () => {
    await open("/scan");
    await page
      .getByLabel("Choose lockfiles")
      .setInputFiles({ name: "package-lock.json", mimeType: "application/json", buffer: Buffer.from(LOCKFILE) });
    await page.getByRole("heading", { level: 1, name: /packages\./ }).waitFor();
    await open("/account/keep");
    await signInByMail(page, site.mail, EMAIL);
    await open("/account/register");
    await registerSample(page, "Sample Plan", 1);
    await open("/account/keep");
    await press(/^Send and keep/);
    await page.waitForURL(/scans\//);
    await open(PLAN);
    await bar().waitFor();
    expect(await page.getByLabel("Budget for the year").inputValue()).toBe("2,000");
    await expectAccessible(page);
  }, 90_000);

  test("every line is changed by keyboard, and everything can be taken back", async () => {
    await page.getByRole("button", { name: "Change sample-beta" }).focus();
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("+");
    await page.getByText("counts ×2", { exact: true }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByLabel("Pay exactly").fill("150");
    await page.keyboard.press("Enter");
    await expect.poll(() => amountOf("sample-alpha")).toBe("$150.00");
    await expectAccessible(page);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+z");
    await expect.poll(() => amountOf("sample-alpha")).toBe("$200.00");
    await page.keyboard.press("Control+Shift+z");
    await expect.poll(() => amountOf("sample-alpha")).toBe("$150.00");
    await page.getByRole("button", { name: "Change sample-beta" }).press("Enter");
    await press("Leave out");
    await page.getByText("Say why, for whoever reads the plan later.").waitFor();
    await page.getByLabel("Leave out, because").fill("asks for nothing");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Left out" }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("undo");
    await press("Undo");
    await page.getByRole("button", { name: "Change sample-beta" }).waitFor();
  }, 60_000);

  test("a knob out of range says so beside itself, and what was changed outlives a reload", async () => {
    await page.getByLabel("Largest part for one payee").fill("400");
    await page.getByText("Type a number up to 100.").waitFor();
    await page.getByLabel("Largest part for one payee").fill("20");
    await page.reload();
    await page.getByText("What you changed in this tab and did not save is back.").waitFor();
    expect(await page.getByLabel("Largest part for one payee").inputValue()).toBe("20");
  }, 60_000);

  test("what is in no lockfile is added, and a fund gets what cannot be paid", async () => {
    await page.getByText("In no lockfile").click();
    await page.getByLabel("Name", { exact: true }).fill("=A sample foundation");
    await page.getByLabel(/^Where it can be paid, an address/).fill("opencollective.com/sample-foundation");
    await page.getByLabel("Fixed amount, US dollars").fill("250");
    await press("Add it");
    await expect.poll(() => amountOf("=A sample foundation")).toBe("$250.00");
    await page.getByText("What cannot be paid", { exact: true }).click();
    await page.getByLabel("Foundation or fund").fill("A sample fund");
    await press("Name the fund");
    await expect.poll(() => bar().innerText()).toMatch(/\$2,000 to 4/);
    await expectAccessible(page);
  }, 60_000);

  test("works on a phone, with the knobs in a drawer", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await bar().getByRole("button", { name: "Knobs" }).click();
    await page.getByLabel("Smallest payment").waitFor();
    await page.keyboard.press("Escape");
    await page.getByLabel("Smallest payment").waitFor({ state: "hidden" });
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  test("is saved as a version, and two versions are compared in words", async () => {
    await page.getByLabel("What changed, for this version").fill("A first try");
    await press("Save version 1");
    await page.waitForURL(/versions\/1\?saved/);
    await expectAccessible(page);
    await open(PLAN);
    await bar().waitFor();
    await page.getByLabel("Budget for the year").fill("3,000");
    await press("Save version 2");
    await page.waitForURL(/versions\/2\?saved/);
    await page.getByRole("link", { name: "Compare with version 1" }).click();
    await page.getByText("the budget grew by $1,000").first().waitFor();
    await expectAccessible(page);
    await open(`${PLAN}/versions`);
    await expectAccessible(page);
  }, 60_000);

  test("votes become multipliers, shown beside last year's amount", async () => {
    await open(`${PLAN}/votes`);
    await expectAccessible(page);
    const row = page.locator("tbody tr", { hasText: "sample-beta" });
    await row.getByText("Vote", { exact: false }).first().click();
    await row.getByLabel("It should count").selectOption("3");
    await row.getByRole("button", { name: "Keep my ballot" }).click();
    await page.waitForURL(/voted=/);
    await page.getByText("×3 by 1 ballot").waitFor();
    await page.getByRole("link", { name: "Take the votes into the plan" }).click();
    await page.getByText("counts ×3 by vote").waitFor();
    await open(`${PLAN}/strategies`);
    await page.getByRole("img", { name: /What each payee gets/ }).waitFor();
    await expectAccessible(page);
  }, 60_000);

  test("is accepted by its owner, ends in files that read back, and becomes payments", async () => {
    await open(`${PLAN}/versions/1`);
    await press("Accept this version");
    await page.waitForURL(/accepted=yes/);
    expect(await page.getByText("✓ the same sum").count()).toBeGreaterThanOrEqual(4);
    const file = await page.request.get(
      `${site.url}${PLAN}/versions/1/files/github-sponsors-${new Date().getUTCFullYear()}.csv`,
    );
    expect(await file.text()).toBe("Maintainer username,Sponsorship amount in USD\r\nsample-alpha,150\r\n");
    const strangers = await browser.newContext();
    const asked = await strangers.request.get(file.url());
    expect(asked.status()).toBe(401);
    await strangers.close();
    await page.getByText("Record what was paid through Open Collective").click();
    await page
      .locator("details[open]", { hasText: "Record what was paid through Open Collective" })
      .getByRole("button", { name: "Record them" })
      .click();
    await page.waitForURL(/recorded=2/);
    await expectAccessible(page);
    await open("/account/sample-plan/payments");
    await page.getByText("=A sample foundation").first().waitFor();
    await open("/account/sample-plan");
    await page.getByText("Pay what is scheduled", { exact: false }).waitFor();
    await open(`${PLAN}/versions/1/order`);
    await expectAccessible(page);
  }, 90_000);

  test("no page complained, and nothing was asked of another host", () => {
    expect(watched.complaints).toEqual([]);
  });
});
