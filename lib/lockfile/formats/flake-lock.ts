/**
 * flake.lock, versions 5 to 7, as Nix writes it: a graph of inputs from the node called by `root`. An input is a node's
 * name, or a path of input names from the root, which `follows` wrote. Rules: the Nix manual, "nix flake, Lock files".
 */
import type { Format } from "../types.ts";

export const flakeLock: Format = {
  name: "flake-lock",
  label: "flake.lock (Nix)",
  ecosystem: "github",
  files: ["flake.lock"],
  looksLike: (head) =>
    /"nodes"\s*:\s*\{/.test(head) && /"(?:locked|inputs)"\s*:\s*\{/.test(head) && /"(?:narHash|rev)"/.test(head),
  read: async (text) => (await import("../readers/flake-lock.ts")).readFlakeLock(text),
};
