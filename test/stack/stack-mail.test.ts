import "../support/database.ts";
import { beforeAll, expect, test } from "vitest";
import { stopMail } from "../../lib/mail/stop-store.ts";
import { hasStackMail, sendStackMails, setStackMail } from "../../lib/stack/stack-mail-store.ts";
import { keepScan } from "../../lib/stack/store.ts";
import { buildCompany, buildMember } from "../support/builders.ts";
import { queuedMail } from "../support/queued-mail.ts";

const day = (text: string) => new Date(`${text}T08:40:00Z`);

beforeAll(() => {
  process.env.AUTH_SECRET ||= "a secret of these tests and of nothing else";
});

async function scan(companyId: string, names: string[], on: string) {
  const packages = {
    "": {},
    ...Object.fromEntries(
      names.map((name) => [
        `node_modules/${name}`,
        { version: "1.0.0", ...(name.startsWith("paid") ? { funding: `https://github.com/sponsors/${name}` } : {}) },
      ]),
    ),
  };
  const files = new Map([["package-lock.json", JSON.stringify({ name: "sample", lockfileVersion: 3, packages })]]);
  await keepScan(companyId, files, { userId: null, requestKey: crypto.randomUUID(), now: day(on) });
}

test("who wants it is told once a month what changed, in counts; nobody else, and nothing when nothing changed", async () => {
  const { companyId, slug } = await buildCompany();
  const wants = await buildMember(companyId, "viewer");
  const quiet = await buildMember(companyId, "editor");
  await scan(companyId, ["paid-one", "stays"], "2026-01-10");
  await setStackMail(companyId, wants.id, true, day("2026-01-15"));
  expect(await sendStackMails(day("2026-02-01"))).toBe(0);
  await scan(companyId, ["stays", "secret-name", "paid-two"], "2026-02-10");
  expect(await sendStackMails(day("2026-03-01"))).toBe(1);
  expect(await sendStackMails(day("2026-03-01"))).toBe(0);
  expect(await sendStackMails(day("2026-04-01"))).toBe(0);
  const [mail, ...more] = await queuedMail(wants.email);
  expect(more).toEqual([]);
  expect(mail!.subject).toBe("Sample Tools (a sample): 2 packages came, 1 nobody can be paid for yet");
  expect(mail!.text).toContain("2 packages came into the stack of Sample Tools (a sample) and 1 package went");
  expect(mail!.text).toContain("People you stand on now: 1; no longer: 1.");
  expect(mail!.text).toContain(`/account/${slug}/scans/`);
  expect(mail!.text).not.toContain("secret-name");
  expect(await queuedMail(quiet.email)).toEqual([]);
  const token = new URL(mail!.unsubscribeUrl!).searchParams.get("token")!;
  expect(await stopMail(token)).toMatchObject({ kind: "stack" });
  expect(await hasStackMail(companyId, wants.id)).toBe(false);
  await scan(companyId, ["other"], "2026-04-10");
  expect(await sendStackMails(day("2026-05-01"))).toBe(0);
});
