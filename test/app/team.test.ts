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

const OWNER = "owner@sample-team.example";
const VIEWER = "viewer@sample-team.example";
const HOME = "/account/sample-team-a-sample";

/** A company and its people, as two of them live with it in two browsers, against the real site and a real mail server. */
describe.skipIf(noBrowser)("a company, its people, and its settings", () => {
  let site: Site;
  let browser: Browser;
  let owner: Page;
  let viewer: Page;
  const watched: WatchedPage[] = [];

  beforeAll(async () => {
    [site, browser] = await Promise.all([startSite(), openBrowser()]);
    for (const _ of [OWNER, VIEWER]) watched.push(await openPage(browser, { viewport: { width: 1280, height: 800 } }));
    owner = watched[0]!.page;
    viewer = watched[1]!.page;
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await site?.stop();
  });

  const press = (page: Page, name: string) => page.getByRole("button", { name, exact: true }).click();

  const signIn = (page: Page, email: string) => signInByMail(page, site.mail, email);

  test("from the home page to a listed pledge takes four typed fields of eight and far less than three minutes", async () => {
    const started = performance.now();
    let typed = 0;
    const type = async (label: string, text: string) => {
      typed++;
      // as fast as a person types, not as a program does
      await owner.getByLabel(label, { exact: true }).pressSequentially(text, { delay: 60 });
    };
    await owner.goto(site.url);
    await owner.getByRole("link", { name: "Sign in" }).first().click();
    await signIn(owner, OWNER);
    typed++;
    await owner.getByRole("link", { name: "Register your company" }).click();
    // with the e-mail address these are eight
    expect(await owner.locator("form [name]:visible").count()).toBeLessThanOrEqual(7);
    await type("Company", "Sample Team (a sample)");
    await type("Website", "sample-team.example");
    await type("Developers you employ", "14");
    await press(owner, "Register the pledge");
    await owner.waitForURL(/registered/);
    await owner.goto(`${site.url}/directory?q=sample+team`);
    await owner.getByRole("link", { name: /Sample Team/ }).waitFor();
    const seconds = (performance.now() - started) / 1000;
    expect(typed).toBeLessThanOrEqual(8);
    expect(seconds).toBeLessThan(180);
    process.stderr.write(`\nFrom the home page to a listed pledge: ${seconds.toFixed(1)} s, ${typed} fields typed.\n`);
  }, 120_000);

  test("an invitation arrives by mail, is for its address only, and lets in with its role", async () => {
    await owner.goto(`${site.url}${HOME}/members`);
    await owner.getByLabel("E-mail address").fill(VIEWER);
    await owner.getByLabel("Role", { exact: true }).selectOption("viewer");
    await press(owner, "Send the invitation");
    await owner.getByText("The invitation is on its way").waitFor();
    await expectAccessible(owner);
    const { text, subject } = await site.mail.waitFor(VIEWER);
    expect(subject).toBe("Join Sample Team (a sample) on Tributary");
    const link = /https?:\/\/\S+/.exec(text)![0];
    await owner.goto(link);
    await owner.getByText(`You are signed in as ${OWNER}`).waitFor();
    await expectAccessible(owner);
    site.mail.mails.splice(0);
    await viewer.goto(link);
    await viewer.getByRole("link", { name: "Sign in to answer" }).click();
    await signIn(viewer, VIEWER);
    await viewer.getByRole("heading", { name: "Join Sample Team (a sample)" }).waitFor();
    await expectAccessible(viewer);
    await press(viewer, "Accept");
    await viewer.getByText("Welcome.").waitFor();
    await expectAccessible(viewer);
    await viewer.goto(link);
    await viewer.getByRole("heading", { name: "This invitation no longer stands" }).waitFor();
  }, 90_000);

  test("what a role may not do is refused with a sentence, also from a page that was open before", async () => {
    await owner.goto(`${site.url}${HOME}/members`);
    await change(owner, VIEWER);
    await owner.getByLabel(`Role of ${VIEWER}`).selectOption("owner");
    await press(owner, "Change the role");
    await owner.getByText("The role was changed").waitFor();
    const pages = ["/members", "/settings", "/settings/pledge", "/settings/leaving", "/scans/automatic"];
    const open = await Promise.all(
      pages.map(async (path) => {
        const page = await viewer.context().newPage();
        await page.goto(`${site.url}${HOME}${path}`);
        return page;
      }),
    );
    await change(owner, VIEWER);
    await owner.getByLabel(`Role of ${VIEWER}`).selectOption("viewer");
    await press(owner, "Change the role");
    await owner.waitForURL(/done=changed/);
    const [members, profile, pledge, leaving, automatic] = open as [Page, Page, Page, Page, Page];
    await members.getByLabel("E-mail address").fill("third@sample-team.example");
    await press(members, "Send the invitation");
    await refused(members, "Your role here is viewer. Only owners can manage the team.");
    await press(profile, "Save the profile");
    await refused(
      profile,
      "Your role here is viewer. Only owners and editors can change the company’s profile, proof and connections.",
    );
    await press(pledge, "Announce the change");
    await refused(pledge, "Your role here is viewer. Only owners can change the pledge and its webhook.");
    await leaving.getByLabel("Name of the company").fill("Sample Team (a sample)");
    await press(leaving, "Delete the company");
    await refused(leaving, "Your role here is viewer. Only owners can withdraw the pledge or delete the company.");
    await automatic.getByLabel("Where it will be used").fill("CI");
    await press(automatic, "Make a token");
    await refused(automatic, "Your role here is viewer. Only owners and editors can keep scans.");
    await owner.getByText("Leave the team", { exact: true }).first().click();
    await press(owner, "Leave the team");
    await refused(owner, "Sample Team (a sample) must keep an owner. Make somebody else owner first.");
    expect(site.mail.mails.filter(({ to }) => to.includes("third@sample-team.example"))).toEqual([]);
    for (const page of open) await page.close();
  }, 90_000);

  async function change(page: Page, email: string) {
    await page.locator("tr", { hasText: email }).locator("summary").click();
  }

  async function refused(page: Page, sentence: string) {
    await page.getByRole("alert").filter({ hasText: sentence }).waitFor();
  }

  test("profile, logo, pledge and proof change what everybody sees, and the history says who did it", async () => {
    await owner.goto(`${site.url}${HOME}/settings`);
    await owner.getByLabel(/About the company/).fill("We make *samples*. <script>alert(1)</script>");
    await press(owner, "Save the profile");
    await owner.getByText("The profile was changed").waitFor();
    await owner
      .getByLabel("Picture")
      .setInputFiles({ name: "a.txt", mimeType: "image/png", buffer: Buffer.from("no") });
    await press(owner, "Upload the logo");
    await owner.getByRole("alert").waitFor();
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>';
    await owner
      .getByLabel("Picture")
      .setInputFiles({ name: "a.svg", mimeType: "image/svg+xml", buffer: Buffer.from(svg) });
    await press(owner, "Upload the logo");
    await owner.getByText("The logo is in place").waitFor();
    await expectAccessible(owner);
    await owner.goto(`${site.url}${HOME}/settings/pledge`);
    await owner.getByLabel("From").fill("2020-01-01");
    await owner.getByLabel("US dollars per developer and year").fill("2,500");
    await press(owner, "Announce the change");
    await refused(owner, "Choose a day after today: a pledge changes only forward.");
    await owner.getByLabel("From").fill(new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10));
    await press(owner, "Announce the change");
    await owner.getByText("The change is announced").waitFor();
    await expectAccessible(owner);
    await owner.goto(`${site.url}${HOME}/settings/proof`);
    await press(owner, "Look for the record");
    await owner.getByRole("alert").waitFor();
    await expectAccessible(owner);
    await viewer.goto(`${site.url}/companies/sample-team-a-sample`);
    await viewer.getByText("Not proven.").waitFor();
    await press(owner, "Use my mailbox");
    await owner.getByText("It is you").waitFor();
    await viewer.reload();
    await viewer.getByText("weaker than a DNS record").waitFor();
    expect(await viewer.locator("article em").innerText()).toBe("samples");
    await viewer.getByText("$2,500 for each of 14 developers").waitFor();
    expect(await viewer.locator('article img[src^="/logos/"]').getAttribute("width")).toBe("64");
    await expectAccessible(viewer);
    await viewer.goto(`${site.url}${HOME}/settings/history`);
    for (const deed of ["proved the domain", "announced a change of the pledge", "changed the logo", "joined the team"])
      await viewer.getByText(deed).waitFor();
    await expectAccessible(viewer);
  }, 120_000);

  test("reminders, calendar, tokens, withdrawing and leaving each lead to their end", async () => {
    await owner.goto(`${site.url}${HOME}/settings/reminders`);
    await expectAccessible(owner);
    const calendar = await fetch((await owner.locator("code", { hasText: "/calendars/" }).innerText()).trim());
    expect(calendar.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
    expect(await calendar.text()).toContain("BEGIN:VEVENT");
    await owner.getByLabel(`Remind ${OWNER}`).uncheck();
    await owner.getByRole("button", { name: "Save", exact: true }).click();
    await owner.getByText("You get no more reminders").waitFor();
    await owner.goto(`${site.url}${HOME}/scans/automatic`);
    await owner.getByLabel("Where it will be used").fill("CI");
    await press(owner, "Make a token");
    const said = await owner.getByRole("status").innerText();
    await expectAccessible(owner);
    const token = /tributary_scan_[\w-]+/.exec(said)![0];
    for (const [key, name] of [
      ["scan-one", "one"],
      ["scan-two", "two"],
    ] as const)
      expect((await sendScan(token, key, name)).status).toBe(201);
    expect((await sendScan("tributary_scan_wrong", "scan-three", "x")).status).toBe(401);
    await owner.goto(`${site.url}${HOME}/scans`);
    await owner.getByRole("link", { name: /What changed/ }).click();
    await owner.getByRole("heading", { name: "1 package came, 1 package went" }).waitFor();
    await expectAccessible(owner);
    await owner.goto(`${site.url}${HOME}/settings/pledge`);
    await owner.getByText("Withdraw the pledge", { exact: true }).first().click();
    await owner.getByLabel("Reason, shown in public").fill("The sample ends here.");
    await press(owner, "Withdraw the pledge");
    await owner.getByText("The pledge is withdrawn from today on").waitFor();
    await viewer.goto(`${site.url}/companies/sample-team-a-sample`);
    await viewer.getByText("The sample ends here.").waitFor();
    await owner.goto(`${site.url}${HOME}/settings/leaving`);
    await expectAccessible(owner);
    const download = owner.waitForEvent("download");
    await owner.getByRole("link", { name: "Download the archive" }).click();
    expect((await download).suggestedFilename()).toMatch(/^sample-team-a-sample-\d{4}-\d\d-\d\d\.tar\.gz$/);
    await owner.getByLabel("Name of the company").fill("Sample Team (a sample)");
    await press(owner, "Delete the company");
    await owner.getByText("will be deleted for good").waitFor();
    expect((await fetch(`${site.url}/companies/sample-team-a-sample`)).status).toBe(404);
    await press(owner, "Take it back");
    await owner.getByText("The company is listed again").waitFor();
    expect((await fetch(`${site.url}/companies/sample-team-a-sample`)).status).toBe(200);
  }, 120_000);

  function sendScan(token: string, requestKey: string, name: string): Promise<Response> {
    const packages = { "": { name: "sample" }, [`node_modules/${name}`]: { version: "1.0.0" } };
    const text = JSON.stringify({ name: "sample", lockfileVersion: 3, packages });
    return fetch(`${site.url}/api/v1/scans`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: JSON.stringify({ requestKey, files: [{ path: "package-lock.json", text }] }),
    });
  }

  test("the link printed at the start makes the first administrator, who hides, notes and reads everything", async () => {
    const link = /http\S+\/administrator\?token=\S+/.exec(site.said())![0];
    await viewer.goto(link);
    await expectAccessible(viewer);
    await press(viewer, "Become administrator");
    await viewer.getByText("You administer this instance").waitFor();
    await viewer.getByLabel("Name, address or website").fill("sample team");
    await press(viewer, "Find");
    await viewer.getByLabel("Hide from every public page").fill("A sample reason.");
    await press(viewer, "Hide it");
    await viewer.getByText("The company is hidden").waitFor();
    await expectAccessible(viewer);
    await owner.goto(site.url + HOME);
    await owner.getByText("A sample reason.").waitFor();
    await viewer.goto(`${site.url}/administrator/history`);
    await viewer.getByText("hid the company").waitFor();
    await expectAccessible(viewer);
    await owner.goto(link);
    await press(owner, "Become administrator");
    await refused(owner, "This link is not valid, or not any more.");
  }, 90_000);

  test("an account shows its sessions, is exported, and goes when nobody is left without an owner", async () => {
    await owner.goto(`${site.url}/account/me`);
    await expectAccessible(owner);
    await owner.getByText("Delete your account", { exact: true }).click();
    await owner.getByLabel("Your e-mail address").fill(OWNER);
    await press(owner, "Delete my account");
    await refused(owner, "You are the only owner of Sample Team (a sample).");
    await owner.goto(`${site.url}${HOME}/members`);
    await change(owner, VIEWER);
    await press(owner, "Hand the company over");
    await owner.getByText("The company was handed over").waitFor();
    await owner.goto(`${site.url}/account/me`);
    await owner.getByText("Delete your account", { exact: true }).click();
    await owner.getByLabel("Your e-mail address").fill(OWNER);
    await press(owner, "Delete my account");
    await owner.waitForURL(`${site.url}/`);
    await owner.getByRole("link", { name: "Sign in" }).first().waitFor();
    await viewer.goto(`${site.url}${HOME}/members`);
    await viewer.getByText("1 member.").waitFor();
  }, 90_000);

  test("no page complained, and nothing was asked of another host", () => {
    expect(watched.flatMap(({ complaints }) => complaints)).toEqual([]);
  });
});
