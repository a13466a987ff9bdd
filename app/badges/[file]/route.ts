import { publicEndpoint } from "@/lib/api/endpoint";
import { badgeSvg, badgeWords } from "@/lib/directory/badge";
import { findEntry } from "@/lib/directory/store";
import { env } from "@/lib/env";
import { refuse } from "@/lib/refusal";

/** A company's badge: /badges/SLUG.svg to show, /badges/SLUG.json to read. */
export const GET = publicEndpoint({
  run: async ({ params, now }) => {
    const [, slug, kind] = /^([a-z0-9-]+)\.(svg|json)$/.exec(params.file ?? "") ?? [];
    const line = slug ? await findEntry(slug, now) : null;
    if (!line) throw refuse("not_found", "There is no such badge.");
    if (kind === "svg")
      return new Response(badgeSvg(line), { headers: { "content-type": "image/svg+xml; charset=utf-8" } });
    return {
      data: {
        ...badgeWords(line),
        status: line.status,
        url: `${env.appUrl}/companies/${slug}`,
      },
    };
  },
});
