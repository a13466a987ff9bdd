import type { ReactNode } from "react";
import { companyPage } from "@/app/_session";
import { CompanyMark } from "@/app/_ui/mark";
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
  return (
    <div className="page pt-6">
      <div className="no-print flex items-center gap-3">
        <CompanyMark name={company.name} size={32} />
        <p className="min-w-0 truncate font-head text-lead">{company.name}</p>
        <a href={`/companies/${company.slug}`} className="link ml-auto whitespace-nowrap text-small">
          Public page
        </a>
      </div>
      <AccountTabs slug={company.slug} />
      {children}
    </div>
  );
}
