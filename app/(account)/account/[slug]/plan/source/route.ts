import { z } from "zod";
import { memberEndpoint } from "@/lib/api/endpoint";
import { loadSource } from "@/lib/plan/store";
import { refuse } from "@/lib/refusal";

/** The graph and people of a kept scan as plain data, for the worker of a member's browser. */
export const GET = memberEndpoint({
  question: "canViewCompany",
  input: z.object({ scan: z.string().max(64) }),
  run: async ({ company, input }) => {
    const loaded = await loadSource(company.companyId, input.scan);
    if (!loaded) throw refuse("not_found", "There is no such scan.");
    return { data: loaded.source };
  },
});
