import type { Metadata } from "next";
import { Form } from "@/app/_form/form";
import { companyPage } from "@/app/_session";
import { Done } from "@/app/_ui/notice";
import { plural, shortDay } from "@/app/_ui/text";
import { may } from "@/lib/auth/permissions";
import { dayOf } from "@/lib/day";
import { RAIL_LABELS, RAILS } from "@/lib/funding/rails";
import { loadPayeeSettings } from "@/lib/stack/payee-settings-store";
import { hasStackMail } from "@/lib/stack/stack-mail-store";
import { listScans } from "@/lib/stack/store";
import { chooseMail, savePayees } from "./actions";

export const metadata: Metadata = { title: "Stack" };

const DONE = {
  mail: "You get a mail on the first of each month in which something changed.",
  "no-mail": "You get no more mails about the stack.",
};

export default async function ScansPage({
  params,
  searchParams,
}: {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ done?: string | string[] }>;
}) {
  const { slug } = await params;
  const { session, company } = await companyPage(slug, "canViewCompany", `/account/${slug}/scans`);
  const [scans, { ownAccounts, railPreference }, wantsMail] = await Promise.all([
    listScans(company.companyId),
    loadPayeeSettings(company.companyId),
    hasStackMail(company.companyId, session.user.id),
  ]);
  return (
    <>
      <h1 className="mt-8">What you stand on</h1>
      <Done said={(await searchParams).done} sentences={DONE} />
      {scans.length === 0 ? (
        <p className="words mt-3 mb-5 text-lead">
          No scan is kept yet. Drop your lockfiles on the scan page; when you like what you see, keep it here. Names of
          packages stay with your team and are never published.
        </p>
      ) : (
        <ul className="mt-5 border-t border-ink">
          {scans.map((scan, index) => (
            <li
              key={scan.id}
              className="flex flex-wrap items-baseline justify-between gap-x-6 border-b border-line py-3"
            >
              <a href={`/account/${slug}/scans/${scan.id}`} className="link font-semibold">
                {shortDay(dayOf(scan.createdAt))}
              </a>
              <span className="flex flex-wrap gap-x-6 text-quiet">
                <span>
                  {plural(scan.packages, "package")} in {plural(scan.files, "file")}
                </span>
                {index < scans.length - 1 && (
                  <a href={`/account/${slug}/scans/${scan.id}/changes`} className="link">
                    What changed<span className="sr-only"> until {shortDay(dayOf(scan.createdAt))}</span>
                  </a>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
      <p className="mt-6 flex flex-wrap items-center gap-x-6 gap-y-3">
        <a href="/scan" className="button">
          Scan lockfiles
        </a>
        <a href={`/account/${slug}/scans/github`}>Connect GitHub</a>
        <a href={`/account/${slug}/scans/automatic`}>Scan from the command line or CI</a>
      </p>
      {may(company.role, "canKeepScan") && (
        <section className="mt-12 max-w-2xl" aria-labelledby="payees">
          <h2 id="payees" className="mb-4">
            Who is your own, and how you like to pay
          </h2>
          <Form
            id="payees"
            action={savePayees.bind(null, slug)}
            submit="Save"
            kind="quiet"
            fields={[
              {
                name: "ownAccounts",
                label: "Accounts of your own people and organisations",
                hint: "They are shown and never paid. One per line: a login on GitHub, or an address like opencollective.com/acme.",
                type: "textarea",
                value: ownAccounts.join("\n"),
                maxLength: 20_000,
              },
              {
                name: "firstRail",
                label: "Pay this way where there is a choice",
                type: "select",
                value: railPreference[0] ?? "",
                options: [
                  { value: "", label: "No preference" },
                  ...RAILS.map((rail) => ({ value: rail, label: RAIL_LABELS[rail] })),
                ],
              },
            ]}
          />
        </section>
      )}
      <section className="mt-12 max-w-xl border-t border-line pt-5" aria-labelledby="mail">
        <h2 id="mail" className="!text-lead mb-3">
          When it changes
        </h2>
        <Form
          id="mail"
          action={chooseMail.bind(null, slug)}
          submit="Save"
          kind="quiet"
          fields={[
            {
              name: "wanted",
              label: `Tell ${session.user.email} once a month what changed`,
              type: "checkbox",
              value: wantsMail ? "yes" : "",
              hint: "New packages that nobody can be paid for, and people you no longer stand on: counts, and a link.",
            },
          ]}
        />
      </section>
    </>
  );
}
