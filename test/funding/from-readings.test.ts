import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { peopleInReadings } from "../../lib/funding/from-readings.ts";
import type { Package, Reading } from "../../lib/lockfile/types.ts";
import { makePurl } from "../../lib/purl.ts";

const now = "2026-11-01T00:00:00Z";

function reading(packages: (Pick<Package, "purl"> & Partial<Package>)[], file = "package-lock.json"): Reading {
  return {
    file,
    format: "package-lock",
    packages: packages.map((found) => ({ depth: "direct", scope: "runtime", ...found })),
    edges: [],
    problems: [],
  };
}

describe("peopleInReadings", () => {
  it("counts a payee once for all platform binaries of one project", () => {
    const people = peopleInReadings(
      [
        reading(
          ["linux", "darwin", "win32"].map((os) => ({
            purl: `pkg:npm/%40img/sharp-${os}@1.0.0`,
            funding: ["https://opencollective.com/libvips"],
          })),
        ),
      ],
      now,
    );
    expect(people.payees.map((payee) => [payee.id, payee.packageCount])).toEqual([["opencollective.com/libvips", 3]]);
  });

  it("never makes the owner of a repository a payee", () => {
    const people = peopleInReadings([reading([{ purl: "pkg:npm/x@1", repository: "github:someone/x" }])], now);
    expect(people.payees).toEqual([]);
    expect(people.unreached).toEqual({ packages: 1, projects: 1, packagesWithRepository: 1 });
  });

  it("merges versions, leaves out first-party packages, and pays a project's other packages too", () => {
    const repository = "https://github.com/o/mono";
    const people = peopleInReadings(
      [
        reading([
          { purl: "pkg:npm/own@0", firstParty: true, funding: ["https://github.com/sponsors/own"] },
          { purl: "pkg:npm/a@1", repository, funding: ["https://github.com/sponsors/o"] },
          { purl: "pkg:npm/a@2", repository },
          { purl: "pkg:npm/b@1", repository },
        ]),
      ],
      now,
    );
    expect(people.projectOf).toEqual(
      new Map([
        ["pkg:npm/a", "github.com/o/mono"],
        ["pkg:npm/b", "github.com/o/mono"],
      ]),
    );
    expect(people.payees.map((payee) => [payee.id, payee.packageCount])).toEqual([["github.com/o", 2]]);
    expect(people.unreached.packages).toBe(0);
  });

  it("keeps where and when each channel was learned", () => {
    const people = peopleInReadings(
      [reading([{ purl: "pkg:npm/a@1", funding: ["https://ko-fi.com/a"] }], "web/yarn.lock")],
      now,
    );
    expect(people.payees[0]!.channels[0]!.provenance).toEqual([
      { source: "lockfile", where: "web/yarn.lock", subject: "pkg:npm/a@1", learnedAt: now },
    ]);
  });

  it("shows malformed addresses as such and makes nobody of them", () => {
    const people = peopleInReadings([reading([{ purl: "pkg:npm/a@1", funding: ["javascript:alert(1)"] }])], now);
    expect(people.malformed.map((bad) => bad.reason)).toEqual(["is a javascript: address, not a web address"]);
    expect(people.unreached.packages).toBe(1);
  });
});

const real = path.resolve("../shared/data/lockfiles/package-lock/documenso/package-lock.json");

describe("a real lockfile of 2,381 entries", () => {
  // only the fields this test needs; the format's own reader is tested in its own room
  const load = (): Package[] => {
    const lock = JSON.parse(readFileSync(real, "utf8")) as {
      packages: Record<string, { version?: string; funding?: unknown }>;
    };
    return Object.entries(lock.packages).flatMap(([place, entry]) => {
      const name = place.split("node_modules/").at(-1);
      if (!place.includes("node_modules/") || !name || !entry.version) return [];
      const funding = [entry.funding ?? []]
        .flat()
        .map((one) => (typeof one === "string" ? one : (one as { url: string }).url));
      return [
        {
          purl: makePurl("npm", name, entry.version),
          depth: "transitive",
          scope: "runtime",
          funding,
        } satisfies Package,
      ];
    });
  };

  it.skipIf(!existsSync(real))(
    "answers bit for bit the same when shuffled (skipped where ../shared/data is absent)",
    () => {
      const packages = load();
      const answer = (order: Package[]) =>
        JSON.stringify(
          [...Object.entries(peopleInReadings([reading(order)], now))].map(([k, v]) => [
            k,
            v instanceof Map ? [...v] : v,
          ]),
        );
      const straight = answer(packages);
      // 7919 is prime and larger than any lockfile's factors here: every package moves, none is lost
      const shuffled = packages.map((_, index) => packages[(index * 7919) % packages.length]!);
      expect(new Set(shuffled).size).toBe(packages.length);
      expect(answer(shuffled)).toBe(straight);
      expect(answer(packages.toReversed())).toBe(straight);
    },
  );

  it.skipIf(!existsSync(real))(
    "finds each payee once and no malformed address (skipped where ../shared/data is absent)",
    () => {
      const people = peopleInReadings([reading(load())], now);
      const unified = people.payees.filter((payee) => payee.channels.some(({ key }) => key === "unified"));
      expect(unified).toHaveLength(1);
      expect(people.malformed).toEqual([]);
      expect(new Set(people.payees.map((payee) => payee.id)).size).toBe(people.payees.length);
      expect(people.unreached.packages).toBeLessThan(people.packageCount);
    },
  );
});
