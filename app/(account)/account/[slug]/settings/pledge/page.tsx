import type { Metadata } from "next";
import { Form } from "@/app/_form/form";
import { pledgeFields } from "@/app/_form/pledge-fields";
import { companyPage } from "@/app/_session";
import { LedgerHead } from "@/app/_ui/ledger-head";
import { Done, Notice } from "@/app/_ui/notice";
import { floorWords, pledgeWords } from "@/app/_ui/pledge-words";
import { developers, longDay } from "@/app/_ui/text";
import { may, whyNot } from "@/lib/auth/permissions";
import { clock } from "@/lib/clock";
import { addDays, type Day, dayOf } from "@/lib/day";
import { formatMoney, plainAmount } from "@/lib/money";
import { HEADCOUNT_BASES } from "@/lib/pledge/commitment";
import { getProfile } from "@/lib/pledge/company-store";
import { fiscalYearOf } from "@/lib/pledge/fiscal-year";
import { findCurrentPledge, listPledges, type Pledge } from "@/lib/pledge/store";
import { SettingsFrame } from "../settings-frame";
import { amend, resume, takeBack, withdraw } from "./actions";

export const metadata: Metadata = { title: "Pledge" };

const DONE = {
  amended: "The change is announced. What you promised until then stays as it was.",
  withdrawn: "The pledge is withdrawn from today on. Your reports stay.",
  "taken-back": "The step is taken back. Your page says that it was announced and taken back.",
  resumed: "The pledge stands again, as if it had never been withdrawn.",
};

export default async function PledgePage({
  params,
  searchParams,
}: {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ done?: string | string[] }>;
}) {
  const { slug } = await params;
  const { company } = await companyPage(slug, "canViewCompany", `/account/${slug}/settings/pledge`);
  const now = clock.now();
  const [current, pledges, profile] = await Promise.all([
    findCurrentPledge(company.companyId, now),
    listPledges(company.companyId),
    getProfile(company.companyId),
  ]);
  const today = dayOf(now);
  const edits = may(company.role, "canEditPledge");
  const coming = pledges.filter((pledge) => pledge.effectiveOn > today);
  // the next step goes on from the last one that was announced
  const last = pledges[0] ?? current;
  const leaves = may(company.role, "canLeavePledge");
  return (
    <SettingsFrame slug={slug} here="/pledge" title="Pledge">
      <Done said={(await searchParams).done} sentences={DONE} />
      {profile.withdrawnOn && (
        <Notice tone="warn">
          Withdrawn on {longDay(profile.withdrawnOn)}: {profile.withdrawnReason}
        </Notice>
      )}
      {current && (
        <p className="mt-6">
          <span className="amount block text-head">{formatMoney(current.committedCents)}</span>
          <span className="label">
            {pledgeWords(current)}
            {current.isBelowFloor && <strong className="text-warn"> · {floorWords(current)}</strong>}
          </span>
        </p>
      )}
      <PledgeLedger slug={slug} pledges={pledges} today={today} currentId={current?.id ?? ""} edits={edits} />
      {coming.length > 0 && (
        <p className="words mt-3 text-quiet text-small">
          Until its day an announced step can be taken back. It was public, so your page goes on saying that it was
          announced and taken back.
        </p>
      )}
      {!edits && <Notice tone="quiet">{whyNot(company.role, "canEditPledge")}</Notice>}
      {edits && current && last && (
        <section className="mt-10 max-w-2xl border-t border-line pt-6" aria-labelledby="amend">
          <h2 id="amend">Change it</h2>
          <p className="mt-1 mb-5 text-quiet">
            Only forward in time, up to two years ahead. To raise it in steps, announce one day after another: each
            holds from its day until the next. Every version stays public.
          </p>
          <Form
            id="amend"
            action={amend.bind(null, slug)}
            submit="Announce the change"
            more="A limit, how developers count"
            fields={[
              {
                name: "effectiveOn",
                label: "From",
                type: "date",
                required: true,
                min: addDays(today, 1),
                value: addDays(
                  fiscalYearOf(last.effectiveOn > today ? last.effectiveOn : today, current.fiscalYearEnd).endOn,
                  1,
                ),
                hint: "The first day of your next fiscal year, unless you say otherwise.",
              },
              {
                name: "developers",
                label: "Developers you employ",
                type: "number",
                required: true,
                value: String(last.fteHundredths / 100),
                width: "half",
              },
              {
                name: "amountPerDeveloper",
                label: "US dollars per developer and year",
                type: "money",
                required: true,
                prefix: "$",
                value: plainAmount(last.centsPerDeveloper, "USD"),
                width: "half",
              },
              ...pledgeFields(last),
              {
                name: "statement",
                label: "What you promise, in your words",
                type: "textarea",
                maxLength: 600,
                value: last.statement,
              },
            ]}
          />
        </section>
      )}
      {leaves && (
        <details className="mt-10 max-w-2xl">
          <summary className="link">{profile.withdrawnOn ? "Take the withdrawal back" : "Withdraw the pledge"}</summary>
          <div className="mt-3">
            {profile.withdrawnOn ? (
              <Form id="resume" action={resume.bind(null, slug)} submit="Let it stand again" fields={[]} />
            ) : (
              <>
                <p className="mb-4 text-quiet">
                  The company stays listed as withdrawn, with your reason and with the reports it published. Nothing is
                  owed any more.
                </p>
                <Form
                  id="withdraw"
                  action={withdraw.bind(null, slug)}
                  submit="Withdraw the pledge"
                  kind="danger"
                  fields={[{ name: "reason", label: "Reason, shown in public", required: true, maxLength: 300 }]}
                />
              </>
            )}
          </div>
        </details>
      )}
    </SettingsFrame>
  );
}

function PledgeLedger({
  slug,
  pledges,
  today,
  currentId,
  edits,
}: {
  slug: string;
  pledges: Pledge[];
  today: Day;
  currentId: string;
  edits: boolean;
}) {
  return (
    <table className="ledger mt-6">
      <LedgerHead columns={["From", "Standing"]} numbers={["Developers", "Each, US dollars", "A year, US dollars"]} />
      <tbody>
        {pledges.map((pledge) => (
          <tr key={pledge.id}>
            <td className="font-semibold">{longDay(pledge.effectiveOn)}</td>
            <td data-label="Standing">
              <div>
                {pledge.id === currentId ? "holds today" : pledge.effectiveOn > today ? "announced" : "held until then"}
                {edits && pledge.effectiveOn > today && (
                  <div className="mt-1.5">
                    <Form
                      id={`take-back-${pledge.effectiveOn}`}
                      action={takeBack.bind(null, slug, pledge.effectiveOn)}
                      submit="Take the step back"
                      kind="quiet"
                      fields={[]}
                    />
                  </div>
                )}
              </div>
            </td>
            <td data-label="Developers" className="number">
              <div>
                {developers(pledge.fteHundredths)}
                {pledge.headcountBasis !== "average" && (
                  <span className="label block">{HEADCOUNT_BASES[pledge.headcountBasis].words}</span>
                )}
              </div>
            </td>
            <td data-label="Each, US dollars" className="number">
              {formatMoney(pledge.centsPerDeveloper, "USD", { cents: "always" })}
            </td>
            <td data-label="A year, US dollars" className="number">
              <div>
                {formatMoney(pledge.committedCents, "USD", { cents: "always" })}
                {pledge.isCapped && (
                  <span className="label block">its limit; {formatMoney(pledge.centsEach)} each</span>
                )}
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
