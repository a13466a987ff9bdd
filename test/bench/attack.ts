/** Runs one attack in this process and prints what it cost as JSON; `list` prints the names. Run by `attacks.ts`. */
import { readLockfile } from "../../lib/lockfile/read-lockfile.ts";

const repeat = (unit: string, bytes: number) => unit.repeat(Math.floor(bytes / unit.length));
const MEGABYTE = 1_000_000;

const bomb = () => {
  const levels = ["a: &a [x,x,x,x,x,x,x,x,x]"];
  for (const [before, sign] of ["ab", "bc", "cd", "de", "ef", "fg", "gh", "hi"]) {
    levels.push(`${sign}: &${sign} [${Array(9).fill(`*${before}`).join(",")}]`);
  }
  return `lockfileVersion: '9.0'\n${levels.join("\n")}\n`;
};
const diamond = () => {
  const packages: Record<string, unknown> = { "": { name: "app", dependencies: { j0: "1" } } };
  for (let level = 0; level < 26; level++) {
    packages[`node_modules/j${level}`] = { version: "1.0.0", dependencies: { [`l${level}`]: "1", [`r${level}`]: "1" } };
    for (const side of "lr")
      packages[`node_modules/${side}${level}`] = { version: "1.0.0", dependencies: { [`j${level + 1}`]: "1" } };
  }
  packages["node_modules/j26"] = { version: "1.0.0", dependencies: { j0: "1" } };
  return JSON.stringify({ lockfileVersion: 3, packages });
};

const ATTACKS: Record<string, [file: string, make: () => string]> = {
  "alias bomb, 9 levels of 9": ["pnpm-lock.yaml", bomb],
  "alias bomb in pubspec.lock": ["pubspec.lock", bomb],
  "merge keys by the thousand": ["pnpm-lock.yaml", () => `a: &a {b: c}\n${repeat("x:\n  <<: *a\n", 40_000)}`],
  "nesting in JSON, 30 MB of [": ["package-lock.json", () => repeat("[", 30 * MEGABYTE)],
  'nesting in JSON, 3 MB of {"a":': ["package-lock.json", () => repeat('{"a":', 3 * MEGABYTE)],
  "nesting in YAML": ["pubspec.lock", () => repeat("[", MEGABYTE / 2)],
  "nesting in TOML": ["Cargo.lock", () => `a = ${repeat("[", MEGABYTE / 2)}`],
  "nesting in XML": ["pom.xml", () => repeat("<a>", MEGABYTE)],
  "one line of 30 MB, yarn": ["yarn.lock", () => `# yarn lockfile v1\n\n\n${"a".repeat(30 * MEGABYTE)}:\n`],
  "one line of 30 MB, pnpm": ["pnpm-lock.yaml", () => `lockfileVersion: '9.0'\n${"a".repeat(30 * MEGABYTE)}: 1\n`],
  "one key of 30 MB, npm": ["package-lock.json", () => `{"${"a".repeat(30 * MEGABYTE)}": 1}`],
  "200,000 descriptors in a header": [
    "yarn.lock",
    () =>
      `# yarn lockfile v1\n\n\n${Array.from({ length: 200_000 }, (_, at) => `a@^1.0.${at}`).join(", ")}:\n  version "1.0.0"\n`,
  ],
  "diamond of 26 levels, with a cycle": ["package-lock.json", diamond],
  "names of object prototypes": [
    "package-lock.json",
    () =>
      '{"lockfileVersion":3,"packages":{"node_modules/__proto__":{"version":"1.0.0","dependencies":{"constructor":"1","toString":"1"}},"node_modules/constructor":{"version":"1.0.0"},"node_modules/toString":{"version":"1.0.0"}}}',
  ],
  "XML entities": [
    "pom.xml",
    () => '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]><project>&b;</project>',
  ],
  "regular expression bait: 1 MB of spaces": ["requirements.txt", () => `a${" ".repeat(MEGABYTE - 10)}b\n`],
  "regular expression bait: 1 MB of @": [
    "yarn.lock",
    () => `# yarn lockfile v1\n\n\n${"@".repeat(MEGABYTE - 100)}:\n  version "1"\n`,
  ],
};

const name = process.argv[2]!;
if (name === "list") console.log(JSON.stringify(Object.keys(ATTACKS)));
else {
  const [file, make] = ATTACKS[name]!;
  const bytes = new TextEncoder().encode(make());
  const residentBefore = process.resourceUsage().maxRSS;
  const start = performance.now();
  const { problems, packages, edges } = await readLockfile(file, bytes);
  const spentMs = performance.now() - start;
  const grownMb = (process.resourceUsage().maxRSS - residentBefore) / 1024;
  const answer = problems[0]?.code ?? `${packages.length} packages, ${edges.length} edges`;
  console.log(JSON.stringify({ spentMs, grownMb, answer }));
}
