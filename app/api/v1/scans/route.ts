import { scanTokenEndpoint } from "@/lib/api/endpoint";
import { env } from "@/lib/env";
import { scanInput } from "@/lib/stack/scan-input";
import { askIfWished } from "@/lib/stack/scan-people";
import { keepScan, MAX_SCAN_BYTES } from "@/lib/stack/store";

/** Adds a scan to the company of the token: what a command line or CI may do, and nothing else. */
export const POST = scanTokenEndpoint({
  input: scanInput,
  maxBytes: MAX_SCAN_BYTES * 2,
  run: async ({ input, company, now }) => {
    const { files, requestKey } = input;
    const texts = new Map(files.map(({ path, text }) => [path, text]));
    const kept = await keepScan(company.companyId, texts, { userId: null, requestKey, now });
    await askIfWished(company.companyId, kept.id, input, now);
    return {
      status: kept.created ? 201 : 200,
      data: {
        id: kept.id,
        files: kept.files,
        packages: kept.packages,
        url: `${env.appUrl}/account/${company.slug}/scans/${kept.id}`,
      },
    };
  },
});
