import { memberEndpoint } from "@/lib/api/endpoint";
import { exportCompany } from "@/lib/pledge/export-store";

/** Answers everything the site knows of a company as one archive. */
export const GET = memberEndpoint({
  question: "canExportCompany",
  run: async ({ company, now }) => {
    const { name, archive } = await exportCompany(company.companyId, now);
    return new Response(archive, {
      headers: { "content-type": "application/gzip", "content-disposition": `attachment; filename="${name}"` },
    });
  },
});
