import { z } from "zod";
import { memberEndpoint } from "@/lib/api/endpoint";
import { throttle } from "@/lib/auth/throttle";
import { Refusal } from "@/lib/refusal";
import { askAboutScan } from "@/lib/stack/scan-people";
import { keepScan, MAX_SCAN_BYTES, MAX_SCAN_FILES } from "@/lib/stack/store";

/** What a scan is kept from: the texts, which are read again here and then forgotten. */
const input = z.object({
  requestKey: z.string().regex(/^[\w-]{8,80}$/, "The form is incomplete; open the page again."),
  files: z
    .array(z.object({ path: z.string().min(1).max(1000), text: z.string() }))
    .min(1, "Choose at least one lockfile.")
    .max(MAX_SCAN_FILES, `Choose at most ${MAX_SCAN_FILES} files at once.`),
  /** Whether outside parties are asked who can be paid; names that may be secret are never sent unless released here. */
  ask: z.boolean().default(true),
  /** Packages, without version, to send although they would be kept back. */
  release: z.array(z.string().max(1000)).max(10_000).default([]),
  /** Scopes whose packages are never sent: `@acme`. */
  privateScopes: z.array(z.string().max(200)).max(100).default([]),
});

/** Keeps a scan with the company, begins to ask who can be paid for it, and answers its id and counts. */
export const POST = memberEndpoint({
  question: "canKeepScan",
  input,
  // JSON writes some characters as six; the limit on the texts themselves is keepScan's
  maxBytes: MAX_SCAN_BYTES * 2,
  run: async ({ input: { files, requestKey, ask, release, privateScopes }, session, company, now }) => {
    await throttle("scan", session.user.id);
    const texts = new Map(files.map(({ path, text }) => [path, text]));
    const kept = await keepScan(company.companyId, texts, { userId: session.user.id, requestKey, now });
    if (ask) {
      await askAboutScan(company.companyId, kept.id, { release, privateScopes, requestKey, now }).catch((error) => {
        // more packages than can be asked about: the scan is kept all the same, and its page says that nobody was asked
        if (!(error instanceof Refusal)) throw error;
      });
    }
    return { status: 201, data: { id: kept.id, files: kept.files, packages: kept.packages } };
  },
});
