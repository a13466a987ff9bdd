import { visitorEndpoint } from "@/lib/api/endpoint";
import { eventStream } from "@/lib/api/event-stream";
import { getVisitorProgress } from "@/lib/funding/visitor";

/** Tells, as server-sent events, how far asking for a visitor has come. */
export const GET = visitorEndpoint({
  run: async ({ params, request }) => {
    const look = () => getVisitorProgress(params.run ?? "");
    await look();
    return eventStream(async () => {
      const progress = await look();
      return { data: progress, last: progress.state !== "running" };
    }, request.signal);
  },
});
