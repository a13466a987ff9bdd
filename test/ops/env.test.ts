import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { readEnv, settingsTable, startRefusals } from "../../lib/env.ts";

const DATABASE_URL = "postgresql://someone:secret@db.example/tributary";
const AUTH_SECRET = "a".repeat(32);
const SMTP_URL = "smtp://mail.example:587";
const embedded = { TRIBUTARY_EMBEDDED: "1", DATABASE_URL, AUTH_SECRET };

test("the embedded site starts with no setting at all, and keeps mail at its local mailbox", () => {
  expect(startRefusals({ TRIBUTARY_EMBEDDED: "1" })).toEqual([]);
  expect(readEnv({ TRIBUTARY_EMBEDDED: "1" })).toMatchObject({ HOST: "127.0.0.1", PORT: 3000, localMailbox: true });
});

test("with a database of its own a start without mail server or secret is refused, each in one sentence", () => {
  const refusals = startRefusals({ DATABASE_URL });
  expect(refusals).toHaveLength(2);
  expect(refusals[0]).toMatch(/^AUTH_SECRET is not set: .* set it to 32 or more random characters\.$/);
  expect(refusals[1]).toMatch(/^SMTP_URL is not set: .* set it to your mail server\.$/);
  expect(startRefusals({ DATABASE_URL, AUTH_SECRET, SMTP_URL })).toEqual([]);
});

test("an empty variable counts as unset", () => {
  expect(startRefusals({ DATABASE_URL, AUTH_SECRET: "", SMTP_URL })).toEqual([
    expect.stringMatching(/^AUTH_SECRET is not set/),
  ]);
});

test("the local mailbox is never shown to the network", () => {
  expect(readEnv({ ...embedded, HOST: "0.0.0.0" }).localMailbox).toBe(false);
  expect(startRefusals({ ...embedded, HOST: "0.0.0.0" })).toEqual([
    expect.stringMatching(/^HOST is 0\.0\.0\.0, .*set SMTP_URL/),
  ]);
  expect(startRefusals({ ...embedded, HOST: "0.0.0.0", SMTP_URL })).toEqual([]);
});

test("the local mailbox gives way to a mail server, and exists only where the launcher says the database is embedded", () => {
  expect(readEnv({ ...embedded, SMTP_URL }).localMailbox).toBe(false);
  expect(readEnv({ DATABASE_URL, AUTH_SECRET }).localMailbox).toBe(false);
});

test.each([
  ["PORT", "http"],
  ["PORT", "70000"],
  ["DATABASE_URL", "mysql://db.example/x"],
  ["SMTP_URL", "mail.example"],
  ["APP_URL", "ftp://example.org"],
  ["AUTH_SECRET", "short"],
  ["ROLE", "everything"],
  ["DATABASE_POOL", "0"],
  ["CONTACT_EMAIL", "nobody"],
])("%s=%s is refused with a sentence that names it", (name, value) => {
  expect(startRefusals({ ...embedded, [name]: value })).toEqual([
    expect.stringMatching(new RegExp(`^${name} must .*\\.$`)),
  ]);
});

test("a GitHub application without its secret is refused", () => {
  expect(startRefusals({ ...embedded, GITHUB_CLIENT_ID: "x" })).toEqual([expect.stringMatching(/belong together/)]);
});

test("links lead to APP_URL without a slash at its end, or to this machine", () => {
  expect(readEnv({ APP_URL: "https://pledge.example/" }).appUrl).toBe("https://pledge.example");
  expect(readEnv({ PORT: "4000" }).appUrl).toBe("http://localhost:4000");
});

test("looking at one setting does not stumble over another", () => {
  expect(readEnv({ PORT: "nonsense" }).HOST).toBe("127.0.0.1");
  expect(() => readEnv({ PORT: "nonsense" }).PORT).toThrow(/^PORT must be a number\.$/);
});

const readme = path.resolve(import.meta.dirname, "../../README.md");

test.skipIf(!fs.existsSync(readme))("the README's table of settings is the schema's own", () => {
  expect(fs.readFileSync(readme, "utf8")).toContain(settingsTable());
});
