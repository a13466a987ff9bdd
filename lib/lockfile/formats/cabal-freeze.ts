/**
 * cabal.project.freeze, as `cabal freeze` writes it for Haskell, and the `cabal.config` of older sandboxes: one
 * `constraints` field with `any.name ==version` and flags. It has no edges and does not name what is direct.
 * Rules: Cabal's user guide, "cabal.project reference", and Cabal's `Distribution.Client.Targets` for the qualifiers.
 */
import type { Format } from "../types.ts";

export const cabalFreeze: Format = {
  name: "cabal-freeze",
  label: "cabal.project.freeze (Haskell)",
  ecosystem: "hackage",
  files: ["cabal.project.freeze", "*.project.freeze", "cabal.config"],
  looksLike: (head) => /^constraints:\s+(?:any\.)?[A-Za-z0-9-]+ ==\d/m.test(head),
  read: async (text) => (await import("../readers/cabal-freeze.ts")).readCabalFreeze(text),
};
