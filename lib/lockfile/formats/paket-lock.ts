/**
 * paket.lock, as Paket writes it for .NET: groups of sources (NUGET, GITHUB, GIT, GIST, HTTP), each with remotes,
 * packages four spaces deep and their dependencies six deep. Rules: Paket's documentation, "The paket.lock file", and
 * its `LockFile.fs`. A group is resolved on its own, so one package may stand there in several versions.
 */
import type { Format } from "../types.ts";

export const paketLock: Format = {
  name: "paket-lock",
  label: "paket.lock (Paket)",
  ecosystem: "nuget",
  files: ["paket.lock"],
  manifests: ["paket.dependencies"],
  looksLike: (head) => /^(?:NUGET|GITHUB|GIT|HTTP|GIST)\r?\n {2}(?:remote|specs):/m.test(head),
  read: async (text, beside) => (await import("../readers/paket-lock.ts")).readPaketLock(text, beside),
};
