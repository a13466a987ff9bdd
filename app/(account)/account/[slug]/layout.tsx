import type { ReactNode } from "react";
import { refusedJustNow } from "@/app/_refused";
import { companyPage } from "@/app/_session";
import { CompanyLogo } from "@/app/_ui/company-logo";
import { Notice, Trouble } from "@/app/_ui/notice";
import { longDay } from "@/app/_ui/text";
import { dayOf } from "@/lib/day";
import { getProfile } from "@/lib/pledge/company-store";
import { AccountTabs } from "./account-tabs";

export default async function CompanyLayout({
  children,
  params,
}: {
  children: ReactNode;
  params: Promise<{ slug: string }>;
}) {
  const { slug } = await params;
  const { company } = await companyPage(slug, "canViewCompany", `/account/${slug}`);
  const { logoVersion, hiddenReason, deleteAfter } = await getProfile(company.companyId);
  const refused = await refusedJustNow();
  return (
    <div className="page pt-6">
      <div className="no-print flex items-center gap-3">
        <CompanyLogo name={company.name} version={logoVersion} size={32} />
        <p className="min-w-0 truncate font-head text-lead">{company.name}</p>
        {!hiddenReason && !deleteAfter && (
          <a href={`/companies/${company.slug}`} className="link ml-auto whitespace-nowrap text-small">
            Public page
          </a>
        )}
      </div>
      <AccountTabs slug={company.slug} />
      {refused && <Trouble>{refused}</Trouble>}
      {hiddenReason && (
        <Notice tone="bad">
          The administrator of this site has hidden {company.name} from every public page: {hiddenReason}
        </Notice>
      )}
      {deleteAfter && (
        <Notice tone="bad">
          {company.name} is not public any more and will be deleted on {longDay(dayOf(deleteAfter))}.{" "}
          <a href={`/account/${company.slug}/settings/leaving`}>Take it back</a>
        </Notice>
      )}
      {children}
    </div>
  );
}
