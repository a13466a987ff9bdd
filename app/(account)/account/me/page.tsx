import type { Metadata } from "next";
import { Form } from "@/app/_form/form";
import { signedIn } from "@/app/_session";
import { LedgerHead } from "@/app/_ui/ledger-head";
import { Done } from "@/app/_ui/notice";
import { shortDay } from "@/app/_ui/text";
import { listLinkedAccounts, listSessions, type SessionView } from "@/lib/auth/account-store";
import { hasGitHub } from "@/lib/auth/auth";
import { clock } from "@/lib/clock";
import { dayOf } from "@/lib/day";
import { deleteMe, endOthers, endSession, linkGitHub, rename, unlink } from "./actions";

export const metadata: Metadata = { title: "You" };

const DONE = {
  renamed: "Your name was changed.",
  ended: "That session has ended.",
  "ended-others": "All your other sessions have ended.",
  linked: "GitHub is linked: you can sign in with it from now on.",
  unlinked: "It is unlinked. The e-mail link always works.",
};

export default async function YouPage({ searchParams }: { searchParams: Promise<{ done?: string | string[] }> }) {
  const { id, user } = await signedIn("/account/me");
  const [sessions, linked] = await Promise.all([listSessions(user.id, id, clock.now()), listLinkedAccounts(user.id)]);
  const isGitHubLinked = linked.some(({ provider }) => provider === "github");
  return (
    <div className="page pt-8 sm:pt-12">
      <p className="label">Signed in as {user.email}</p>
      <h1>You</h1>
      <Done said={(await searchParams).done} sentences={DONE} />
      <section className="mt-8 max-w-md" aria-labelledby="name">
        <h2 id="name" className="mb-4">
          Your name
        </h2>
        <Form
          id="name"
          action={rename}
          submit="Save the name"
          kind="quiet"
          fields={[
            {
              name: "name",
              label: "Name",
              value: user.name,
              maxLength: 80,
              autoComplete: "name",
              hint: "Your teams see it. Without one they see your address.",
            },
          ]}
        />
      </section>
      <Sessions sessions={sessions} />
      <section className="mt-12 max-w-xl" aria-labelledby="ways">
        <h2 id="ways">Ways to sign in</h2>
        <ul className="mt-3 border-t border-ink">
          <li className="border-b border-line py-2.5">
            <span className="font-semibold">E-mail link</span>
            <span className="label block">to {user.email}; always there</span>
          </li>
          {linked.map(({ provider, linkedAt }) => (
            <li
              key={provider}
              className="flex flex-wrap items-center justify-between gap-4 border-b border-line py-2.5"
            >
              <span>
                <span className="font-semibold">{provider === "github" ? "GitHub" : provider}</span>
                <span className="label block">linked on {shortDay(dayOf(linkedAt))}</span>
              </span>
              <Form
                id={`unlink-${provider}`}
                action={unlink.bind(null, provider)}
                submit="Unlink"
                kind="quiet"
                fields={[]}
              />
            </li>
          ))}
        </ul>
        {hasGitHub() && !isGitHubLinked && (
          <div className="mt-4">
            <Form id="link" action={linkGitHub} submit="Link GitHub" kind="quiet" fields={[]} />
          </div>
        )}
      </section>
      <section className="mt-12 max-w-xl" aria-labelledby="leave">
        <h2 id="leave">Take your data, or go</h2>
        <p className="mt-2 mb-4">
          What this site knows of you as one JSON file: your memberships, sessions, linked accounts and what you
          changed.
        </p>
        <a href="/account/me/export" className="button" data-kind="quiet" download>
          Download your data
        </a>
        <details className="mt-8">
          <summary className="link">Delete your account</summary>
          <div className="mt-3">
            <p className="mb-4 text-quiet">
              At once and for good. What you did stays in the histories of companies, without your name. The only owner
              of a company hands it over or deletes it first.
            </p>
            <Form
              id="delete"
              action={deleteMe}
              submit="Delete my account"
              kind="danger"
              fields={[
                {
                  name: "email",
                  label: "Your e-mail address",
                  type: "email",
                  hint: `Type ${user.email}.`,
                  required: true,
                },
              ]}
            />
          </div>
        </details>
      </section>
    </div>
  );
}

function Sessions({ sessions }: { sessions: SessionView[] }) {
  return (
    <section className="mt-12" aria-labelledby="sessions">
      <h2 id="sessions">Where you are signed in</h2>
      <table className="ledger mt-3">
        <LedgerHead columns={["Device", "Network address", "Since", "Last seen"]} numbers={["End it"]} />
        <tbody>
          {sessions.map((session) => (
            <tr key={session.id}>
              <td className="font-semibold">
                {session.device}
                {session.isCurrent && <span className="label font-normal"> this one</span>}
              </td>
              <td data-label="Network address">{session.address ?? "unknown"}</td>
              <td data-label="Since" className="whitespace-nowrap">
                {shortDay(dayOf(session.createdAt))}
              </td>
              <td data-label="Last seen" className="whitespace-nowrap">
                {shortDay(dayOf(session.seenAt))}
              </td>
              <td className="md:text-right">
                {!session.isCurrent && (
                  <Form
                    id={session.id}
                    action={endSession.bind(null, session.id)}
                    submit="End"
                    kind="quiet"
                    fields={[]}
                  />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {sessions.length > 1 && (
        <div className="mt-4">
          <Form id="others" action={endOthers} submit="End all others" kind="danger" fields={[]} />
        </div>
      )}
    </section>
  );
}
