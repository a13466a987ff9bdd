import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { overrides } from "../../lib/ops/directions.mjs";

const root = path.resolve(import.meta.dirname, "../..");

/**
 * Lints lines of code as if they stood in files of this project, in a scratch copy of its settings.
 *
 * @param lines file and code, one line each
 * @returns what the linter says about each line, in the same order
 */
function lint(lines: [file: string, code: string][]): string[] {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "tributary-lint-"));
  try {
    const settings = JSON.parse(fs.readFileSync(path.join(root, "biome.json"), "utf8"));
    write(scratch, "biome.json", JSON.stringify({ ...settings, vcs: { enabled: false } }));
    write(scratch, "lib/ops/directions.json", fs.readFileSync(path.join(root, "lib/ops/directions.json"), "utf8"));
    const files = new Map<string, string[]>();
    const places = lines.map(([file, code]) => {
      const content = files.get(file) ?? [];
      files.set(file, content);
      return { file, line: content.push(code) };
    });
    for (const [file, content] of files) write(scratch, file, `${content.join("\n")}\n`);
    const biome = path.join(root, "node_modules/.bin/biome");
    const { stdout } = spawnSync(biome, ["lint", "--reporter=github", "--max-diagnostics=none"], {
      cwd: scratch,
      encoding: "utf8",
    });
    const said = stdout.split("\n");
    return places.map(({ file, line }) => said.filter((s) => s.includes(`/${file},line=${line},`)).join("\n"));
  } finally {
    fs.rmSync(scratch, { recursive: true, force: true });
  }
}

function write(scratch: string, file: string, content: string): void {
  fs.mkdirSync(path.dirname(path.join(scratch, file)), { recursive: true });
  fs.writeFileSync(path.join(scratch, file), content);
}

const importing = (specifier: string) => `import "${specifier}";`;

const REFUSED: [string, string, RegExp][] = [
  // 1. arrows go down
  ["lib/pledge/due-date.ts", "../../app/page.tsx", /Nothing in lib\/ knows the front/],
  ["lib/pledge/due-date.ts", "@/app/_ui/text", /Nothing in lib\/ knows the front/],
  ["lib/report/store.ts", "next/cache", /Nothing in lib\/ knows the front/],
  ["lib/auth/session.ts", "next", /Nothing in lib\/ knows the front/],
  ["lib/cli/scan.ts", "react", /Nothing in lib\/ knows the front/],
  ["lib/jobs/send-mail.ts", "react-dom/server", /Nothing in lib\/ knows the front/],
  ["lib/ops/worker.ts", "next/server", /Nothing in lib\/ knows the front/],
  ["lib/money.ts", "next/headers", /Nothing in lib\/ knows the front/],
  // 2. lockfile and allocation run anywhere
  ["lib/lockfile/graph.ts", "node:fs", /Web Worker/],
  ["lib/lockfile/formats/yarn-lock.ts", "fs", /noNodejsModules/],
  ["lib/allocation/settle.ts", "node:crypto", /Web Worker/],
  ["lib/allocation/settle.ts", "../env.ts", /Web Worker/],
  ["lib/allocation/settle.ts", "../clock.ts", /Web Worker/],
  ["lib/lockfile/formats/yarn-lock.ts", "../../http.ts", /Only sources/],
  ["lib/allocation/store.ts", "../db.ts", /Only store\.ts/],
  // 3. which room knows which
  ["lib/ledger/store.ts", "../report/store.ts", /may not know/],
  ["lib/pledge/store.ts", "../directory/store.ts", /may not know/],
  ["lib/lockfile/formats/yarn-lock.ts", "../../stack/summarise.ts", /may not know/],
  ["lib/allocation/settle.ts", "../pledge/floor.ts", /may not know/],
  ["lib/funding/payees.ts", "../allocation/settle.ts", /may not know/],
  ["lib/auth/permissions.ts", "../api/answer.ts", /may not know/],
  ["lib/report/derive.ts", "../cli/scan.ts", /may not know/],
  ["lib/money.ts", "./pledge/floor.ts", /may not know/],
  ["lib/queue.ts", "./mail/send.ts", /may not know/],
  // 4. database and network
  ["lib/pledge/due-date.ts", "../db.ts", /Only store\.ts/],
  ["lib/pledge/due-date.ts", "../generated/prisma/client.ts", /Only store\.ts/],
  ["lib/jobs/send-mail.ts", "../db.ts", /Only store\.ts/],
  ["lib/a-room-of-tomorrow/rule.ts", "../db.ts", /Only store\.ts/],
  ["app/(public)/page.tsx", "@/lib/db", /Only store\.ts/],
  ["app/(public)/page.tsx", "@/lib/generated/prisma/client", /Only store\.ts/],
  ["lib/funding/sources/github.ts", "../../db.ts", /Only store\.ts/],
  ["lib/funding/store.ts", "../http.ts", /Only sources/],
  ["app/api/v1/companies/route.ts", "@/lib/http", /Only sources/],
  // 5. later work
  ["lib/report/store.ts", "../jobs/list.ts", /enqueue/],
  ["lib/auth/auth.ts", "../jobs/send-mail.ts", /enqueue/],
  ["app/(public)/page.tsx", "@/lib/jobs/list", /enqueue/],
];

test("each written direction refuses what goes against it", () => {
  const said = lint(REFUSED.map(([file, specifier]) => [file, importing(specifier)]));
  REFUSED.forEach(([file, specifier, reason], at) => {
    expect(said[at], `${file} imports ${specifier}`).toMatch(reason);
  });
});

test("a dynamic import and a type are imports too", () => {
  const [dynamic, type] = lint([
    ["lib/pledge/due-date.ts", 'export const it = await import("../db.ts");'],
    ["lib/ledger/types.ts", 'export type { Report } from "../report/types.ts";'],
  ]);
  expect(dynamic).toMatch(/Only store\.ts/);
  expect(type).toMatch(/may not know/);
});

const ALLOWED: [string, string][] = [
  ["lib/report/store.ts", "../db.ts"],
  ["lib/report/store.ts", "../generated/prisma/client.ts"],
  ["lib/report/history-store.ts", "../db.ts"],
  ["lib/report/store.ts", "../ledger/store.ts"],
  ["lib/directory/store.ts", "../report/store.ts"],
  ["lib/funding/sources/github.ts", "../../http.ts"],
  ["lib/stack/summarise.ts", "../lockfile/types.ts"],
  ["lib/lockfile/formats/yarn-lock.ts", "../syntax/yaml.ts"],
  ["lib/allocation/settle.ts", "../money.ts"],
  ["lib/auth/auth.ts", "../db.ts"],
  ["lib/queue.ts", "./db.ts"],
  ["lib/jobs/send-mail.ts", "../mail/send.ts"],
  ["lib/ops/worker.ts", "../jobs/list.ts"],
  ["lib/cli/scan.ts", "../lockfile/read.ts"],
  ["app/(public)/page.tsx", "@/lib/directory/store"],
  ["app/(public)/page.tsx", "next/link"],
];

test("what follows the directions is let through", () => {
  const said = lint(ALLOWED.map(([file, specifier]) => [file, importing(specifier)]));
  expect(said.filter(Boolean)).toEqual([]);
});

test("a file that only passes on another's exports is refused", () => {
  const [all, named] = lint([
    ["lib/pledge/index.ts", 'export * from "./floor.ts";'],
    ["lib/ledger/index.ts", 'export { LIMIT } from "./limits.ts";'],
  ]);
  expect(all).toMatch(/noReExportAll/);
  expect(named).toMatch(/noBarrelFile/);
});

test("nothing of a server is used where the code also runs in a browser", () => {
  const said = lint([
    ["lib/allocation/settle.ts", "export const home = process.env.HOME;"],
    ["lib/allocation/settle.ts", 'export const bytes = Buffer.from("x");'],
    ["lib/lockfile/read.ts", 'export const page = await fetch("https://example.org");'],
  ]);
  for (const words of said) expect(words).toMatch(/noRestrictedGlobals/);
});

test("the file the linter reads says what lib/ops/directions.mjs says", () => {
  const written = JSON.parse(fs.readFileSync(path.join(root, "lib/ops/directions.json"), "utf8"));
  expect(written.overrides, "run: node lib/ops/directions.mjs").toEqual(overrides());
});
