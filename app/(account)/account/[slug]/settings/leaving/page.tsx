import type { Metadata } from "next";
import { Form } from "@/app/_form/form";
import { companyPage } from "@/app/_session";
import { Done, Notice } from "@/app/_ui/notice";
import { longDay } from "@/app/_ui/text";
import { may, whyNot } from "@/lib/auth/permissions";
import { dayOf } from "@/lib/day";
import { env } from "@/lib/env";
import { getProfile } from "@/lib/pledge/company-store";
import { GRACE_DAYS, LEAVING_WORDS } from "@/lib/pledge/leaving";
import { SettingsFrame } from "../settings-frame";
import { askDeletion, keep } from "./actions";

export const metadata: Metadata = { title: "Export and leaving" };

const DONE = {
  asked: "The company is gone from every public page. Until the day below you can take it back.",
  kept: "The company is listed again, as it was.",
};

export default async function LeavingPage({
  params,
  searchParams,
}: {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ done?: string | string[] }>;
}) {
  const { slug } = await params;
  const { company } = await companyPage(slug, "canViewCompany", `/account/${slug}/settings/leaving`);
  const { name, deleteAfter, leavingPolicy } = await getProfile(company.companyId);
  const leaves = may(company.role, "canLeavePledge");
  return (
    <SettingsFrame slug={slug} here="/leaving" title="Export and leaving">
      <Done said={(await searchParams).done} sentences={DONE} />
      <section className="mt-6 max-w-2xl" aria-labelledby="export">
        <h2 id="export" className="!text-lead">
          Take everything with you
        </h2>
        <p className="mt-2 mb-4">
          One archive with the profile, every pledge, scan, plan, payment with its evidence, report, connection, the
          team and the history of changes, as JSON files that programs can read. Amounts are in cents. Tokens and
          secrets are left out.
        </p>
        {may(company.role, "canExportCompany") ? (
          <a href={`/api/v1/companies/${slug}/export`} className="button" data-kind="quiet" download>
            Download the archive
          </a>
        ) : (
          <Notice tone="quiet">{whyNot(company.role, "canExportCompany")}</Notice>
        )}
      </section>
      <section className="mt-10 max-w-2xl border-t border-line pt-6" aria-labelledby="delete">
        <h2 id="delete" className="!text-lead">
          Delete the company
        </h2>
        {!leaves ? (
          <p className="mt-2 text-quiet">{whyNot(company.role, "canLeavePledge")}</p>
        ) : deleteAfter ? (
          <>
            <p className="mt-2 mb-4">
              {name} is not public any more and will be deleted for good on {longDay(dayOf(deleteAfter))}. Until then
              you can take that back. {LEAVING_WORDS[leavingPolicy ?? "erase"].beforeLeaving}
            </p>
            <Form id="keep" action={keep.bind(null, slug)} submit="Take it back" fields={[]} />
          </>
        ) : (
          <>
            <p className="mt-2 mb-4">
              It goes from every public page at once. For {GRACE_DAYS} days you can take that back.{" "}
              {LEAVING_WORDS[env.LEAVING_POLICY].beforeLeaving} To stop pledging and stay readable,{" "}
              <a href={`/account/${slug}/settings/pledge`}>withdraw the pledge</a> instead.
            </p>
            <Form
              id="delete"
              action={askDeletion.bind(null, slug)}
              submit="Delete the company"
              kind="danger"
              fields={[
                { name: "policy", label: "", type: "hidden", value: env.LEAVING_POLICY },
                { name: "name", label: "Name of the company", hint: `Type ${name}.`, required: true },
              ]}
            />
          </>
        )}
      </section>
    </SettingsFrame>
  );
}
