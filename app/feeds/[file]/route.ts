import { publicEndpoint } from "@/lib/api/endpoint";
import { atomFeed, jsonFeed } from "@/lib/directory/feed";
import { listAnnouncements } from "@/lib/directory/publications-store";
import { env } from "@/lib/env";
import { refuse } from "@/lib/refusal";

/** Reports published here, newest first: /feeds/reports.atom and /feeds/reports.json. */
export const GET = publicEndpoint({
  run: async ({ params, now }) => {
    const file = params.file ?? "";
    const head = { title: "Tributary: annual reports", siteUrl: env.appUrl, feedUrl: `${env.appUrl}/feeds/${file}` };
    if (file === "reports.json") {
      return { data: jsonFeed(head, await listAnnouncements()), headers: { "content-type": "application/feed+json" } };
    }
    if (file !== "reports.atom") throw refuse("not_found", "There is no such feed.");
    const text = atomFeed(head, await listAnnouncements(), now);
    return new Response(text, { headers: { "content-type": "application/atom+xml; charset=utf-8" } });
  },
});
