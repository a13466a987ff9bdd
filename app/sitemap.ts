import type { MetadataRoute } from "next";
import { listCompanyAddresses } from "@/lib/directory/store";
import { env } from "@/lib/env";

/** Asked of the database each time: companies come and go. */
export const dynamic = "force-dynamic";

/** Every public page. */
export default async function sitemap(): Promise<MetadataRoute.Sitemap> {
  const pages = ["", "/scan", "/plan", "/directory", "/methodology", "/rules", "/maintainers", "/data"];
  const companies = await listCompanyAddresses();
  return [
    ...pages.map((path) => ({ url: env.appUrl + path })),
    ...companies.map(({ slug, latestReportedOn }) => ({
      url: `${env.appUrl}/companies/${slug}`,
      ...(latestReportedOn && { lastModified: latestReportedOn }),
    })),
  ];
}
