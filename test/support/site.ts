import crypto from "node:crypto";
import net from "node:net";
import { inject } from "vitest";
import { startNode } from "./child.ts";
import { type MailServer, startMailServer } from "./mail-server.ts";
import { newDatabase } from "./new-database.ts";

/** The real site: built, started by its own launcher with its worker, on a database and a mail server of its own. */
export type Site = {
  /** Its address, without a slash at the end. */
  url: string;
  databaseUrl: string;
  mail: MailServer;
  /** Everything the launcher, the site and the worker printed so far. */
  said: () => string;
  stop: () => Promise<void>;
};

// tests ask nobody outside: these addresses refuse at once, and a test that needs answers gives those of stand-ins
const NOWHERE = "http://127.0.0.1:9";
const NOBODY_OUTSIDE = {
  GITHUB_URL: NOWHERE,
  GITHUB_API_URL: NOWHERE,
  GITHUB_TOKEN: "",
  ECOSYSTEMS_URL: NOWHERE,
  DEPS_DEV_URL: NOWHERE,
  OPEN_COLLECTIVE_URL: NOWHERE,
  NPM_REGISTRY_URL: NOWHERE,
  FUNDING_PAGES: "no",
};

/**
 * Starts the site and waits until its first page answers. Built once per run, however many files ask.
 *
 * The public facts are seeded as at any first start. Call `stop` in `afterAll`, and give `beforeAll` two minutes: the
 * first to ask waits for the build.
 *
 * @param env settings over those of the tests
 */
export async function startSite(env: Record<string, string> = {}): Promise<Site> {
  const desk = inject("databaseDesk");
  const built = await fetch(`${desk}/build`);
  if (!built.ok) throw new Error(await built.text());
  const [databaseUrl, mail, port] = await Promise.all([newDatabase(desk), startMailServer(), freePort()]);
  const url = `http://localhost:${port}`;
  const child = startNode(["lib/ops/start.mjs", "--built"], {
    DATABASE_URL: databaseUrl,
    SMTP_URL: mail.url,
    AUTH_SECRET: crypto.randomBytes(32).toString("hex"),
    APP_URL: url,
    HOST: "127.0.0.1",
    PORT: String(port),
    // the launcher then stops when its parent does: a killed test run leaves nothing behind
    npm_lifecycle_event: "start",
    ...NOBODY_OUTSIDE,
    ...env,
  });
  const ended = child.ended.then((code) => {
    throw new Error(`The site ended (${code}):\n${child.said()}`);
  });
  ended.catch(() => {});
  await Promise.race([firstPage(url, child.said), ended]);
  return {
    url,
    databaseUrl,
    mail,
    said: child.said,
    stop: async () => {
      child.process.kill("SIGTERM");
      await child.ended;
      await mail.close();
    },
  };
}

async function firstPage(url: string, said: () => string): Promise<void> {
  const until = Date.now() + 60_000;
  for (;;) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    if (Date.now() > until) throw new Error(`The first page answers ${answer?.status ?? "nothing"}:\n${said()}`);
    await new Promise((wait) => setTimeout(wait, 100));
  }
}

/** Finds a port of loopback that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
