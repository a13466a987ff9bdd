import fs from "node:fs";
import { describe, expect, test } from "vitest";
import { formatsTable } from "../lib/cli/scan-text.ts";

const readme = fs.readFileSync("README.md", "utf8");
const scripts = JSON.parse(fs.readFileSync("package.json", "utf8")).scripts as Record<string, string>;

describe("the README", () => {
  test("its table of formats is the one list's own", () => {
    expect(readme).toContain(formatsTable());
  });

  test("every command it names exists", () => {
    for (const [, script] of readme.matchAll(/npm run ([\w:]+)/g)) expect(Object.keys(scripts)).toContain(script);
  });

  test("every room it names exists", () => {
    for (const [, room] of readme.matchAll(/^\| `(lib\/[\w-]+)\/` \|/gm)) expect(fs.existsSync(room!), room).toBe(true);
  });
});
