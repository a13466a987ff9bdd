import { z } from "zod";
import { memberEndpoint } from "@/lib/api/endpoint";
import { exportChanges, exportHeaders } from "@/lib/audit/export";
import { eachChange } from "@/lib/audit/store";

/** Answers a company's whole history of changes as a file. */
export const GET = memberEndpoint({
  question: "canViewHistory",
  input: z.object({ format: z.enum(["csv", "json"], { error: "Choose csv or json." }).default("json") }),
  run: async ({ company, input: { format } }) =>
    new Response(exportChanges(eachChange(company.companyId), format), {
      headers: exportHeaders(`${company.slug}-history`, format),
    }),
});
