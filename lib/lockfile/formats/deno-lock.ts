/**
 * deno.lock, versions 2 to 5: what `jsr:` and `npm:` specifiers led to, and what these packages need. Modules imported by
 * address (`remote`) are no packages and are only counted. The file has no scopes.
 * Rules: https://docs.deno.com/runtime/fundamentals/modules/#integrity-checking-and-lock-files and Deno's own writer.
 */
import type { Format } from "../types.ts";

export const denoLock: Format = {
  name: "deno-lock",
  label: "Deno deno.lock",
  ecosystem: "npm",
  files: ["deno.lock"],
  manifests: ["deno.json", "deno.jsonc", "package.json"],
  looksLike: (head) => /^\s*\{\s*"version":\s*"[2-5]"/.test(head) && /"(?:specifiers|packages|npm|remote)":/.test(head),
  read: async (text, beside) => (await import("../readers/deno-lock.ts")).readDenoLock(text, beside),
};
