/**
 * Podfile.lock, as CocoaPods writes it: every pod and subspec with what it needs, what the Podfile lists, and where pods
 * outside the public specs come from. Subspecs (`Pod/Part`) are parts of one pod, published and paid together: they are
 * folded into it. Rules: CocoaPods Core's `lockfile.rb`.
 */
import type { Format } from "../types.ts";

export const podfileLock: Format = {
  name: "podfile-lock",
  label: "Podfile.lock (CocoaPods)",
  ecosystem: "cocoapods",
  files: ["Podfile.lock"],
  looksLike: (head) => /^PODS:\s/m.test(head),
  read: async (text) => (await import("../readers/podfile-lock.ts")).readPodfileLock(text),
};
