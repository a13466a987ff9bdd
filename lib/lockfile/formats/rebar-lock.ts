/**
 * rebar.lock, as rebar3 writes it for Erlang: `{"1.2.0", [{<<"name">>, {pkg, <<"package">>, <<"version">>}, level}]}.`
 * with checksums behind, or a bare list in the oldest files. Level 0 is what rebar.config lists, deeper levels are
 * beneath it; there are no edges. Rules: rebar3's `rebar_config:consult_lock_file/1`.
 */
import type { Format } from "../types.ts";

export const rebarLock: Format = {
  name: "rebar-lock",
  label: "rebar.lock (Erlang)",
  ecosystem: "hex",
  files: ["rebar.lock"],
  looksLike: (head) =>
    /^(?:\s|%[^\n]*\n)*(?:\{"\d[\d.]*",\s*)?\[\{<<"[^"]+">>,\s*\{(?:pkg|git|git_subdir|hg|raw)\b/.test(head),
  read: async (text) => (await import("../readers/rebar-lock.ts")).readRebarLock(text),
};
