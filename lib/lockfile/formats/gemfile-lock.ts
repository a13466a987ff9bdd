/**
 * Gemfile.lock and gems.locked of Bundler, for Ruby. Sections begin at the margin; under `specs:` a gem stands at four
 * blanks as `name (version-platform)` and what it needs at six. The rules are in Bundler's `lockfile_parser.rb`.
 */
import type { Format } from "../types.ts";

export const gemfileLock: Format = {
  name: "gemfile-lock",
  label: "Gemfile.lock, gems.locked (Ruby)",
  ecosystem: "gem",
  files: ["Gemfile.lock", "gems.locked"],
  manifests: ["Gemfile", "gems.rb"],
  looksLike: (head) =>
    /^(?:GEM|GIT|PATH)\r?\n {2}remote: /m.test(head) &&
    /^ {2}specs:/m.test(head) &&
    // Paket's file has the same make, but sections of its own
    !/^(?:NUGET|GITHUB|HTTP|GIST)\r?$/m.test(head),
  read: async (text, beside) => (await import("../readers/gemfile-lock.ts")).readGemfileLock(text, beside),
};
