import http from "node:http";
import type { AddressInfo } from "node:net";
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
import { bankExport, collectiveExport, euroRatesXml, githubReport, thanksDevDonors } from "../support/mixed-rails.ts";
import { type Site, startSite } from "../support/site.ts";

const EMAIL = "finance@sample-rails.example";
const HOME = "/account/sample-rails";

/** A file as a browser's picker hands it over. */
const file = (name: string, text: string) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });

/**
 * A new user with the files of four rails: from an empty ledger to a published report, corrected and withdrawn, without
 * typing a payment.
 */
describe.skipIf(noBrowser)("from files to a published report", () => {
  let site: Site;
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;
  let bank: http.Server;

  beforeAll(async () => {
    bank = http.createServer((_, response) => response.end(euroRatesXml())).listen(0, "127.0.0.1");
    await new Promise((listening) => bank.once("listening", listening));
    const rates = `http://127.0.0.1:${(bank.address() as AddressInfo).port}`;
    [site, browser] = await Promise.all([startSite({ FX_URL: rates }), openBrowser()]);
    watched = await openPage(browser, { viewport: { width: 1280, height: 900 } });
    page = watched.page;
    page.setDefaultTimeout(8_000);
    // the console says that something was missing, and not what
    page.on("response", (response) => {
      if (response.status() >= 400) watched.complaints.push(`${response.status()} ${response.url()}`);
    });
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await site?.stop();
    bank?.close();
  });

  const open = (path: string) => page.goto(site.url + path);
  const press = (name: string | RegExp) => page.getByRole("button", { name }).click();
  const said = () => page.getByRole("status").innerText();

  test("somebody registers a company", async () => {
    await open("/account/register");
    await signInByMail(page, site.mail, EMAIL);
    await registerSample(page, "Sample Rails", 12);
  }, 60_000);

  test("four files are taken in at once and each is shown before anything is written", async () => {
    await open(`${HOME}/payments`);
    await page.getByRole("link", { name: "Import files" }).click();
    await page
      .getByLabel("Files of payments")
      .setInputFiles([
        file("thanks.json", thanksDevDonors()),
        file("bank.csv", bankExport()),
        file("collective.csv", collectiveExport()),
        file("github.csv", githubReport()),
      ]);
    await press("Look at what it says");
    await page.getByRole("heading", { name: "4 files wait for you" }).waitFor();
    await expectAccessible(page);
    await open(`${HOME}/payments`);
    await page.getByText("Nothing is recorded yet").waitFor();
  }, 60_000);

  test("files whose shape is known need no question, and the next one follows", async () => {
    await open(`${HOME}/payments/import`);
    await page.getByRole("link", { name: "github.csv" }).click();
    await page.getByRole("heading", { name: "253 new payments, $14,440.00" }).waitFor();
    await press("Add 253 payments");
    await page.waitForURL(/added=253/);
    await open(`${HOME}/payments/import`);
    await page.getByRole("link", { name: "collective.csv" }).click();
    await page.getByText("36 lines left out: fees, tips and other movements.").waitFor();
    await press("Add 73 payments");
    await page.waitForURL(/added=73/);
  }, 60_000);

  test("any CSV is read by columns that somebody looks over, and remembered", async () => {
    await open(`${HOME}/payments/import`);
    await page.getByRole("link", { name: "bank.csv" }).click();
    await page.getByRole("heading", { name: "Which column is what?" }).waitFor();
    expect(await page.getByLabel("Who was paid").inputValue()).toBe("Empfänger");
    expect(await page.getByLabel("Numbers are written").inputValue()).toBe(",");
    await page.getByLabel("Currency where no column says it").fill("E1");
    await press("Use these columns");
    await page.getByRole("alert").filter({ hasText: "Currency where no column says it:" }).waitFor();
    await expectAccessible(page);
    await page.getByLabel("Currency where no column says it").fill("EUR");
    await page.getByLabel("Paid through").selectOption("bank-transfer");
    await page.getByLabel("Keep these columns as").fill("Our bank");
    await press("Use these columns");
    await page.getByRole("heading", { name: "12 new payments, €234,000.00" }).waitFor();
    await page.getByRole("button", { name: "Add 12 payments" }).click();
    await page.waitForURL(/added=12/);
    await page.getByLabel("Who was paid").fill("Sample Library");
    await page.getByLabel("Your account there").fill("sample-co");
    await press("Show its lines");
    await page.getByRole("heading", { name: /36 new payments/ }).waitFor();
    await press("Add 36 payments");
    await page.waitForURL(/imported=36/);
  }, 60_000);

  test("the same file again adds nothing, and reads itself", async () => {
    await open(`${HOME}/payments/import`);
    await page.getByLabel("Files of payments").setInputFiles(file("bank again.csv", bankExport()));
    await press("Look at what it says");
    await page.getByRole("heading", { name: "Nothing new in this file" }).waitFor();
    await page.getByText(/Read with your saved columns “Our bank”/).waitFor();
    await press("Discard the file");
    await page.getByText("Discarded.").waitFor();
  }, 60_000);

  test("what is no file of payments is refused where it was dropped", async () => {
    await page.getByLabel("Files of payments").setInputFiles(file("picture.png", "\u0089PNG\u0000\u0000"));
    await press("Look at what it says");
    await page.getByRole("alert").filter({ hasText: "This is not a text file." }).waitFor();
  }, 60_000);

  test("euros get their dollars at the bank's rate of the day", async () => {
    await open(`${HOME}/payments`);
    await page.getByText("12 payments have no dollar amount yet").waitFor();
    await expectAccessible(page);
    await press(/European Central Bank/);
    await page.waitForURL(/converted=12/);
    await page.getByRole("link", { name: "Sample Foundation e.V." }).first().click();
    await page.getByText(/dollars for 1 EUR, ECB reference rate of/).waitFor();
    await expectAccessible(page);
  }, 60_000);

  test("the same dollar twice is left out unless somebody says it is another one", async () => {
    await open(`${HOME}/payments/import`);
    await page.getByText("Paste text instead").click();
    await page
      .getByLabel("Text of a file")
      .fill(
        "Date,Payee,Amount\n2025-03-18,Sample Collective,250\n2025-04-18,Sample Collective,250\nnever,Nobody,1\n2025-05-01,Sample Conference,1200.50\n",
      );
    await press("Look at what it says");
    await press("Use these columns");
    await page.getByText("Line 4:").waitFor();
    await page.getByText("2 rows look like a payment you already have").waitFor();
    await expectAccessible(page);
    await page.getByRole("checkbox", { name: /Line 3/ }).check();
    await press("Add the payments");
    await page.waitForURL(/imported=2&skipped=1/);
    await open(`${HOME}/payments/twins`);
    await page.getByText("No two payments look like one.").waitFor();
  }, 60_000);

  test("a payment counts by a rule, with the note of whoever chose it, and keeps a document", async () => {
    await open(`${HOME}/payments?year=2025-12-31&page=2`);
    await page.getByRole("link", { name: "Sample Conference" }).click();
    await page.getByText("Choose another rule").click();
    await page.getByLabel("Rule", { exact: true }).selectOption("mixed-benefit");
    await page.getByLabel("Why this rule").fill("A booth for $700");
    await press("Save the rule");
    await page.getByRole("alert").filter({ hasText: "Say how much of it counts" }).waitFor();
    await page.getByLabel("The part that counts").fill("500.50");
    await press("Save the rule");
    await page.waitForURL(/saved=yes/);
    await page.getByText("It counts in part.").waitFor();
    await page.getByText("Keep a private document").click();
    await page
      .getByLabel("Receipt or invoice")
      .setInputFiles({ name: "invoice.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7 a sample") });
    await press("Keep the document");
    await page.getByText("Grade D.").waitFor();
    await page.getByText("A booth for $700").first().waitFor();
    await expectAccessible(page);
  }, 60_000);

  test("developers are averaged from dated snapshots and the report needs no typed figure", async () => {
    for (const [fromOn, developers] of [
      ["2022-06-01", "9"],
      ["2025-07-01", "12.5"],
    ] as const) {
      await open(`${HOME}/report/headcount`);
      await page.getByLabel("From this day on").fill(fromOn);
      await page.getByLabel("Developers employed").fill(developers);
      await press("Save the snapshot");
      await page.waitForURL(/saved=yes/);
    }
    await page.getByText("181 days of 9, 184 days of 12.5").waitFor();
    await expectAccessible(page);
    await open(`${HOME}/report/2025-12-31`);
    await expectAccessible(page);
    await press("Publish the report");
    await page.waitForURL(/published=yes/);
    await page.getByRole("heading", { name: /for each of 10.76 developers/ }).waitFor();
    await page.getByText("Payment with something in return.").waitFor();
    await expectAccessible(page);
  }, 60_000);

  test("small payees are published together, and the correction says what it changed", async () => {
    const total = /paid (\$[\d,.]+)/.exec(await page.locator("main").innerText())![1]!;
    await open(`${HOME}/report/2025-12-31`);
    await page.getByLabel("What is published of the payments").selectOption("below");
    await page.getByLabel("Payees are small below").fill("1,000");
    await press("Save the draft");
    await page.waitForURL(/saved=yes/);
    await page.getByLabel("What this version corrects").fill("Small payees are shown together.");
    await press("Publish the correction");
    await page.waitForURL(/published=yes/);
    await page.getByRole("heading", { name: "What this version changed" }).waitFor();
    expect(await page.locator("main").innerText()).toContain(`paid ${total}`);
    await expectAccessible(page);
  }, 60_000);

  test("the files for the Open Source Pledge stand at addresses that stay", async () => {
    const read = async (name: string) => (await fetch(`${site.url}/companies/sample-rails/${name}`)).json();
    const v2 = (await read("open-source-pledge.json")) as { annualReports: { usdAmountPaid: number }[] };
    const v1 = (await read("open-source-pledge-v1.json")) as { annualReports: { payments: number }[] };
    expect(v2.annualReports).toHaveLength(1);
    expect(v1.annualReports[0]!.payments).toBe(v2.annualReports[0]!.usdAmountPaid);
    await open("/rules");
    await expectAccessible(page);
  }, 60_000);

  test("years published elsewhere are looked at, then taken", async () => {
    await open(`${HOME}/report/history`);
    await expectAccessible(page);
    await page.getByText("Or paste its text").click();
    const member = {
      name: "Sample Rails",
      annualReports: [{ dateYearEnding: "2022-12-31", averageNumberOfDevs: 8, payments: 16000.5 }],
    };
    await page.getByLabel("Text of the file").fill(JSON.stringify(member));
    await press("Look at what it says");
    await page.getByRole("heading", { name: "One report of Sample Rails" }).waitFor();
    await press("Take these into your history");
    await page.waitForURL(/added=1/);
    expect(await said()).toContain("1 report added");
  }, 60_000);

  test("a withdrawn report leaves a tombstone with its reason", async () => {
    await open(`${HOME}/report/2025-12-31`);
    await page.getByText("Withdraw the published report").click();
    await page.getByLabel("Why it is withdrawn").fill("A sample of withdrawing.");
    await press("Withdraw the report");
    await page.getByRole("heading", { name: "This report was withdrawn" }).waitFor();
    await page.getByText("A sample of withdrawing.").waitFor();
    await page.getByText(/withdrawn on [A-Z][a-z]+ \d+, \d{4}\. Its figures/).waitFor();
    await expectAccessible(page);
  }, 60_000);

  test("importing works without JavaScript", async () => {
    const plain = await browser.newContext({
      javaScriptEnabled: false,
      storageState: await page.context().storageState(),
    });
    const quiet = await plain.newPage();
    await quiet.goto(`${site.url}${HOME}/payments/import`);
    await quiet
      .getByLabel("Files of payments")
      .setInputFiles(file("plain.csv", "Date,Payee,Amount\n2025-09-09,No Script Needed,12.34\n"));
    await quiet.getByRole("button", { name: "Look at what it says" }).click();
    await quiet.getByRole("button", { name: "Use these columns" }).click();
    await quiet.getByRole("button", { name: "Add 1 payment" }).click();
    await quiet.waitForURL(/imported=1/);
    await plain.close();
  }, 60_000);

  test("no page complained, and nothing was asked of another host", () => {
    expect(watched.complaints).toEqual([]);
  });
});
