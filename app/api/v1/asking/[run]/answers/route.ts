import { visitorEndpoint } from "@/lib/api/endpoint";
import { getVisitorAnswers } from "@/lib/funding/visitor";

/** Everything that is kept about the packages of a visitor's run, to be put together in the visitor's browser. */
export const GET = visitorEndpoint({
  run: async ({ params }) => ({ data: { answers: await getVisitorAnswers(params.run ?? "") } }),
});
