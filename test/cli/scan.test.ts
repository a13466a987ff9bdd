import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FORMATS } from "../../lib/lockfile/formats.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const fixture = (name: string) => path.join("test/fixtures", name);
let folder: string;

type Line = { packages: unknown[]; problems: { code: string; line?: number }[] };

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "scan-"));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

async function scan(...args: string[]): Promise<{ status: number; out: string; lines: Line[]; err: string }> {
  const run = promisify(execFile)(process.execPath, ["lib/ops/run.mjs", "lib/cli/scan.ts", ...args], {
    cwd: ROOT,
    maxBuffer: 1e8,
  });
  const { stdout, stderr, code } = await run.then(
    (done) => ({ ...done, code: 0 }),
    (failed: { stdout: string; stderr: string; code: number }) => failed,
  );
  const lines = args.includes("--json")
    ? stdout
        .trim()
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line))
    : [];
  return { status: code, out: stdout, lines, err: stderr };
}

describe("npm run scan", () => {
  test("writes a file's control characters out, so that they cannot reach the terminal", async () => {
    const file = path.join(folder, "yarn.lock");
    fs.writeFileSync(file, '# yarn lockfile v1\n\n\n"a\u001b[2J\u202e@1":\n  resolved "x"\n');
    const { out } = await scan("--graph", file);
    expect(out).toContain("\\u{1b}[2J\\u{202e}");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none of them may be there
    expect(out).not.toMatch(/[\0-\t\v-\x1f\u202e]/);
  });

  test("prints one line of JSON per lockfile, with edges as purls and first-party packages marked", async () => {
    const { status, lines } = await scan(
      "--graph",
      "--json",
      fixture("package-lock/v2-keeps-both-lists/package-lock.json"),
    );
    expect(status).toBe(0);
    expect(lines).toEqual([
      {
        file: "test/fixtures/package-lock/v2-keeps-both-lists/package-lock.json",
        format: "package-lock",
        packages: [
          { purl: "pkg:npm/app@1.0.0", depth: "unknown", scope: "unknown", firstParty: true },
          { purl: "pkg:npm/a@1.0.0", depth: "direct", scope: "runtime" },
          { purl: "pkg:npm/b@1.0.0", depth: "transitive", scope: "runtime" },
        ],
        edges: [
          ["pkg:npm/app@1.0.0", "pkg:npm/a@1.0.0"],
          ["pkg:npm/a@1.0.0", "pkg:npm/b@1.0.0"],
        ],
        problems: [],
      },
    ]);
  });

  test("prints what the README shows", async () => {
    const readme = fs.readFileSync(path.join(ROOT, "README.md"), "utf8");
    const shown = JSON.parse(/```json\n(\{\n {2}"file"[^`]*)```/.exec(readme)![1]!);
    const { out } = await scan("--graph", "--json", shown.file);
    expect(out).toBe(`${JSON.stringify(shown)}\n`);
  });

  test("reads folders, gives each lockfile the manifests of its folder and of its workspaces", async () => {
    const { status, lines } = await scan("--json", fixture("yarn-classic/workspaces"));
    expect(status).toBe(0);
    expect(lines).toHaveLength(1);
    expect(lines[0]!.problems).toEqual([]);
    expect(JSON.stringify(lines[0]!.packages)).toContain('"workspace":"packages/one"');
  });

  test("takes the manifest beside a lockfile that was named alone", async () => {
    const { lines } = await scan("--json", fixture("yarn-classic/several-descriptors-and-aliases/yarn.lock"));
    expect(lines[0]!.problems).toEqual([]);
  });

  test("ends with status 1 when any file has a fatal problem, and still reads the others", async () => {
    const broken = path.join(folder, "package-lock.json");
    fs.writeFileSync(broken, '{\n  "packages": {\n');
    const { status, lines } = await scan("--json", broken, fixture("package-lock/v3-aliases"));
    expect(status).toBe(1);
    expect(lines.map(({ problems }) => problems.map(({ code, line }) => [code, line]))).toEqual([[["syntax", 3]], []]);
  });

  test("answers for paths that do not exist and folders without lockfiles", async () => {
    const empty = path.join(folder, "empty");
    fs.mkdirSync(empty);
    const { status, lines } = await scan("--json", path.join(folder, "gone.lock"), empty);
    expect(status).toBe(1);
    expect(lines.map(({ problems }) => problems[0]!.code)).toEqual(["unreadable-file", "unknown-format"]);
  });

  test("counts the packages of a shrinkwrapped folder once, and says which file npm ignores", async () => {
    const both = path.join(folder, "both");
    fs.mkdirSync(both);
    for (const name of ["package-lock.json", "npm-shrinkwrap.json"]) {
      fs.copyFileSync(path.join(ROOT, fixture("npm-shrinkwrap/v3/npm-shrinkwrap.json")), path.join(both, name));
    }
    const { status, lines } = await scan("--json", both);
    expect(status).toBe(0);
    expect(lines.map(({ packages }) => packages.length)).toEqual([2, 0]);
    expect(JSON.stringify(lines[1]!.problems)).toContain("superseded");
  });

  test("writes for people: counts, and each problem with its line", async () => {
    const { out, status } = await scan(fixture("package-lock/v3-unresolved-and-extraneous"));
    expect(status).toBe(0);
    expect(out).toContain("1 package, 1 edge, 2 of the project itself");
    expect(out).toContain("warning unresolved-edge (line 11): node_modules/a needs gone");
  });

  test("lists every format, as text and as JSON", async () => {
    expect((await scan("--formats")).out.trim().split("\n")).toHaveLength(FORMATS.length);
    const { out } = await scan("--formats", "--json");
    expect(JSON.parse(out).map(({ name }: { name: string }) => name)).toEqual(FORMATS.map(({ name }) => name));
  });

  test("explains itself when the arguments are wrong, with status 2", async () => {
    for (const args of [[], ["--colour"]]) {
      const { status, err } = await scan(...args);
      expect(status).toBe(2);
      expect(err).toContain("npm run scan --");
    }
  });
});
