/**
 * composer.lock of Composer, for PHP (https://getcomposer.org/doc/01-basic-usage.md). It states licence, funding and
 * source repository of every package; the project's own name and which packages it asks for
 * itself are only in composer.json.
 */
import type { Format } from "../types.ts";

export const composerLock: Format = {
  name: "composer-lock",
  label: "composer.lock (PHP)",
  ecosystem: "composer",
  files: ["composer.lock"],
  manifests: ["composer.json"],
  looksLike: (head) =>
    (head.includes('"content-hash"') && head.includes('"packages"') && !head.includes('"lockfileVersion"')) ||
    // "packages": [{ "name": "vendor/package"
    (/"packages"\s*:\s*\[\s*\{\s*"name"\s*:\s*"[\w.-]+\/[\w.-]+"/.test(head) && !head.includes('"spdxVersion"')),
  read: async (text, beside) => (await import("../readers/composer-lock.ts")).readComposerLock(text, beside),
};
