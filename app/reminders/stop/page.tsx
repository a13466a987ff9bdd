import type { Metadata } from "next";
import { Form } from "@/app/_form/form";
import { Done } from "@/app/_ui/notice";
import { findMailStop } from "@/lib/mail/stop-store";
import { stop } from "./actions";

export const metadata: Metadata = { title: "Mails", robots: { index: false } };

const WORDS = {
  reminders: {
    name: "reminders",
    title: "Reminders for",
    about:
      "Four mails a year say when the yearly report is owed. Without them nobody tells you before the pledge lapses.",
    again: "Its settings turn them on again.",
  },
  stack: {
    name: "monthly mails",
    title: "Monthly mails about the stack of",
    about: "One mail a month says what changed in the stack, when something did.",
    again: "The page of its scans turns them on again.",
  },
} as const;

/** Where the link at the end of every mail that comes by itself leads. Guards of mailboxes open links too, so opening it changes nothing. */
export default async function StopRemindersPage({
  searchParams,
}: {
  searchParams: Promise<{ token?: string | string[]; done?: string | string[] }>;
}) {
  const { token, done } = await searchParams;
  const given = typeof token === "string" ? token : "";
  const subject = await findMailStop(given);
  if (!subject) {
    return (
      <div className="page pt-8 sm:pt-12">
        <h1>This link stops nothing</h1>
        <p className="words mt-3 text-lead">
          It is not complete, or you no longer belong to that company. Your account has the same switch.
        </p>
        <p className="mt-5">
          <a href="/account">Go to your account</a>
        </p>
      </div>
    );
  }
  const words = WORDS[subject.kind];
  const stopped = { stopped: `You get no more ${words.name} for ${subject.company}. ${words.again}` };
  return (
    <div className="page pt-8 sm:pt-12">
      <h1>
        {words.title} {subject.company}
      </h1>
      <Done said={done} sentences={stopped} />
      {done === undefined && (
        <>
          <p className="words mt-3 mb-5 text-lead">{words.about}</p>
          <Form action={stop.bind(null, given)} submit="Send me no more" fields={[]} />
        </>
      )}
    </div>
  );
}
