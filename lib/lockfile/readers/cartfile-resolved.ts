import { clip } from "../clip.ts";
import { gitPackage, readGitAddress, withoutCredentials } from "../git-address.ts";
import { Graph, type NewPackage } from "../graph.ts";
import { tryPurl } from "../naming.ts";
import { splitLines } from "../syntax/line-finder.ts";
import type { Beside, FormatReading } from "../types.ts";

/** Reads Cartfile.resolved; what that is and where its rules are written stands in `formats/cartfile-resolved.ts`. */
export function readCartfileResolved(text: string, beside: Beside): FormatReading {
  const graph = new Graph();
  const byAddress = new Map<string, number>();
  for (const [index, raw] of splitLines(text).entries()) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) continue;
    // github "Quick/Nimble" "v9.2.1"
    const entry = /^(github|git|binary)\s+"([^"]+)"\s+"([^"]+)"/.exec(line);
    const found = entry ? packageOf(entry[1]!, entry[2]!, entry[3]!) : undefined;
    if (!found) graph.problem("unreadable-entry", "warning", `"${clip(line)}" is no entry of Carthage.`, index + 1);
    else byAddress.set(entry![2]!.toLowerCase(), graph.add(found));
  }
  for (const [file, scope] of [
    ["Cartfile", "runtime"],
    ["Cartfile.private", "development"],
  ] as const) {
    for (const line of splitLines(beside.get(file) ?? "")) {
      const address = /^\s*(?:github|git|binary)\s+"([^"]+)"/.exec(line)?.[1];
      const index = address === undefined ? undefined : byAddress.get(address.toLowerCase());
      if (index !== undefined) graph.direct(index, scope);
    }
  }
  if (graph.packages.length > 0) {
    graph.problem("incomplete-format", "note", "Cartfile.resolved does not say which framework needs which.");
    if (!beside.has("Cartfile")) {
      graph.problem("missing-manifest", "note", "With the Cartfile beside it, direct dependencies could be told.");
    }
  }
  return graph.finish();
}

function packageOf(kind: string, address: string, version: string): NewPackage | undefined {
  if (kind === "binary") {
    const name = address
      .split("/")
      .at(-1)
      ?.replace(/\.json$/, "");
    const purl = !name ? undefined : tryPurl("generic", name, version);
    return purl === undefined ? undefined : { purl, origin: withoutCredentials(address) };
  }
  if (kind === "git" || readGitAddress(address)) return gitPackage(address, version);
  const purl = /^[^/\s]+\/[^/\s]+$/.test(address) ? tryPurl("github", address, version) : undefined;
  return purl === undefined ? undefined : { purl, repository: `https://github.com/${address}` };
}
