import "../support/database.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { GET, POST } from "../../app/reminders/stop/now/route.ts";
import { sendMail } from "../../lib/mail/send.ts";
import { findMailStop, stopMail } from "../../lib/mail/stop-store.ts";
import { readStopToken, stopLinks, stopToken } from "../../lib/mail/stop-token.ts";
import { hasReminders } from "../../lib/pledge/reminder-store.ts";
import { hasStackMail, setStackMail } from "../../lib/stack/stack-mail-store.ts";
import { buildCompany } from "../support/builders.ts";
import { type MailServer, startMailServer } from "../support/mail-server.ts";

let server: MailServer;
beforeAll(async () => {
  server = await startMailServer();
  process.env.AUTH_SECRET = "a secret of this test and of nothing else";
  process.env.SMTP_URL = server.url;
});
afterAll(() => server.close());

/** What a mail program sends when its reader presses "unsubscribe": RFC 8058, section 3.2. */
const oneClick = (url: string) =>
  POST(new Request(url, { method: "POST", body: new URLSearchParams({ "List-Unsubscribe": "One-Click" }) }));

describe("a mail that comes by itself", () => {
  test("names the address of one POST in its head, whole and unchanged, as RFC 8058 asks for", async () => {
    const { companyId, ownerId } = await buildCompany();
    const { oneClick: unsubscribeUrl } = stopLinks({ kind: "reminders", companyId, userId: ownerId });
    await sendMail({ to: "one@sample.example", subject: "Sample", text: "Sample", unsubscribeUrl }, "a-sample");
    const { headers } = await server.waitFor("one@sample.example");
    expect(headers.get("list-unsubscribe")).toBe(`<${unsubscribeUrl}>`);
    expect(headers.get("list-unsubscribe-post")).toBe("List-Unsubscribe=One-Click");
  });

  test("and one that was asked for, such as a sign-in link, has no such head", async () => {
    await sendMail({ to: "two@sample.example", subject: "Sample", text: "Sample" }, "another-sample");
    expect((await server.waitFor("two@sample.example")).headers.has("list-unsubscribe")).toBe(false);
  });

  test("stops by that POST, and by no GET", async () => {
    const { companyId, ownerId } = await buildCompany();
    await setStackMail(companyId, ownerId, true, new Date());
    for (const kind of ["reminders", "stack"] as const) {
      const links = stopLinks({ kind, companyId, userId: ownerId });
      const opened = GET(new Request(links.oneClick));
      expect([opened.status, opened.headers.get("location")]).toEqual([303, links.page.replace(/^.*?(?=\/rem)/, "")]);
      expect([await hasReminders(companyId, ownerId), await hasStackMail(companyId, ownerId)]).toEqual([
        kind === "reminders",
        true,
      ]);
      expect((await oneClick(links.oneClick)).status).toBe(200);
      expect((await oneClick(links.oneClick)).status).toBe(200);
    }
    expect([await hasReminders(companyId, ownerId), await hasStackMail(companyId, ownerId)]).toEqual([false, false]);
  });
});

describe("a link we did not sign", () => {
  test("stops nothing", async () => {
    const { companyId, ownerId } = await buildCompany();
    const forged = `${companyId}.${ownerId}.forged`;
    await expect(stopMail(forged)).rejects.toMatchObject({ code: "not_found" });
    expect(await findMailStop(forged)).toBeNull();
    expect((await oneClick(`http://localhost/reminders/stop/now?token=${forged}`)).status).toBe(404);
    expect(await hasReminders(companyId, ownerId)).toBe(true);
  });

  test("is told apart from ours by its secret, its company and its kind of mail", () => {
    const stop = { kind: "stack", companyId: "company", userId: "user" } as const;
    const token = stopToken(stop, "s".repeat(32));
    expect(readStopToken(token, "s".repeat(32))).toEqual(stop);
    expect(readStopToken(token, "t".repeat(32))).toBeNull();
    expect(readStopToken(token.replace("company", "other"), "s".repeat(32))).toBeNull();
    expect(readStopToken("", "s".repeat(32))).toBeNull();
  });
});
