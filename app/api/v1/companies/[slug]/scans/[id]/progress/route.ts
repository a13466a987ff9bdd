import { memberEndpoint } from "@/lib/api/endpoint";
import { eventStream } from "@/lib/api/event-stream";
import { refuse } from "@/lib/refusal";
import { findScanProgress } from "@/lib/stack/scan-people";

/** Tells, as server-sent events, how far asking about a kept scan has come. */
export const GET = memberEndpoint({
  question: "canViewCompany",
  run: async ({ company, params, request }) => {
    const look = () => findScanProgress(company.companyId, params.id ?? "");
    if (!(await look())) throw refuse("not_found", "Nobody was asked about this scan.");
    return eventStream(async () => {
      const progress = await look();
      return { data: progress, last: progress?.state !== "running" };
    }, request.signal);
  },
});
