import path from "node:path";
import { describe, expect, test } from "vitest";
import { decodeText } from "../../lib/lockfile/decode.ts";
import { detectFormat, matchesName } from "../../lib/lockfile/detect-format.ts";
import { FORMATS } from "../../lib/lockfile/formats.ts";
import { groupFiles } from "../../lib/lockfile/group-files.ts";
import { MAX_BYTES } from "../../lib/lockfile/limits.ts";
import { isFatal, readLockfile } from "../../lib/lockfile/read-lockfile.ts";
import { filesOf } from "../support/lockfile-fixtures.ts";

const LOCK = JSON.stringify({
  lockfileVersion: 3,
  packages: { "": { name: "é", dependencies: { a: "1" } }, "node_modules/a": { version: "1.0.0" } },
});
const utf16 = (text: string, order: "le" | "be", mark: boolean) => {
  const bytes = Buffer.from((mark ? "\ufeff" : "") + text, "utf16le");
  return new Uint8Array(order === "le" ? bytes : bytes.swap16());
};

describe("the list of formats", () => {
  test("names each format once, with file names and an ecosystem", () => {
    expect(new Set(FORMATS.map(({ name }) => name)).size).toBe(FORMATS.length);
    for (const { name, label, ecosystem, files } of FORMATS) {
      expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(label.length * ecosystem.length * files.length).toBeGreaterThan(0);
    }
  });

  test("tells formats that share a file name apart by their shape", () => {
    for (const format of FORMATS) {
      for (const glob of format.files) {
        const sharing = FORMATS.filter(({ files }) => files.includes(glob));
        if (sharing.length > 1)
          expect(
            sharing.every(({ looksLike }) => looksLike),
            glob,
          ).toBe(true);
      }
    }
  });
});

describe("readLockfile", () => {
  test.each([
    ["UTF-8", new TextEncoder().encode(LOCK)],
    ["UTF-8 with mark", new TextEncoder().encode(`\ufeff${LOCK}`)],
    ["UTF-16 LE with mark", utf16(LOCK, "le", true)],
    ["UTF-16 BE with mark", utf16(LOCK, "be", true)],
    ["UTF-16 LE without mark", utf16(LOCK, "le", false)],
    ["UTF-16 BE without mark", utf16(LOCK, "be", false)],
  ])("reads %s", async (_, bytes) => {
    const reading = await readLockfile("package-lock.json", bytes);
    expect(reading.problems).toEqual([]);
    expect(reading.packages.map(({ purl }) => purl)).toEqual(["pkg:npm/%C3%A9", "pkg:npm/a@1.0.0"]);
  });

  test.each([
    ["a lone byte of a longer character", [0x7b, 0xc3, 0x28]],
    ["a surrogate alone in UTF-16", [0xff, 0xfe, 0x00, 0xd8, 0x7b, 0x00]],
  ])("says that %s is no text", async (_, bytes) => {
    const { problems } = await readLockfile("package-lock.json", Uint8Array.from(bytes));
    expect(problems).toEqual([expect.objectContaining({ code: "not-utf8", severity: "fatal" })]);
  });

  test("answers text as it answers bytes, with the mark or without", async () => {
    expect(await readLockfile("package-lock.json", `\ufeff${LOCK}`)).toEqual(
      await readLockfile("package-lock.json", LOCK),
    );
  });

  test.each(["", " \r\n\t", "\ufeff"])("says that a file of %j is empty", async (text) => {
    const { problems, format } = await readLockfile("yarn.lock", text);
    expect(problems).toEqual([expect.objectContaining({ code: "empty-file", severity: "fatal" })]);
    expect(format).toBe("yarn-classic");
  });

  test("says that it guessed when only the shape told the format", async () => {
    const reading = await readLockfile("copy of lock.txt", LOCK);
    expect(reading.format).toBe("package-lock");
    expect(reading.problems).toEqual([
      expect.objectContaining({ code: "guessed-format", message: expect.stringContaining("package-lock.json") }),
    ]);
  });

  test("never guesses what it does not know, and says what a manifest needs beside it", async () => {
    expect((await readLockfile("notes.txt", "dear diary")).problems[0]).toMatchObject({
      code: "unknown-format",
      severity: "fatal",
    });
    const { problems } = await readLockfile("app/package.json", '{"name":"a"}');
    expect(problems[0]).toMatchObject({
      code: "unknown-format",
      message: expect.stringContaining("package-lock.json"),
    });
  });

  test("points at merge conflict markers", async () => {
    const { problems } = await readLockfile("yarn.lock", "# yarn lockfile v1\n\n<<<<<<< HEAD\na@1:\n");
    expect(problems).toEqual([expect.objectContaining({ code: "syntax", severity: "fatal", line: 3 })]);
  });

  test("says that a well-formed file without dependencies has none", async () => {
    const { problems } = await readLockfile("package-lock.json", '{"lockfileVersion":3,"packages":{"":{"name":"a"}}}');
    expect(problems).toEqual([expect.objectContaining({ code: "no-packages", severity: "note" })]);
  });

  test("refuses more bytes than any lockfile has", async () => {
    const reading = await readLockfile("package-lock.json", new Uint8Array(MAX_BYTES + 1));
    expect(reading.problems).toEqual([expect.objectContaining({ code: "too-large", severity: "fatal" })]);
    expect(isFatal(reading)).toBe(true);
  });

  test("reads bun.lockb by its first line, whatever it is called", async () => {
    const bytes = Uint8Array.from([
      ...new TextEncoder().encode("#!/usr/bin/env bun\nbun-lockfile-format-v0\n"),
      0,
      0xff,
      0xfe,
    ]);
    for (const name of ["bun.lockb", "lock"]) {
      const { problems, format } = await readLockfile(name, bytes);
      expect(format).toBe("bun-lockb");
      expect(problems).toContainEqual(expect.objectContaining({ code: "binary-format", severity: "fatal" }));
    }
  });
});

describe("detectFormat", () => {
  test("takes a file of unknown name for what it is, or says that it does not know", () => {
    const folder = path.resolve(import.meta.dirname, "../fixtures");
    let guessed = 0;
    for (const [file, text] of filesOf(folder)) {
      const named = detectFormat(file, text);
      const guess = detectFormat("unknown", text);
      if (named?.by !== "name" || guess === null) continue;
      guessed++;
      // a shrinkwrap is a package-lock.json that is published
      const name = named.format.name.replace("npm-shrinkwrap", "package-lock");
      expect(guess.format.name, file).toBe(name);
    }
    expect(guessed).toBeGreaterThan(100);
  });

  test("does not take Paket's sections for Bundler's", () => {
    const paket =
      "NUGET\n  remote: https://host.example\n  specs:\n    A (1.0)\nGIT\n  remote: https://git.example/a.git\n  specs:\n";
    expect(detectFormat("unknown", paket)?.format.name).toBe("paket-lock");
    expect(detectFormat("unknown", paket.replaceAll("\n", "\r\n"))?.format.name).toBe("paket-lock");
  });

  test.each([
    ["yarn.lock", "# yarn lockfile v1\n", "yarn-classic"],
    ["YARN.LOCK", "__metadata:\n  version: 8\n", "yarn-berry"],
    ["a\\b\\pnpm-lock.yaml", "lockfileVersion: 5.4", "pnpm"],
    ["sub/Cargo.lock", "", "cargo-lock"],
  ])("tells %s by its name", (file, head, name) => {
    expect(detectFormat(file, head)).toMatchObject({ by: "name", format: { name } });
  });

  test("compares names without case, with stars and with folders", () => {
    expect(matchesName("app/Requirements-dev.TXT", "requirements*.txt")).toBe(true);
    expect(matchesName("x/.github/workflows/ci.yml", ".github/workflows/*.yml")).toBe(true);
    expect(matchesName("workflows/ci.yml", ".github/workflows/*.yml")).toBe(false);
    expect(matchesName("a.deps.json", "*.deps.json")).toBe(true);
    expect(matchesName("ab", "ab*b")).toBe(false);
  });
});

describe("groupFiles", () => {
  test("gives a lockfile the manifests of its folder and of the folders beneath", () => {
    const [group, ...rest] = groupFiles(["r/yarn.lock", "r/package.json", "r/packages/a/package.json", "package.json"]);
    expect([...group!.beside]).toEqual([
      ["package.json", "r/package.json"],
      ["packages/a/package.json", "r/packages/a/package.json"],
    ]);
    expect(rest).toEqual([{ lockfile: "package.json", beside: new Map() }]);
  });

  test("gives a manifest to the nearest lockfile that wants it", () => {
    const groups = groupFiles(["yarn.lock", "package.json", "sub/yarn.lock", "sub/package.json", "sub/Cargo.toml"]);
    expect(groups.map(({ lockfile, beside }) => [lockfile, ...beside.keys()])).toEqual([
      ["yarn.lock", "package.json"],
      ["sub/yarn.lock", "package.json"],
      ["sub/Cargo.toml"],
    ]);
  });

  test("lets npm-shrinkwrap.json win over package-lock.json in the same folder only", () => {
    const groups = groupFiles(["package-lock.json", "npm-shrinkwrap.json", "sub/package-lock.json"]);
    expect(groups.map(({ lockfile, supersededBy }) => [lockfile, supersededBy])).toEqual([
      ["package-lock.json", "npm-shrinkwrap.json"],
      ["npm-shrinkwrap.json", undefined],
      ["sub/package-lock.json", undefined],
    ]);
  });

  test("passes nobody's file over: what it does not know is answered for", () => {
    expect(groupFiles(["notes.txt"]).map(({ lockfile }) => lockfile)).toEqual(["notes.txt"]);
  });
});

test("decodeText leaves the mark out and takes no other encoding", () => {
  expect(decodeText(new TextEncoder().encode("\ufeffa"))).toBe("a");
  expect(decodeText(Uint8Array.from([0xe9]))).toBeNull();
});
