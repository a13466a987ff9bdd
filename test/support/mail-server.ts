import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

/** One mail as it arrived, decoded. */
export type ReceivedMail = {
  from: string;
  to: string[];
  subject: string;
  messageId: string;
  text: string;
  /** By name in lower case, unfolded. */
  headers: ReadonlyMap<string, string>;
};

/** A real SMTP server on loopback and what it received so far. */
export type MailServer = {
  /** For `SMTP_URL`. */
  url: string;
  mails: ReceivedMail[];
  /** Waits for a mail to this address, among those that arrived already or will. */
  waitFor: (to: string, timeoutMs?: number) => Promise<ReceivedMail>;
  close: () => Promise<void>;
};

/**
 * Starts an SMTP server that takes every mail.
 *
 * @param beforeTaking runs when a mail has arrived and its sender still waits: await in it to keep the sender waiting, throw to refuse
 */
export async function startMailServer(
  beforeTaking: (mail: ReceivedMail) => Promise<void> | void = () => {},
): Promise<MailServer> {
  const mails: ReceivedMail[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, session, done) {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", async () => {
        const { mailFrom, rcptTo } = session.envelope;
        const to = rcptTo.map(({ address }) => address);
        const mail = {
          from: mailFrom ? mailFrom.address : "",
          to,
          ...readMessage(Buffer.concat(parts).toString("latin1")),
        };
        try {
          await beforeTaking(mail);
          mails.push(mail);
          done();
        } catch (error) {
          done(error as Error);
        }
      });
    },
  });
  // a sender that is killed in the middle of a mail is part of what is tested
  server.on("error", () => {});
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    mails,
    async waitFor(to, timeoutMs = 10_000) {
      const until = Date.now() + timeoutMs;
      for (;;) {
        const found = mails.find((mail) => mail.to.includes(to));
        if (found) return found;
        if (Date.now() > until)
          throw new Error(`No mail to ${to} within ${timeoutMs} ms; arrived: ${JSON.stringify(mails)}`);
        await new Promise((wait) => setTimeout(wait, 20));
      }
    },
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}

/** Reads a one-part message, which is all we send. */
function readMessage(raw: string): Pick<ReceivedMail, "subject" | "messageId" | "text" | "headers"> {
  const split = raw.indexOf("\r\n\r\n");
  const headers = new Map<string, string>();
  for (const line of raw
    .slice(0, split)
    .replace(/\r\n[ \t]+/g, " ")
    .split("\r\n")) {
    const [, name = "", value = ""] = /^([^:]+):\s*(.*)$/.exec(line) ?? [];
    headers.set(name.toLowerCase(), value);
  }
  return {
    headers,
    subject: decodeWords(headers.get("subject") ?? ""),
    messageId: headers.get("message-id") ?? "",
    text: decodeBody(raw.slice(split + 4), headers.get("content-transfer-encoding") ?? "7bit").replaceAll("\r\n", "\n"),
  };
}

function decodeBody(body: string, encoding: string): string {
  if (encoding === "base64") return Buffer.from(body, "base64").toString("utf8");
  if (encoding === "quoted-printable") return decodeQuoted(body.replaceAll("=\r\n", ""));
  return Buffer.from(body, "latin1").toString("utf8");
}

/** Quoted-printable bytes: `caf=C3=A9` is `café`. */
function decodeQuoted(text: string): string {
  const bytes = text.replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}

/** Encoded words of a header: `=?UTF-8?Q?caf=C3=A9?=` is `café`; the blank between two of them is no part of the text. */
function decodeWords(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, "?==?")
    .replace(/=\?utf-8\?([qb])\?(.*?)\?=/gi, (_, how: string, text: string) =>
      how.toLowerCase() === "b"
        ? Buffer.from(text, "base64").toString("utf8")
        : decodeQuoted(text.replaceAll("_", " ")),
    );
}
