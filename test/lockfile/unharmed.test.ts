/**
 * What holds for every format on the list, tried on every fixture: no input makes a reader throw, hang, or answer
 * nothing without saying why. A new format is covered by being on the list and having fixtures.
 */
import fs from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatsByName } from "../../lib/lockfile/detect-format.ts";
import { FORMATS } from "../../lib/lockfile/formats.ts";
import { LimitReached, MAX_LINE_LENGTH } from "../../lib/lockfile/limits.ts";
import { isFatal, readLockfile } from "../../lib/lockfile/read-lockfile.ts";
import type { Format, Reading } from "../../lib/lockfile/types.ts";
import { filesOf } from "../support/lockfile-fixtures.ts";

const FIXTURES = path.resolve(import.meta.dirname, "../fixtures");
// cuts and changes of one file; a fixture is small, and a real reader takes microseconds for it
const TRIES = 200;

type Fixture = { format: Format; behaviour: string; file: string; text: string; beside: Map<string, string> };

const fixtures = FORMATS.flatMap((format): Fixture[] => {
  const folder = path.join(FIXTURES, format.name);
  if (!fs.existsSync(folder)) return [];
  return fs.readdirSync(folder).flatMap((behaviour) => {
    const beside = filesOf(path.join(folder, behaviour));
    const files = [...beside].filter(([file]) => formatsByName(file).includes(format));
    return files.slice(0, 1).map(([file, text]) => ({ format, behaviour, file, text, beside }));
  });
});

// a reader's own exceptions are mistakes of ours, so they are looked for before readLockfile turns them into problems
async function read({ format, file, beside }: Fixture, text: string): Promise<Reading> {
  try {
    await format.read(text, beside);
  } catch (error) {
    if (!(error instanceof LimitReached)) throw error;
  }
  const reading = await readLockfile(file, text, beside);
  check(reading);
  return reading;
}

function check({ packages, edges, problems }: Reading): void {
  if (packages.length === 0) expect(problems.length).toBeGreaterThan(0);
  expect(new Set(packages.map(({ purl }) => purl)).size).toBe(packages.length);
  expect(new Set(edges.map(([from, to]) => `${from} ${to}`)).size).toBe(edges.length);
  for (const [from, to] of edges) {
    expect(from).not.toBe(to);
    expect(packages[from] && packages[to]).toBeDefined();
  }
  for (const { message, line } of problems) {
    expect(message).toMatch(/\S.*[.!?)]$/s);
    if (line !== undefined) expect(line).toBeGreaterThan(0);
  }
}

// scanners count lines, general parsers forget them and have to look for them again
function withoutLines({ packages, edges, problems }: Reading): unknown {
  return { packages, edges, problems: problems.map(({ code, message }) => [code, message]) };
}

test("every format on the list has a fixture that it reads", async () => {
  const read = new Set<string>();
  for (const fixture of fixtures) {
    const reading = await readLockfile(fixture.file, fixture.text, fixture.beside);
    if (reading.packages.length > 0 || fixture.format.name === "bun-lockb") read.add(fixture.format.name);
  }
  expect(FORMATS.map(({ name }) => name).filter((name) => !read.has(name))).toEqual([]);
});

describe.each(FORMATS.map(({ name }) => name))("%s", (name) => {
  const own = fixtures.filter(({ format }) => format.name === name);

  test("answers every fixture, with either kind of line end, in well-formed words", async () => {
    for (const fixture of own) {
      const unix = await read(fixture, fixture.text.replaceAll("\r\n", "\n"));
      const windows = await read(fixture, fixture.text.replaceAll("\r\n", "\n").replaceAll("\n", "\r\n"));
      expect(withoutLines(windows), fixture.behaviour).toEqual(withoutLines(unix));
    }
  });

  test("answers a file that is cut off anywhere with a graph or a problem", async () => {
    for (const fixture of own) {
      const step = Math.max(1, Math.floor(fixture.text.length / TRIES));
      for (let length = 0; length < fixture.text.length; length += step)
        await read(fixture, fixture.text.slice(0, length));
    }
  });

  test("answers any change of a file with a graph or a problem", async () => {
    const words = [
      "",
      " ",
      "\n",
      "\t",
      '"',
      "'",
      "{",
      "}",
      "[",
      "]",
      ":",
      ",",
      "=",
      "@",
      "/",
      "\\",
      "#",
      "-",
      "&a",
      "*a",
      "!b",
      "<",
      ">",
    ];
    const names = [
      "__proto__",
      "constructor",
      "toString",
      "\u0000",
      "\ud800",
      "é",
      "1e999",
      "null",
      "[]",
      "{}",
      "\ufeff",
    ];
    for (const fixture of own) {
      const { text } = fixture;
      const change = fc.tuple(fc.nat(text.length), fc.nat(20), fc.constantFrom(...words, ...names));
      const changed = fc
        .array(change, { minLength: 1, maxLength: 3 })
        .map((changes) =>
          changes.reduce((sum, [at, length, word]) => sum.slice(0, at) + word + sum.slice(at + length), text),
        );
      await fc.assert(
        fc.asyncProperty(changed, async (one) => {
          await read(fixture, one);
        }),
        { numRuns: 60 },
      );
    }
  });

  test("answers files of another kind, or of no kind, without a crash", async () => {
    const strange = [
      "null",
      "[]",
      "{}",
      "0",
      '"a"',
      "a: b\n",
      "a = 1\n",
      "<a/>",
      "---\n",
      "{{",
      "\u0000",
      "x".repeat(5000),
      "\n".repeat(5000),
    ];
    for (const fixture of own.slice(0, 1)) for (const text of strange) await read(fixture, text);
  });

  test("refuses or reads a line of more than the stated length", async () => {
    for (const fixture of own.slice(0, 1)) {
      const reading = await read(fixture, fixture.text + "a".repeat(MAX_LINE_LENGTH + 1));
      expect(reading.problems).toContainEqual(expect.objectContaining({ code: "too-large", severity: "fatal" }));
    }
  });

  test("refuses or reads deep nesting", async () => {
    for (const fixture of own.slice(0, 1)) {
      for (const open of ['{"a":', "[", "<a>", "{[", "- ", "  ", "("]) await read(fixture, open.repeat(30_000));
    }
  });
});

describe("attacks", () => {
  const namesakes = (one: (at: number) => string) => Array.from({ length: 300 }, (_, at) => one(at)).join("\n");
  test.each([
    [
      "Cargo.lock",
      namesakes((at) => `[[package]]\nname = "a"\nversion = "1.0.${at}"\ndependencies = [\n "a 1.0.0",\n]\n`),
    ],
    ["uv.lock", `version = 1\n${namesakes((at) => `[[package]]\nname = "a"\nversion = "1.0.${at}"\n`)}`],
    ["poetry.lock", namesakes((at) => `[[package]]\nname = "a"\nversion = "1.0.${at}"\n`)],
  ])("says once that %s has more packages of one name than needs are compared with", async (file, text) => {
    const { problems } = await readLockfile(file, text);
    expect(problems.filter(({ code }) => code === "too-large")).toEqual([
      expect.objectContaining({ severity: "warning", message: expect.stringContaining("called a") }),
    ]);
  });

  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${"bcdefghi".replace(/./g, (sign) => {
    const before = String.fromCharCode(sign.charCodeAt(0) - 1);
    return `${sign}: &${sign} [${`*${before},`.repeat(9)}]\n`;
  })}`;

  test.each(["pnpm-lock.yaml", "pubspec.lock", "conda-lock.yml", "Podfile.lock", "pixi.lock", "stack.yaml.lock"])(
    "refuses an alias bomb in %s",
    async (file) => {
      const reading = await readLockfile(file, `lockfileVersion: '9.0'\npackages:\n  x: 1\n${bomb}`);
      expect(isFatal(reading)).toBe(true);
    },
  );

  test("refuses YAML that merges one anchor by the thousand", async () => {
    const text = `a: &a {b: c}\n${"x:\n  <<: *a\n".repeat(2000)}`;
    for (const file of ["pnpm-lock.yaml", "pubspec.lock"])
      expect(isFatal(await readLockfile(file, text)), file).toBe(true);
  });

  test("refuses one line, one key and one header of 30 MB without going through it", async () => {
    const long = "a".repeat(30_000_000);
    for (const [file, text] of [
      ["yarn.lock", `# yarn lockfile v1\n\n\n${long}:\n  version "1"\n`],
      ["pnpm-lock.yaml", `lockfileVersion: '9.0'\n${long}: 1\n`],
      ["package-lock.json", `{"${long}": 1}`],
    ] as const) {
      const { problems } = await readLockfile(file, text);
      expect(problems).toEqual([expect.objectContaining({ code: "too-large", severity: "fatal" })]);
    }
  });

  test("refuses 4 MB of brackets, quotes, one word and nothing", async () => {
    for (const unit of ["[", '"', '["]",', "{", "a", "\n", " "]) {
      const text = unit.repeat(Math.floor(4_000_000 / unit.length));
      const reading = await readLockfile("package-lock.json", text);
      expect(isFatal(reading), unit).toBe(true);
    }
  });

  test("reads a package-lock.json whose every package needs every other, up to the stated edges", async () => {
    const names = Array.from({ length: 300 }, (_, at) => `p${at}`);
    const needs = Object.fromEntries(names.map((name) => [name, "1"]));
    const packages = Object.fromEntries(
      names.map((name) => [`node_modules/${name}`, { version: "1.0.0", dependencies: needs }]),
    );
    const reading = await readLockfile("package-lock.json", JSON.stringify({ lockfileVersion: 3, packages }));
    expect(reading.edges).toHaveLength(300 * 299);
  });
});
