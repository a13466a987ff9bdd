import { publicEndpoint } from "@/lib/api/endpoint";
import { findCompanyPage } from "@/lib/directory/store";
import { refuse } from "@/lib/refusal";

/** One company: its pledge, its reports over the years, its status and when that changes by itself. */
export const GET = publicEndpoint({
  run: async ({ params, now }) => {
    const company = await findCompanyPage(params.slug ?? "", now);
    if (!company) throw refuse("not_found", "There is no such company.");
    return {
      data: withoutId({
        ...company,
        reports: company.reports.map(withoutId),
        formerReports: company.formerReports.map(withoutId),
      }),
    };
  },
});

/** The address names a company; what the database calls it is nobody's business. */
function withoutId<T extends { companyId: string }>({ companyId: _, ...rest }: T): Omit<T, "companyId"> {
  return rest;
}
