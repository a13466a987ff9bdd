import type { Metadata } from "next";
import { Form } from "@/app/_form/form";
import { PlanAnswer } from "@/app/_plan/plan-answer";
import { companyPage } from "@/app/_session";
import { longDay } from "@/app/_ui/text";
import { may } from "@/lib/auth/permissions";
import { clock } from "@/lib/clock";
import { dayOf } from "@/lib/day";
import { orderLines, payableOrder } from "@/lib/plan/order";
import { scheduledLines } from "@/lib/plan/schedule-store";
import { accept, end } from "../../actions";
import { PlanNav } from "../../plan-nav";
import { savedPlan } from "../../saved-plan";
import { planYear } from "../../start-inputs";
import { Files } from "./files";
import { Schedule } from "./schedule";
import { Settings } from "./settings";

export const metadata: Metadata = { title: "A version of the plan" };

type Search = Partial<Record<"saved" | "accepted" | "ended" | "recorded", string | string[]>>;

export default async function PlanVersionPage({
  params,
  searchParams,
}: {
  params: Promise<{ slug: string; number: string }>;
  searchParams: Promise<Search>;
}) {
  const { slug, number } = await params;
  const search = await searchParams;
  const { company } = await companyPage(slug, "canViewCompany", `/account/${slug}/plan/versions/${number}`);
  const plan = await savedPlan(company.companyId, number);
  const now = clock.now();
  const isAccepted = plan.acceptedAt !== null && plan.endedAt === null;
  const [lines, year] = await Promise.all([
    plan.acceptedAt ? scheduledLines(plan.id) : [],
    planYear(company.companyId, now),
  ]);
  const order = payableOrder(orderLines(plan.result, plan.inputs), plan.period, plan.methodVersion);
  const news = said(search, plan.number);
  return (
    <>
      <PlanNav slug={slug} here="/versions" />
      {news && (
        <p role="status" className="mt-4 border-good border-l-4 py-1 pl-4">
          {news}
        </p>
      )}
      <p className="label mt-4">
        For {plan.period}, saved on {longDay(dayOf(plan.createdAt))}
        {plan.createdBy && ` by ${plan.createdBy}`}
      </p>
      <h1>
        Version {plan.number}
        {plan.note && `: ${plan.note}`}
      </h1>
      <p className="mt-2 text-quiet">
        {plan.endedAt
          ? `Accepted on ${longDay(dayOf(plan.acceptedAt!))}, ended on ${longDay(dayOf(plan.endedAt))}. `
          : plan.acceptedAt
            ? `Accepted on ${longDay(dayOf(plan.acceptedAt))}${plan.acceptedBy ? ` by ${plan.acceptedBy}` : ""}. `
            : "Not accepted: nothing of it is scheduled yet. "}
        <span className="no-print">
          <a href={`/account/${slug}/plan?version=${plan.number}`}>Change it into a new version</a>
          {plan.number > 1 && (
            <>
              {" · "}
              <a href={`/account/${slug}/plan/compare?from=${plan.number - 1}&to=${plan.number}`}>
                Compare with version {plan.number - 1}
              </a>
            </>
          )}
        </span>
      </p>
      {!plan.acceptedAt &&
        (may(company.role, "canAcceptPlan") ? (
          <section className="no-print mt-6 max-w-md border-line border-y py-5" aria-labelledby="accept">
            <h2 id="accept" className="!text-lead mb-3">
              Accept it
            </h2>
            <Form
              action={accept.bind(null, slug, plan.number)}
              submit="Accept this version"
              fields={[
                {
                  name: "payOn",
                  label: "To be paid by",
                  type: "date",
                  required: true,
                  value: year.endOn,
                  min: dayOf(now),
                  hint: `Its lines become scheduled payments. Another plan accepted for ${plan.period} ends; what that one already paid is taken off.`,
                },
              ]}
            />
          </section>
        ) : (
          <p className="no-print mt-4 text-quiet">An owner accepts a version; your role is {company.role}.</p>
        ))}
      {isAccepted && (
        <Schedule
          slug={slug}
          plan={plan}
          lines={lines}
          mayRecord={may(company.role, "canRecordPayment")}
          today={dayOf(now)}
        />
      )}
      <Files slug={slug} number={plan.number} order={order} isAccepted={isAccepted} />
      <PlanAnswer view={{ plan: plan.result, problems: [], streams: null }} />
      <Settings inputs={plan.inputs} />
      {isAccepted && may(company.role, "canAcceptPlan") && (
        <details className="no-print mt-10">
          <summary className="link">Take the acceptance back</summary>
          <div className="mt-3">
            <p className="mb-3 text-quiet">What waits to be paid is no longer scheduled. What was paid stays paid.</p>
            <Form action={end.bind(null, slug, plan.number)} submit="Take it back" kind="danger" fields={[]} />
          </div>
        </details>
      )}
    </>
  );
}

function said(search: Search, number: number): string | null {
  if (search.saved !== undefined) return `Saved as version ${number}. It will stay exactly as it is.`;
  if (search.accepted !== undefined) return "Accepted. Its lines are scheduled; the files below are ready to be paid.";
  if (search.ended !== undefined) return "The acceptance is taken back.";
  if (typeof search.recorded === "string")
    return search.recorded === "1"
      ? "One payment is recorded in the ledger."
      : `${Number(search.recorded)} payments are recorded in the ledger.`;
  return null;
}
