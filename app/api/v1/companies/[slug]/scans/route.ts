import { memberEndpoint } from "@/lib/api/endpoint";
import { throttle } from "@/lib/auth/throttle";
import { scanInput } from "@/lib/stack/scan-input";
import { askIfWished } from "@/lib/stack/scan-people";
import { keepScan, MAX_SCAN_BYTES } from "@/lib/stack/store";

/** Keeps a scan with the company, begins to ask who can be paid for it where that is wished, and answers its id and counts. */
export const POST = memberEndpoint({
  question: "canKeepScan",
  input: scanInput,
  // JSON writes some characters as six; the limit on the texts themselves is keepScan's
  maxBytes: MAX_SCAN_BYTES * 2,
  run: async ({ input, session, company, now }) => {
    await throttle("scan", session.user.id);
    const { files, requestKey } = input;
    const texts = new Map(files.map(({ path, text }) => [path, text]));
    const kept = await keepScan(company.companyId, texts, { userId: session.user.id, requestKey, now });
    await askIfWished(company.companyId, kept.id, input, now);
    return { status: 201, data: { id: kept.id, files: kept.files, packages: kept.packages } };
  },
});
