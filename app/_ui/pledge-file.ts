import { publicEndpoint } from "@/lib/api/endpoint";
import { clock } from "@/lib/clock";
import { findCompanyPage } from "@/lib/directory/store";
import { env } from "@/lib/env";
import { refuse } from "@/lib/refusal";
import type { AddressOf, PledgingCompany } from "@/lib/report/exports/open-source-pledge";
import type { PublicationSummary } from "@/lib/report/publication";

type Write = (
  company: PledgingCompany & { logoUrl: string },
  publications: readonly PublicationSummary[],
  addressOf: AddressOf,
) => object;

/** Makes the endpoint that writes a company's public history as a file for the Open Source Pledge. */
export function pledgeFile(write: Write) {
  return publicEndpoint({
    run: async ({ params }) => {
      const page = await findCompanyPage(params.slug ?? "", clock.now());
      if (!page) throw refuse("not_found", "There is no such company.");
      const { slug, name, website, joinedOn, description, logoVersion } = page;
      const logoUrl = logoVersion ? `${env.appUrl}/logos/${logoVersion}/256` : `${env.appUrl}/icon.svg`;
      const addressOf: AddressOf = (report) => `${env.appUrl}/companies/${slug}/reports/${report.id}`;
      return { data: write({ slug, name, website, joinedOn, description, logoUrl }, page.reports, addressOf) };
    },
  });
}
