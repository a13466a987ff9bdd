import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startFakes } from "../fakes/start-all.ts";
import { sampleWorld } from "../fakes/world.ts";
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

const EMAIL = "asker@sample-asking.example";

/** A lockfile of a company that has a registry of its own, with as many packages of others as asked for. */
function lockfile(prefix: string, count: number) {
  const packages: Record<string, object> = {
    "": { name: "@acme/site", version: "1.0.0", dependencies: { "@acme/secret": "1.0.0", [`${prefix}-0`]: "1.0.0" } },
    "node_modules/@acme/secret": { version: "1.0.0", resolved: "https://npm.acme.example/@acme/secret-1.0.0.tgz" },
    "node_modules/@acme/open": {
      version: "1.0.0",
      resolved: "https://registry.npm.example/@acme/open/-/open-1.0.0.tgz",
    },
  };
  for (let i = 0; i < count; i++) {
    const name = `${prefix}-${i}`;
    const resolved = `https://registry.npm.example/${name}/-/${name}-1.0.0.tgz`;
    const dependencies = i + 1 < count ? { [`${prefix}-${i + 1}`]: "1.0.0" } : {};
    packages[`node_modules/${name}`] = { version: "1.0.0", resolved, dependencies };
  }
  const text = JSON.stringify({ name: "@acme/site", version: "1.0.0", lockfileVersion: 3, packages });
  return { name: "package-lock.json", mimeType: "application/json", buffer: Buffer.from(text) };
}

describe.skipIf(noBrowser)("asking outside who can be paid", () => {
  let fakes: Awaited<ReturnType<typeof startFakes>>;
  let site: Site;
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;

  beforeAll(async () => {
    fakes = await startFakes(sampleWorld(), { delayMs: 60 });
    [site, browser] = await Promise.all([startSite(fakes.settings), openBrowser()]);
    watched = await openPage(browser, { viewport: { width: 1280, height: 800 } });
    page = watched.page;
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await site?.stop();
    await fakes?.close();
  });

  const parties = () => Object.values(fakes).filter((fake) => typeof fake === "object" && "seen" in fake);
  const askedText = () =>
    parties()
      .flatMap(({ seen }) => seen.map(({ path, body }) => path + body))
      .join("\n");
  const offered = async () => (await page.getByLabel(/names and versions$/).inputValue()).split("\n");
  const drop = async (file: ReturnType<typeof lockfile>) => {
    await page.goto(`${site.url}/scan`);
    // a person's button does nothing before React has it; a file set past the button would be lost
    const picker = page.getByLabel("Choose lockfiles");
    await expect
      .poll(() => picker.evaluate((input) => Object.keys(input).some((key) => key.startsWith("__reactProps"))), {
        timeout: 20_000,
      })
      .toBe(true);
    await picker.setInputFiles(file);
    await page.getByRole("button", { name: "Ask outside who else can be paid" }).click();
    await page.getByRole("button", { name: /^Agree and ask/ }).waitFor();
  };
  const agree = () => page.getByRole("button", { name: /^Agree and ask/ }).click();
  /** Found, absent, failed and not asked, as the page counts them, and out of how many. */
  const ends = async () => {
    const counts = await page.locator("section[aria-labelledby=ends] dd strong").allInnerTexts();
    return counts.map((text) => Number(text.replaceAll(",", "")));
  };

  test("shows every name that would be sent, keeps back what may be secret, and sends nothing before", async () => {
    const sent: string[] = [];
    page.on("request", (request) => request.method() === "POST" && sent.push(request.url()));
    await drop(lockfile("alpha", 120));
    expect(await offered()).toHaveLength(120);
    expect((await offered()).join()).not.toContain("acme");
    await page.getByText("2 names stay in this browser").waitFor();
    await page.getByText("comes from another registry or straight from a repository").waitFor();
    await page.getByText("shares its scope with packages of your own").waitFor();
    await expectAccessible(page);
    await page.getByRole("checkbox", { name: /@acme\/open/ }).check();
    await expect.poll(offered).toHaveLength(121);
    await page.getByLabel("Scopes you keep private").fill("@acme");
    await page.getByRole("checkbox", { name: /@acme\/open/ }).uncheck();
    await page.getByText("belongs to a scope you keep private").first().waitFor();
    expect(sent).toEqual([]);
    expect(askedText()).toBe("");
  }, 60_000);

  test("sends exactly those names once agreed, and puts the answers together in the browser", async () => {
    const names = await offered();
    const [request] = await Promise.all([page.waitForRequest((one) => one.method() === "POST"), agree()]);
    const { packages } = request.postDataJSON() as { packages: { purl: string }[] };
    expect(packages.map(({ purl }) => purl.replace("pkg:npm/", "").replace("@", " "))).toEqual(names);
    await page.getByRole("heading", { name: /^Asked on/ }).waitFor({ timeout: 40_000 });
    await page.getByRole("heading", { name: "How the search ended for each package" }).waitFor();
    const [found, absent, failed, unasked] = await ends();
    expect(found! + absent! + failed! + unasked!).toBe(122);
    expect(found).toBeGreaterThan(40);
    expect([failed, unasked]).toEqual([0, 2]);
    expect(askedText()).not.toContain("acme");
    await page.getByText("CC BY-SA 4.0").waitFor();
    await page.getByText("Takes money, seen").first().waitFor();
    await page.getByText("Where and when this was learned").first().click();
    await page
      .getByText(/^(GitHub|ecosyste\.ms), /)
      .first()
      .waitFor();
    await expectAccessible(page);
    await page.reload();
    await page.getByRole("heading", { name: /^Asked on/ }).waitFor();
    expect(await ends()).toEqual([found, absent, failed, unasked]);
    await page.getByRole("link", { name: "Make a plan" }).click();
    await page
      .getByText(/^Sample \d+$/)
      .first()
      .waitFor();
  }, 90_000);

  test("asking a second time asks nobody outside", async () => {
    const before = askedText().length;
    await drop(lockfile("alpha", 120));
    await agree();
    await page.getByRole("heading", { name: /^Asked on/ }).waitFor({ timeout: 20_000 });
    await page.getByText("Who was asked, and who answered").click();
    expect(askedText().length).toBe(before);
  }, 60_000);

  test("with every party outside down the page works, says who did not answer, and when they are asked again", async () => {
    for (const party of parties()) party.trouble({ status: 503, times: 500 });
    await drop(lockfile("beta", 30));
    await agree();
    await page.getByText(/Asked again at \d\d:\d\d UTC/).waitFor({ timeout: 20_000 });
    await expectAccessible(page);
    await page.getByRole("heading", { level: 1, name: /^32 packages/ }).waitFor();
    await page.getByRole("link", { name: "Make a plan" }).waitFor();
  }, 60_000);

  test("keeping a scan tells what will be asked, begins it, and shows it without JavaScript too", async () => {
    await page.goto(`${site.url}/account/keep`);
    await signInByMail(page, site.mail, EMAIL);
    await page.goto(`${site.url}/account/register`);
    await registerSample(page, "Sample Asking", 3);
    await page.goto(`${site.url}/account/keep`);
    await page.getByText("30 names would be sent, 2 stay").click();
    await expectAccessible(page);
    await page.getByRole("button", { name: /^Send and keep/ }).click();
    await page.waitForURL(/scans\/[\w-]+\?kept/);
    await page.getByText(/Asked again at/).waitFor({ timeout: 20_000 });
    await expectAccessible(page);
    const plain = await openPage(browser, {
      javaScriptEnabled: false,
      storageState: await page.context().storageState(),
    });
    await plain.page.goto(page.url());
    await plain.page.getByText(/Asking, step 1 of/).waitFor();
    expect(await plain.page.locator("noscript meta[http-equiv=refresh], meta[http-equiv=refresh]").count()).toBe(1);
    await plain.page.context().close();
  }, 90_000);

  test("when the parties are back, the page of the scan shows the answers by itself", async () => {
    for (const party of parties()) party.heal();
    await page.getByRole("heading", { name: /^Asked on/ }).waitFor({ timeout: 60_000 });
    const [found, absent, failed, unasked] = await ends();
    expect(found! + absent! + failed! + unasked!).toBe(32);
    expect([failed, unasked]).toEqual([0, 2]);
    await page.getByText("Ask again, or about names that stayed here").click();
    await page.getByRole("checkbox", { name: /@acme\/open/ }).waitFor();
    await expectAccessible(page);
  }, 90_000);

  test("progress is a stream that nobody on the way may gather, and only the company's own", async () => {
    const { slug, id } = /account\/(?<slug>[^/]+)\/scans\/(?<id>[\w-]+)/.exec(page.url())!.groups!;
    const address = `${site.url}/api/v1/companies/${slug}/scans/${id}/progress`;
    const cookies = await page.context().cookies();
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
    const own = await fetch(address, { headers: { cookie } });
    expect(own.headers.get("content-type")).toContain("text/event-stream");
    expect(own.headers.get("cache-control")).toContain("no-transform");
    expect(await own.text()).toMatch(/^retry: \d+\ndata: \{.*"state":"finished"/);
    expect((await fetch(address)).status).toBe(401);
    const other = await fetch(address.replace(id!, crypto.randomUUID()), { headers: { cookie } });
    expect(other.status).toBe(404);
  });

  test("a visitor cannot watch a company's run or one that is not there, and is told why", async () => {
    for (const end of ["progress", "answers"]) {
      const answer = await fetch(`${site.url}/api/v1/asking/${crypto.randomUUID()}/${end}`);
      expect(answer.status).toBe(404);
      expect(((await answer.json()) as { detail: string }).detail).toMatch(/forgotten after a week/);
    }
  });

  test("a network that asks too often is told when to come back", async () => {
    const ask = () =>
      fetch(`${site.url}/api/v1/asking`, {
        method: "POST",
        headers: { "content-type": "application/json", origin: site.url, "x-forwarded-for": "192.0.2.7" },
        body: JSON.stringify({ requestKey: "the-same-key", packages: [{ purl: "pkg:npm/alpha-1@1.0.0" }] }),
      });
    const statuses: number[] = [];
    for (let i = 0; i < 10; i++) statuses.push((await ask()).status);
    expect(new Set(statuses)).toEqual(new Set([201]));
    const refused = await ask();
    expect(refused.status).toBe(429);
    expect(((await refused.json()) as { detail: string }).detail).toMatch(/try again in \d+ minutes/);
  });

  test("no page complained, and no page asked another host", () => {
    expect(watched.complaints).toEqual([]);
  });
});
