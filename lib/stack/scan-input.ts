import { z } from "zod";
import { MAX_SCAN_FILES } from "./store.ts";

/** What a scan is kept from, however it arrives: the texts, which are read again by us and then forgotten. */
export const scanInput = z.object({
  requestKey: z.string().regex(/^[\w-]{8,80}$/, "The form is incomplete; open the page again."),
  files: z
    .array(z.object({ path: z.string().min(1).max(1000), text: z.string() }))
    .min(1, "Choose at least one lockfile.")
    .max(MAX_SCAN_FILES, `Choose at most ${MAX_SCAN_FILES} files at once.`),
  /** Whether outside parties are asked who can be paid. Nobody hears a name unless whoever keeps the scan says so. */
  ask: z.boolean().default(false),
  /** Packages, without version, to ask about although their names may be secret. */
  release: z.array(z.string().max(1000)).max(10_000).default([]),
  /** Scopes whose packages are never asked about: `@acme`. */
  privateScopes: z.array(z.string().max(200)).max(100).default([]),
});
