import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { env } from "@/lib/env";
import { listLocalMail } from "@/lib/mail/store";

export const metadata: Metadata = { title: "Local mailbox", robots: { index: false } };

const MOMENT = new Intl.DateTimeFormat("en", { dateStyle: "medium", timeStyle: "medium", timeZone: "UTC" });

/** Mail of an instance without a mail server; only there, and only while it listens on loopback. */
export default async function MailboxPage() {
  if (!env.localMailbox) notFound();
  const mails = await listLocalMail();
  return (
    <div className="page pt-8 sm:pt-12">
      <h1>Local mailbox</h1>
      <p className="words mt-3 text-quiet">
        This instance has no mail server (SMTP_URL) and is reachable only from this machine, so its mail is kept here.
      </p>
      {mails.length === 0 ? (
        <p className="mt-6">No mail yet. It takes a second or two to arrive; reload this page.</p>
      ) : (
        <ul className="mt-6 border-t border-ink">
          {mails.map((mail) => (
            <li key={mail.id} className="border-b border-line py-4">
              <h2 className="!text-lead">{mail.subject}</h2>
              <p className="label">
                to {mail.to}, {MOMENT.format(mail.createdAt)} UTC
              </p>
              <p className="mt-2 max-w-prose whitespace-pre-wrap break-words">{withLinks(mail.text)}</p>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function withLinks(text: string) {
  return text.split(/(https?:\/\/\S+)/).map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one fixed text never move
      <a key={index} href={part} className="link break-all">
        {part}
      </a>
    ) : (
      part
    ),
  );
}
