/**
 * mix.lock, as Mix writes it for Elixir: a map from application to `{:hex, package, version, checksum, managers,
 * dependencies, repository, checksum}` or `{:git, address, revision, options}`. The application may have another name
 * than its package. Rules: Hex's `lib/hex/scm.ex` and Mix's `lib/mix/scm/git.ex`. What is direct and what the
 * project is called, only mix.exs says.
 */
import type { Format } from "../types.ts";

export const mixLock: Format = {
  name: "mix-lock",
  label: "mix.lock (Elixir)",
  ecosystem: "hex",
  files: ["mix.lock"],
  manifests: ["mix.exs"],
  looksLike: (head) => /^\s*%\{\s*"[^"]+"(?::| =>) \{:(?:hex|git|package|path), /.test(head),
  read: async (text, beside) => (await import("../readers/mix-lock.ts")).readMixLock(text, beside),
};
