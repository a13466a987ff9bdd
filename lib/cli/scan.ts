import { parseArgs } from "node:util";
import { setFlagsFromString } from "node:v8";
import { clock } from "../clock.ts";
import { FORMATS } from "../lockfile/formats.ts";
import { isFatal } from "../lockfile/read-lockfile.ts";
import type { Reading } from "../lockfile/types.ts";
import { printable } from "./printable.ts";
import { readPaths } from "./scan-files.ts";
import { formatsAsText, readingAsJson, readingAsText } from "./scan-text.ts";

const HELP = `Reads lockfiles and says what they list.

  npm run scan -- [--graph] [--json] FILE|FOLDER…
  npm run scan -- --developers N [--json] FILE|FOLDER…
  npm run scan -- --send FILE|FOLDER…
  npm run scan -- --formats [--json]

  --graph    every package and edge, not only counts
  --json     one line of JSON per lockfile:
             {"file","format","packages":[{"purl","depth","scope","workspace"?,"firstParty"?,…}],
              "edges":[[from,to],…],"peers"?:[positions in edges],
              "problems":[{"code","severity","message","line"?}]}
  --developers N
             divides US$2,000 a year for each of N developers among the people
             that the files name: who, how much, why, and what is held
  --send     adds the scan to your company at the site of TRIBUTARY_URL, with the
             scan token in TRIBUTARY_TOKEN (made under Stack in your account);
             the same files sent twice on one day are one scan
  --formats  the formats that can be read

A folder's manifests (package.json, Cargo.toml, …) go with its lockfile, for depth and scope.
Exit codes: 0 every file was read, 1 some file was not (its problem is "fatal"), 2 the arguments are wrong.
`;

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // the reader of our pipe (head, less) has seen enough
  if (error.code === "EPIPE") process.exit();
  throw error;
});
// The flags of `npm run scan` keep a cold run small: no space for young objects beyond 1 MB, and no compilers, which together
// are a fifth of the process and pay only after a few files. They are set here too for those who start this file otherwise.
setFlagsFromString("--no-opt");
const FILES_BEFORE_OPTIMISING = 5;

process.exitCode = await run(process.argv.slice(2));

async function run(args: string[]): Promise<number> {
  const options = parse(args);
  if (typeof options === "string") {
    process.stderr.write(`${options}\n\n${HELP}`);
    return 2;
  }
  const { values, positionals } = options;
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  if (values.formats) {
    const rows = FORMATS.map(({ name, label, ecosystem, files, manifests }) => ({
      name,
      label,
      ecosystem,
      files,
      manifests,
    }));
    process.stdout.write(values.json ? `${JSON.stringify(rows)}\n` : formatsAsText(FORMATS));
    return 0;
  }
  if (values.send) return (await import("./send-scan.ts")).sendScan(positionals, process.env, clock.now());
  if (values.developers !== undefined) return plan(positionals, values.developers, values.json ?? false);
  let isEveryFileRead = true;
  let count = 0;
  for await (const reading of readPaths(positionals)) {
    if (++count === FILES_BEFORE_OPTIMISING) setFlagsFromString("--opt");
    if (isFatal(reading)) isEveryFileRead = false;
    process.stdout.write(write(reading, values));
  }
  return isEveryFileRead ? 0 : 1;
}

async function plan(paths: string[], developers: string, json: boolean): Promise<number> {
  setFlagsFromString("--opt");
  const { budgetForDevelopers, planAsText, planFor } = await import("./plan-text.ts");
  const budgetCents = budgetForDevelopers(developers);
  if (typeof budgetCents === "string") {
    process.stderr.write(`${budgetCents}\n`);
    return 2;
  }
  const readings: Reading[] = [];
  for await (const reading of readPaths(paths)) readings.push(reading);
  const unread = readings.filter(isFatal);
  for (const reading of unread) process.stderr.write(readingAsText(reading, false));
  if (unread.length === readings.length) return 1;
  const view = planFor(readings, budgetCents, clock.now());
  process.stdout.write(
    json ? `${JSON.stringify({ plan: view.plan, problems: view.problems })}\n` : printable(planAsText(view)),
  );
  return unread.length > 0 || !view.plan ? 1 : 0;
}

function write(reading: Reading, { json, graph }: { json?: boolean; graph?: boolean }): string {
  return json ? `${readingAsJson(reading)}\n` : readingAsText(reading, graph ?? false);
}

function parse(args: string[]) {
  const boolean = { type: "boolean" } as const;
  try {
    const found = parseArgs({
      args,
      allowPositionals: true,
      options: {
        graph: boolean,
        json: boolean,
        developers: { type: "string" },
        formats: boolean,
        send: boolean,
        help: { ...boolean, short: "h" },
      },
    });
    const isEnough = found.positionals.length > 0 || found.values.formats || found.values.help;
    return isEnough ? found : "Name a lockfile or a folder.";
  } catch (error) {
    return (error as Error).message;
  }
}
