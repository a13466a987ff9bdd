import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { detectFormat } from "../../../lib/lockfile/detect-format.ts";
import { githubActions } from "../../../lib/lockfile/formats/github-actions.ts";
import { REAL_LOCKFILES, readFixture, readFolder, readText } from "../../support/lockfile-fixtures.ts";

const WORKFLOW = ".github/workflows/ci.yml";

describe("GitHub Actions", () => {
  const workflow = () => readFixture(githubActions, "github-actions/workflow", WORKFLOW);

  test("names the repository of actions, of actions in its folders and of reusable workflows, each once", async () => {
    const { purls } = await workflow();
    expect(purls.filter((purl) => purl.startsWith("pkg:github/"))).toEqual([
      "pkg:github/actions/checkout@v6",
      "pkg:github/github/codeql-action@0123456789abcdef0123456789abcdef01234567",
      "pkg:github/example/workflows@main",
    ]);
  });

  test("names container images with their registry, tag or digest", async () => {
    const { purls } = await workflow();
    expect(purls.filter((purl) => purl.startsWith("pkg:docker/"))).toEqual([
      "pkg:docker/alpine@3.20",
      "pkg:docker/example/tool@sha256:89abcdef?repository_url=ghcr.io",
      "pkg:docker/inside/image@1.10?repository_url=localhost:5000",
    ]);
  });

  test("leaves the repository's own actions out, and commands that only look like one", async () => {
    const { purls } = await workflow();
    expect(purls.filter((purl) => /own|other|not/.test(purl))).toEqual([]);
  });

  test("takes every action as direct, of unknown scope", async () => {
    const { reading } = await workflow();
    expect(new Set(reading.packages.map(({ depth, scope }) => `${depth} ${scope}`))).toEqual(
      new Set(["direct unknown"]),
    );
  });

  test("reads steps behind an alias once, and reports what names no reference once, with its line", async () => {
    const { reading } = await workflow();
    expect(reading.problems).toEqual([expect.objectContaining({ code: "unreadable-entry", line: 19 })]);
  });

  test("reads composite and container actions", async () => {
    const composite = await readFixture(githubActions, "github-actions/composite-action", "action.yml");
    expect(composite.purls).toEqual(["pkg:github/actions/setup-node@v6"]);
    const container = await readFixture(githubActions, "github-actions/container-action", "action.yaml");
    expect(container.purls).toEqual(["pkg:docker/example/contained@2"]);
  });

  test("reads an alias bomb in time, since aliases are walked once", async () => {
    const bomb = ["jobs:", "  a: &a0", "    steps: &s0 [{uses: o/r@v1}]"];
    for (let level = 1; level < 30; level++)
      bomb.push(`  j${level}: {steps: &s${level} [*s${level - 1}, *s${level - 1}]}`);
    const started = performance.now();
    const { purls } = await readText(githubActions, bomb.join("\n"));
    expect(performance.now() - started).toBeLessThan(500);
    expect(purls).toEqual(["pkg:github/o/r@v1"]);
  });

  test("refuses YAML that is neither workflow nor action", async () => {
    expect((await readText(githubActions, "jobs: nothing\n")).troubles).toEqual(["wrong-shape"]);
  });

  test.skipIf(!fs.existsSync(REAL_LOCKFILES))(
    "reads a real workflow, which is known by its shape (skipped where real lockfiles are absent)",
    async () => {
      const folder = path.join(REAL_LOCKFILES, "github-actions/babel-ci");
      const { reading } = await readFolder(githubActions, folder, "ci.yml");
      expect(reading.problems).toEqual([]);
      expect(reading.packages).toHaveLength(5);
      const detection = detectFormat("ci.yml", fs.readFileSync(path.join(folder, "ci.yml"), "utf8"));
      expect([detection?.format.name, detection?.by]).toEqual(["github-actions", "shape"]);
    },
  );
});
