import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { conanLock } from "../../../lib/lockfile/formats/conan-lock.ts";
import { REAL_LOCKFILES, readFixture, readFolder, readText } from "../../support/lockfile-fixtures.ts";

describe("conan.lock", () => {
  const fixture = (behaviour: string) => readFixture(conanLock, `conan-lock/${behaviour}`, "conan.lock");

  test("reads the graph of Conan 1 with its consumer, build and Python requirements", async () => {
    const { edges, get } = await fixture("v1-graph");
    expect(edges).toEqual([
      "app@1.0 -> cmake@3.28.1",
      "app@1.0 -> openssl@3.2.1",
      "app@1.0 -> team/helpers@0.2?channel=stable",
      "app@1.0 -> team/inside@2.0?channel=testing",
      "openssl@3.2.1 -> zlib@1.3.1",
    ]);
    expect(get("/app@1.0").firstParty).toBe(true);
    expect(get("/openssl@3.2.1")).toMatchObject({ depth: "direct", scope: "runtime" });
    expect(get("/zlib@1.3.1")).toMatchObject({ depth: "transitive", scope: "runtime" });
    expect(get("/cmake@3.28.1")).toMatchObject({ depth: "direct", scope: "development" });
  });

  test("reports a reference that is none and an edge that leads nowhere, each with its line", async () => {
    const { reading } = await fixture("v1-graph");
    expect(reading.problems.map(({ code, line }) => [code, line])).toEqual([
      ["unreadable-entry", 22],
      ["unresolved-edge", 19],
    ]);
  });

  test("reads the early layout: package references, ids that are UUIDs, requirements as a mapping", async () => {
    const { reading, purls } = await fixture("v1-early-layout");
    expect(reading.problems).toEqual([]);
    expect(purls).toEqual(["pkg:conan/zlib@1.2.11"]);
    expect(reading.packages[0]).toMatchObject({ depth: "direct", scope: "runtime" });
  });

  test("reads the lists of Conan 2 by kind, with user and channel, without revisions", async () => {
    const { reading, get } = await fixture("v2-by-kind");
    expect(get("pkg:conan/zlib@1.3.1").scope).toBe("runtime");
    expect(get("pkg:conan/team/inside@2.0?channel=testing").scope).toBe("runtime");
    expect(get("pkg:conan/cmake@3.28.1").scope).toBe("development");
    expect(get("pkg:conan/helpers@0.2").scope).toBe("development");
    expect(reading.problems[0]).toMatchObject({ code: "unreadable-entry", line: 9 });
  });

  test("refuses JSON of another kind", async () => {
    expect((await readText(conanLock, '{"version": "0.5"}')).troubles).toEqual(["wrong-shape"]);
  });

  test.skipIf(!fs.existsSync(REAL_LOCKFILES))(
    "reads a real file whole (skipped where real lockfiles are absent)",
    async () => {
      const { reading } = await readFolder(conanLock, path.join(REAL_LOCKFILES, "conan-lock/encdec"), "conan.lock");
      expect(reading.problems).toEqual([]);
      expect(reading.packages).toEqual([{ purl: "pkg:conan/libsodium@1.0.18", depth: "direct", scope: "runtime" }]);
    },
  );
});

test("calls a channel that is no text unreadable, and does not stumble over it", async () => {
  const { reading } = await readText(conanLock, '{"version":"0.5","requires":["a/1.0@team/\\ud800x","b/1.0"]}');
  expect(reading.packages.map(({ purl }) => purl)).toEqual(["pkg:conan/b@1.0"]);
  expect(reading.problems).toContainEqual(expect.objectContaining({ code: "unreadable-entry" }));
});
