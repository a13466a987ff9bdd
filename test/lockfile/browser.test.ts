import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FORMATS } from "../../lib/lockfile/formats.ts";
import { readLockfile } from "../../lib/lockfile/read-lockfile.ts";
import { filesOf } from "../support/lockfile-fixtures.ts";
import { weighReader } from "../support/reader-bundle.ts";

const FIXTURES = path.resolve(import.meta.dirname, "../fixtures");
let folder: string;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "reader-"));
  // platform "browser": an import of a node: module fails the build
  await build({
    stdin: {
      contents: `import { readLockfile } from "./lib/lockfile/read-lockfile.ts";
        const answer = globalThis.answer;
        const task = globalThis.task;
        for (const name of ["process", "Buffer", "require", "setImmediate", "global"]) delete globalThis[name];
        for (const { file, text, beside } of task) answer(await readLockfile(file, text, new Map(beside)));
        answer(null);`,
      resolveDir: path.resolve(import.meta.dirname, "../.."),
    },
    outfile: path.join(folder, "reader.mjs"),
    bundle: true,
    platform: "browser",
    format: "esm",
    logLevel: "silent",
  });
}, 60_000);
afterAll(() => fs.rmSync(folder, { recursive: true }));

test("reads in a worker without anything of Node's as it does in Node", async () => {
  const task = [
    ["package-lock", "package-lock.json"],
    ["yarn-berry", "yarn.lock"],
    ["pnpm", "pnpm-lock.yaml"],
    ["uv-lock", "uv.lock"],
    ["pubspec-lock", "pubspec.lock"],
    ["pom-xml", "pom.xml"],
    ["gemfile-lock", "Gemfile.lock"],
  ].flatMap(([format, file]) =>
    fs.readdirSync(path.join(FIXTURES, format!)).flatMap((behaviour) => {
      const beside = filesOf(path.join(FIXTURES, format!, behaviour));
      const text = beside.get(file!);
      return text === undefined ? [] : [{ file: file!, text, beside: [...beside] }];
    }),
  );
  expect(new Set(task.map(({ file }) => file)).size).toBe(7);
  const entry = `import { parentPort, workerData } from "node:worker_threads";
    globalThis.task = workerData;
    globalThis.answer = (reading) => parentPort.postMessage(reading);
    await import(${JSON.stringify(path.join(folder, "reader.mjs"))});`;
  fs.writeFileSync(path.join(folder, "entry.mjs"), entry);
  const worker = new Worker(path.join(folder, "entry.mjs"), { workerData: task });
  const answers: unknown[] = [];
  await new Promise<void>((resolve, reject) => {
    worker.on("error", reject);
    worker.on("message", (reading) => (reading === null ? resolve() : answers.push(reading)));
  });
  await worker.terminate();
  const here = await Promise.all(task.map(({ file, text, beside }) => readLockfile(file, text, new Map(beside))));
  expect(answers).toEqual(here);
});

test("costs a browser little before a file is read, and under 40 KB with any one format", async () => {
  const { entry, formats } = await weighReader();
  expect(formats).toHaveLength(FORMATS.length);
  expect(entry).toBeLessThan(10_000);
  for (const { name, bytes } of formats) expect(bytes, name).toBeLessThan(40_000);
  // a format whose reader is imported where it is named would be downloaded by everyone
  expect(formats.filter(({ name, bytes }) => bytes <= entry && name !== "bun-lockb")).toEqual([]);
}, 60_000);
