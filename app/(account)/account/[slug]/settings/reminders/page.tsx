import type { Metadata } from "next";
import { Form } from "@/app/_form/form";
import { companyPage } from "@/app/_session";
import { Done } from "@/app/_ui/notice";
import { longDay } from "@/app/_ui/text";
import { may } from "@/lib/auth/permissions";
import { clock } from "@/lib/clock";
import { addDays } from "@/lib/day";
import { findCompanyPage } from "@/lib/directory/store";
import { env } from "@/lib/env";
import { calendarToken, hasReminders } from "@/lib/pledge/reminder-store";
import { REMINDERS } from "@/lib/pledge/reminders";
import { findWebhook, type WebhookView } from "@/lib/pledge/webhook-store";
import { SettingsFrame } from "../settings-frame";
import { choose, renewCalendar, saveWebhook, tryWebhook } from "./actions";

export const metadata: Metadata = { title: "Reminders" };

const DONE = {
  on: "Reminders come by mail again.",
  off: "You get no more reminders for this company.",
  webhook: "The webhook is set. Its secret below signs every delivery.",
  "no-webhook": "The webhook is gone.",
  tried: "A test is on its way. Load this page again in a moment to see how it went.",
  calendar: "The old address no longer works. Subscribe to the new one below.",
};

export default async function RemindersPage({
  params,
  searchParams,
}: {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ done?: string | string[] }>;
}) {
  const { slug } = await params;
  const { session, company } = await companyPage(slug, "canViewCompany", `/account/${slug}/settings/reminders`);
  const owns = may(company.role, "canEditPledge");
  const [wanted, token, page, webhook] = await Promise.all([
    hasReminders(company.companyId, session.user.id),
    calendarToken(company.companyId),
    findCompanyPage(slug, clock.now()),
    owns ? findWebhook(company.companyId) : null,
  ]);
  return (
    <SettingsFrame slug={slug} here="/reminders" title="Reminders">
      <Done said={(await searchParams).done} sentences={DONE} />
      <p className="words mt-3">
        A report is owed every twelve months. Owners get a mail on four days, on weekdays between 7 and 17 o’clock UTC.
        Nothing is public before a pledge lapses.
      </p>
      {page && (
        <ol className="mt-5 max-w-xl border-t border-ink">
          {REMINDERS.map(({ kind, days }) => (
            <li key={kind} className="flex justify-between gap-6 border-b border-line py-2">
              <span>{longDay(addDays(page.overdueOn, days))}</span>
              <span className="text-right text-quiet">{whenOf(days)}</span>
            </li>
          ))}
          <li className="flex justify-between gap-6 border-b border-line py-2">
            <span>{longDay(page.lapsesOn)}</span>
            <span className="text-right text-quiet">without a report the pledge lapses</span>
          </li>
        </ol>
      )}
      <section className="mt-10 max-w-xl" aria-labelledby="mail">
        <h2 id="mail" className="!text-lead mb-3">
          By mail
        </h2>
        {company.role !== "owner" && (
          <p className="mb-4 text-quiet">Mails go to owners. Your choice holds as soon as you are one.</p>
        )}
        <Form
          id="mail"
          action={choose.bind(null, slug)}
          submit="Save"
          kind="quiet"
          fields={[
            {
              name: "wanted",
              label: `Remind ${session.user.email}`,
              type: "checkbox",
              value: wanted ? "yes" : "",
            },
          ]}
        />
      </section>
      <section className="mt-10 max-w-2xl" aria-labelledby="calendar">
        <h2 id="calendar" className="!text-lead">
          In your calendar
        </h2>
        <p className="mt-2 text-quiet">
          Subscribe to this address in any calendar program. It is secret: whoever has it sees these dates, and no more.
        </p>
        <p className="mt-3">
          <code className="block break-all border border-line bg-sheet px-3 py-2 font-mono text-small">
            {env.appUrl}/calendars/{token}.ics
          </code>
        </p>
        {may(company.role, "canEditCompany") && (
          <div className="mt-4">
            <Form
              id="calendar"
              action={renewCalendar.bind(null, slug)}
              submit="Make a new address"
              kind="quiet"
              fields={[]}
            />
          </div>
        )}
      </section>
      {owns && <Webhook slug={slug} webhook={webhook} />}
    </SettingsFrame>
  );
}

function Webhook({ slug, webhook }: { slug: string; webhook: WebhookView | null }) {
  return (
    <section className="mt-10 max-w-2xl" aria-labelledby="webhook">
      <h2 id="webhook" className="!text-lead">
        To your own systems
      </h2>
      <p className="mt-2 mb-4 text-quiet">
        Each reminder is also posted as JSON to this address. The header <code>tributary-signature</code> carries the
        time and an HMAC-SHA-256 of time, a point and body, under your secret.
      </p>
      <Form
        id="webhook"
        action={saveWebhook.bind(null, slug)}
        submit="Save the address"
        kind="quiet"
        fields={[
          {
            name: "url",
            label: "Address",
            type: "url",
            value: webhook?.url ?? "",
            placeholder: "https://…",
            hint: "https only. Empty takes it away; saving makes a new secret.",
          },
        ]}
      />
      {webhook && (
        <>
          <p className="label mt-5">Secret</p>
          <code className="block break-all border border-line bg-sheet px-3 py-2 font-mono text-small">
            {webhook.secret}
          </code>
          <p className="my-4">{webhook.lastFinding ?? "Nothing was delivered yet."}</p>
          <Form id="try" action={tryWebhook.bind(null, slug)} submit="Send a test" kind="quiet" fields={[]} />
        </>
      )}
    </section>
  );
}

function whenOf(days: number): string {
  if (days === 0) return "the report is owed";
  return days < 0 ? `${-days} days before it is owed` : `${days} days after`;
}
