import fs from "node:fs";
import { createRequire } from "node:module";
import type axe from "axe-core";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { expect } from "vitest";
import type { MailServer } from "./mail-server.ts";

const PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/snap/bin/chromium",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
];

/** A Chromium of this machine: `CHROME_PATH`, else the usual places; undefined when there is none. */
export const chromePath: string | undefined = process.env.CHROME_PATH || PLACES.find((place) => fs.existsSync(place));

/**
 * Whether browser tests must be skipped, for `describe.skipIf(noBrowser)`; said loudly once per file.
 *
 * Under CI nothing is skipped: a missing browser fails there.
 */
export const noBrowser: boolean = !chromePath && !process.env.CI;
if (!chromePath)
  process.stderr.write(
    "\n*** NO CHROMIUM FOUND: browser tests cannot run. Install Chromium or set CHROME_PATH to one. ***\n\n",
  );

/** Starts Chromium, headless, without the calls home it makes by itself. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromePath ?? "chromium",
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** A page, and everything that went wrong on it: errors of scripts and console, and requests that left this machine. */
export type WatchedPage = { page: Page; complaints: string[] };

/** Opens a page in a context of its own (no cookies of another). `complaints` should be empty at the end of a test. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({ reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`script: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error")
      complaints.push(`console: ${message.text()} (${message.location().url || page.url()})`);
  });
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    const outside = protocol.startsWith("http") && !["localhost", "127.0.0.1"].includes(hostname);
    if (outside) complaints.push(`request to another host: ${request.url()}`);
  });
  return { page, complaints };
}

/** Opens the sign-in link of a mail and presses its button, as its reader does. */
export async function followSignInLink(page: Page, mail: string): Promise<void> {
  await page.goto(/https?:\/\/\S+/.exec(mail)![0]);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  // whoever goes on before the answer goes on as nobody
  await page.waitForURL(({ pathname }) => !pathname.startsWith("/sign-in"));
}

/** Signs in from a page that asks for the address: sends the form, reads the mail, follows its link. */
export async function signInByMail(page: Page, mail: MailServer, email: string): Promise<void> {
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await page.waitForURL(/\/sign-in\/sent/);
  const { text } = await mail.waitFor(email);
  await followSignInLink(page, text);
}

/** Registers a sample company on the page that asks for its pledge; its website is its address at `.example`. */
export async function registerSample(page: Page, name: string, developers: number): Promise<void> {
  const slug = name.toLowerCase().replaceAll(" ", "-");
  await page.getByLabel("Company", { exact: true }).fill(name);
  await page.getByLabel("Website").fill(`${slug}.example`);
  await page.getByLabel("Developers you employ").fill(String(developers));
  await page.getByLabel("Country").selectOption("IS");
  await page.getByRole("button", { name: "Register the pledge" }).click();
  await page.waitForURL(new RegExp(`/account/${slug}\\?registered`));
}

/** The sizes and themes every page must look right in. */
export const LOOKS = [1280, 390].flatMap((width) => (["light", "dark"] as const).map((theme) => ({ width, theme })));

const axeSource = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * Expects that axe finds nothing wrong on the page as it stands, in every look, and that nothing hangs over its side.
 *
 * Leaves the page at its first size and in its first theme.
 */
export async function expectAccessible(page: Page): Promise<void> {
  // on a move without a reload the title arrives with the page's data, a moment after its first words
  await page.waitForFunction(() => document.title !== "");
  for (const { width, theme } of [...LOOKS, LOOKS[0]!]) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme: theme });
    await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished)));
    const found = await violations(page);
    expect(found, `axe on ${page.url()} at ${width} px, ${theme}`).toEqual([]);
    const overhang = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overhang, `${page.url()} is wider than ${width} px`).toBeLessThanOrEqual(0);
  }
}

/** One line per violation: its rule, what it asks for, and the elements that break it. */
async function violations(page: Page): Promise<string[]> {
  // evaluated by the browser's debugger, which the page's Content-Security-Policy does not bind
  await page.evaluate(axeSource);
  const result = await page.evaluate(() => {
    const { axe: runner } = window as unknown as { axe: typeof axe };
    return runner.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
      resultTypes: ["violations"],
    });
  });
  return result.violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help} (${nodes.map((node) => `${node.target} ${node.any[0]?.message ?? ""}`).join("; ")})`,
  );
}
