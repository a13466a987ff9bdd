import { publicEndpoint } from "@/lib/api/endpoint";
import { directorySearch, readDirectoryQuery } from "@/lib/directory/query";
import { listCompanies } from "@/lib/directory/store";
import { env } from "@/lib/env";

/** The directory: the same parameters and order as its page, 25 companies at a time, with the address of the next page. */
export const GET = publicEndpoint({
  run: async ({ request, now }) => {
    const { query, notes } = readDirectoryQuery(new URL(request.url).searchParams);
    const { lines, total, page, pages } = await listCompanies(query, now);
    const next = page < pages ? `${env.appUrl}/api/v1/companies${directorySearch(query, { page: page + 1 })}` : null;
    return { data: { total, page, pages, next, notes, companies: lines.map(({ companyId: _, ...line }) => line) } };
  },
});
