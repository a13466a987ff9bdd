import { z } from "zod";
import { memberEndpoint } from "@/lib/api/endpoint";
import { throttle } from "@/lib/auth/throttle";
import { keepScan, MAX_SCAN_BYTES, MAX_SCAN_FILES } from "@/lib/stack/store";

/** What a scan is kept from: the texts, which are read again here and then forgotten. */
const input = z.object({
  requestKey: z.string().regex(/^[\w-]{8,80}$/, "The form is incomplete; open the page again."),
  files: z
    .array(z.object({ path: z.string().min(1).max(1000), text: z.string() }))
    .min(1, "Choose at least one lockfile.")
    .max(MAX_SCAN_FILES, `Choose at most ${MAX_SCAN_FILES} files at once.`),
});

/** Keeps a scan with the company and answers its id and counts. */
export const POST = memberEndpoint({
  question: "canKeepScan",
  input,
  // JSON writes some characters as six; the limit on the texts themselves is keepScan's
  maxBytes: MAX_SCAN_BYTES * 2,
  run: async ({ input: { files, requestKey }, session, company, now }) => {
    await throttle("scan", session.user.id);
    const texts = new Map(files.map(({ path, text }) => [path, text]));
    const kept = await keepScan(company.companyId, texts, { userId: session.user.id, requestKey, now });
    return { status: 201, data: { id: kept.id, files: kept.files, packages: kept.packages } };
  },
});
