import { FORMATS } from "@/lib/lockfile/formats";

/** Names of formats for people, by their stable name. */
export const formatLabels = (): Record<string, string> =>
  Object.fromEntries(FORMATS.map((format) => [format.name, format.label]));

const WELL_KNOWN = [
  "package-lock.json",
  "pnpm-lock.yaml",
  "yarn.lock",
  "Cargo.lock",
  "uv.lock",
  "go.mod",
  "Gemfile.lock",
  "composer.lock",
];

/** One sentence that names the best-known files and says how many formats there are in all. */
export function formatExamples(): string {
  const known = new Set(FORMATS.flatMap((format) => format.files));
  const named = WELL_KNOWN.filter((file) => known.has(file));
  const others = FORMATS.length - named.length;
  return others > 0 ? `${named.join(", ")} and ${others} more formats` : named.join(", ");
}
