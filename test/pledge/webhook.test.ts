import "../support/database.ts";
import { beforeAll, describe, expect, test } from "vitest";
import { db } from "../../lib/db.ts";
import { sendReminders } from "../../lib/pledge/reminder-store.ts";
import { signWebhook, verifyWebhook, type WebhookEvent } from "../../lib/pledge/webhook.ts";
import { announce, deliver, findWebhook, setWebhook } from "../../lib/pledge/webhook-store.ts";
import { buildCompany } from "../support/builders.ts";

const now = new Date("2026-08-03T09:00:00Z");

beforeAll(() => {
  process.env.AUTH_SECRET = "a secret of this test and of nothing else";
});

const waiting = async (companyId: string) => {
  const rows = await db.$queryRaw<{ payload: { event: WebhookEvent } }[]>`
    select j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where t.identifier = 'deliver-webhook' and j.payload->>'companyId' = ${companyId}`;
  return rows.map(({ payload }) => payload.event);
};

describe("a signature", () => {
  const body = '{"id":"1"}';
  const signature = signWebhook(body, "secret", now.getTime() / 1000);

  test("holds for that body, that secret, and five minutes", () => {
    expect(verifyWebhook(body, signature, "secret", now)).toBe(true);
    expect(verifyWebhook(`${body} `, signature, "secret", now)).toBe(false);
    expect(verifyWebhook(body, signature, "other", now)).toBe(false);
    expect(verifyWebhook(body, signature, "secret", new Date(now.getTime() + 301_000))).toBe(false);
    expect(verifyWebhook(body, "", "secret", now)).toBe(false);
    expect(verifyWebhook(body, signature.replace(/t=\d+/, "t=1"), "secret", now)).toBe(false);
  });
});

describe("a company's webhook", () => {
  test("is https, has a new secret each time, and names only its host in the history", async () => {
    const { companyId, ownerId: userId } = await buildCompany();
    for (const address of [
      "http://acme.example/hook",
      "https://127.0.0.1/hook",
      "https://localhost/hook",
      "ftp://acme.example",
    ])
      await expect(setWebhook(companyId, address, { userId, now })).rejects.toMatchObject({
        fields: { url: expect.any(String) },
      });
    await setWebhook(companyId, "https://acme.example/hook?key=theirs", { userId, now });
    const first = await findWebhook(companyId);
    await setWebhook(companyId, "https://acme.example/hook?key=theirs", { userId, now });
    expect((await findWebhook(companyId))!.secret).not.toBe(first!.secret);
    expect(JSON.stringify(await db.auditEntry.findMany({ where: { companyId } }))).not.toContain("theirs");
    await setWebhook(companyId, "", { userId, now });
    expect(await findWebhook(companyId)).toBeNull();
    await announce(companyId, "test", {}, now);
    expect(await waiting(companyId)).toEqual([]);
  });

  test("is told of a reminder once, signed so that it can be checked", async () => {
    const { companyId, slug, ownerId: userId } = await buildCompany({ now: new Date("2025-08-03T09:00:00Z") });
    await setWebhook(companyId, "https://acme.example/hook", { userId, now });
    await sendReminders(now);
    await sendReminders(now);
    const [event, ...more] = await waiting(companyId);
    expect(event).toMatchObject({
      kind: "reminder",
      company: { slug },
      data: { kind: "today", overdueOn: "2026-08-03" },
    });
    expect(more).toEqual([]);
    const { secret } = (await findWebhook(companyId))!;
    await deliver(companyId, event!, now, async (url, body, signature) => {
      expect(url).toBe("https://acme.example/hook");
      expect(JSON.parse(body)).toEqual(event);
      expect(verifyWebhook(body, signature, secret, now)).toBe(true);
      return { kind: "taken" };
    });
    expect((await findWebhook(companyId))!.lastFinding).toBe("The last delivery was taken.");
  });

  test("is tried again after an outage, not after a refusal, and says how it went", async () => {
    const { companyId, ownerId: userId } = await buildCompany();
    await setWebhook(companyId, "https://acme.example/hook", { userId, now });
    await announce(companyId, "test", {}, now);
    const [event] = await waiting(companyId);
    const answer = (kind: "failed" | "refused") => async () => ({ kind, reason: `It was ${kind}.` });
    await expect(deliver(companyId, event!, now, answer("failed"))).rejects.toThrow("It was failed.");
    await deliver(companyId, event!, now, answer("refused"));
    expect((await findWebhook(companyId))!.lastFinding).toBe("It was refused.");
  });

  test("never reaches an address inside the network", async () => {
    const { companyId } = await buildCompany();
    await db.company.update({
      where: { id: companyId },
      data: { webhookUrl: "https://127.0.0.1:9/x", webhookSecret: "s" },
    });
    const event: WebhookEvent = {
      id: "1",
      kind: "test",
      at: now.toISOString(),
      company: { slug: "x", name: "X" },
      data: {},
    };
    await deliver(companyId, event, now);
    expect((await findWebhook(companyId))!.lastFinding).toMatch(/\S/);
  });
});
