import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { runOnce } from "graphile-worker";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { db } from "../../lib/db.ts";
import { askParty, type Parties } from "../../lib/funding/ask.ts";
import { coverage } from "../../lib/funding/coverage.ts";
import { findPeople } from "../../lib/funding/find-people.ts";
import { findProgress } from "../../lib/funding/progress.ts";
import { refreshStale, resolveBatch, startRun } from "../../lib/funding/resolve.ts";
import { sendableNames } from "../../lib/funding/sendable.ts";
import type { Package, Reading } from "../../lib/lockfile/types.ts";
import { quietLogger } from "../../lib/ops/queue-schema.mjs";
import { makePurl } from "../../lib/purl.ts";
import { startFakes } from "../fakes/start-all.ts";
import { emptyWorld, sampleWorld, type World } from "../fakes/world.ts";
import { testDatabase } from "../support/database.ts";

type Fakes = Awaited<ReturnType<typeof startFakes>>;
let world: World;
let fakes: Fakes;

const reading = (packages: (Pick<Package, "purl"> & Partial<Package>)[]): Reading => ({
  file: "package-lock.json",
  format: "package-lock",
  packages: packages.map((found) => ({ depth: "direct", scope: "runtime", ...found })),
  edges: [],
  problems: [],
});
const parties = (changes: Partial<Parties> = {}): Parties => ({
  githubApiUrl: fakes.github.url,
  githubToken: "sample",
  githubWebUrl: fakes.github.url,
  ecosystemsUrl: fakes.ecosystems.url,
  depsDevUrl: fakes.depsDev.url,
  openCollectiveUrl: fakes.openCollective.url,
  npmRegistryUrl: fakes.npm.url,
  pubUrl: fakes.pub.url,
  ...changes,
});
// from the present on: the queue, which decides what is due, has no other clock than the real one
const start = Date.now();
const at = (days: number) => new Date(start + days * 86_400_000);

/** Runs what is due, as the worker does, with the clock set. */
async function work(now: Date, at: Parties = parties(), ask: typeof askParty = askParty) {
  await runOnce({
    connectionString: testDatabase.url,
    logger: quietLogger,
    taskList: {
      "resolve-batch": (input) => resolveBatch((input as { batchId: string }).batchId, at, now, ask),
      "resolve-refresh": async () => {},
    },
  });
}
const makeDue = () => db.$executeRaw`update graphile_worker._private_jobs set run_at = now() where run_at > now()`;
const resolve = async (readings: Reading[], now: Date, changes: Partial<Parties> = {}) => {
  const { packages } = sendableNames(readings);
  const { runId } = await startRun({ purpose: "scan", packages }, parties(changes), now);
  await work(now, parties(changes));
  return runId;
};
const clear = () => db.$executeRaw`truncate "SourceAnswer", "FundingRun" cascade`;

beforeEach(async () => {
  world = emptyWorld();
  fakes = await startFakes(world);
});
afterEach(async () => {
  await fakes.close();
  await clear();
  await db.$executeRaw`delete from graphile_worker._private_jobs`;
});

describe("one run", () => {
  beforeEach(() => {
    world.accounts.set("sample-a", { login: "sample-a", kind: "User", name: "Sample A", listing: true });
    world.accounts.set("sample-c", { login: "sample-c", kind: "User", listing: false });
    world.collectives.set("sample", { slug: "sample", name: "Sample Collective", active: true });
    world.packages.set("pkg:npm/a", { purl: "pkg:npm/a", repository: "https://github.com/sample-a/old" });
    const funding = [
      { platform: "GITHUB", url: "https://github.com/sample-a" },
      { platform: "OPEN_COLLECTIVE", url: "https://opencollective.com/sample" },
    ];
    world.repositories.set("sample-a/new", { name: "sample-a/new", funding });
    world.repositories.set("sample-a/old", { name: "sample-a/new", funding });
    world.packages.set("pkg:npm/b", { purl: "pkg:npm/b", repository: "https://github.com/sample-b/b" });
    world.repositories.set("sample-b/b", { name: "sample-b/b", funding: [] });
  });
  const readings = [
    reading([
      { purl: "pkg:npm/a@1.0.0" },
      { purl: "pkg:npm/b@1.0.0" },
      { purl: "pkg:npm/c@1.0.0", funding: ["https://github.com/sponsors/sample-c"] },
      { purl: "pkg:npm/gone@1.0.0" },
    ]),
  ];

  it("leads from packages over repositories to people, with where and when each was learned", async () => {
    await resolve(readings, at(0));
    const people = await findPeople(readings, at(1));
    expect(people.payees.map((payee) => [payee.id, payee.name, payee.payable])).toEqual([
      ["github.com/sample-a", "Sample A", true],
      ["github.com/sample-c", "sample-c", false],
    ]);
    const [payee] = people.payees;
    expect(payee!.channels.map(({ rail, judgement }) => [rail, judgement.verdict])).toEqual([
      ["github_sponsors", "usable"],
      ["open_collective", "usable"],
    ]);
    expect(payee!.channels[0]!.provenance).toEqual([
      {
        source: "github",
        where: "https://github.com/sample-a/old",
        subject: "github.com/sample-a/old",
        learnedAt: at(0).toISOString(),
      },
    ]);
    expect(people.projectOf.get("pkg:npm/a")).toBe("github.com/sample-a/new");
    expect([...people.outcomes].map(([name, { outcome }]) => [name, outcome])).toEqual([
      ["pkg:npm/a", "found"],
      ["pkg:npm/b", "absent"],
      ["pkg:npm/c", "found"],
      ["pkg:npm/gone", "absent"],
    ]);
    for (const { provenance } of people.outcomes.values()) expect(provenance.length).toBeGreaterThan(0);
  });

  it("shows its progress, and asks nothing a second time within 30 days", async () => {
    const runId = await resolve(readings, at(0));
    const progress = await findProgress(runId);
    expect(progress).toMatchObject({ state: "finished", purpose: "scan", skipped: [] });
    expect(progress!.parties.find(({ source }) => source === "ecosystems")).toMatchObject({
      total: 4,
      found: 2,
      absent: 2,
      waiting: 0,
    });
    for (const fake of [fakes.ecosystems, fakes.github, fakes.npm, fakes.openCollective]) fake.seen.length = 0;
    const second = await resolve(readings, at(29));
    expect((await findProgress(second))!.parties).toEqual([]);
    expect([fakes.ecosystems.seen, fakes.github.seen, fakes.npm.seen, fakes.openCollective.seen]).toEqual([
      [],
      [],
      [],
      [],
    ]);
  });

  it("asks again after 30 days, and a failed refresh keeps the last answer and its age", async () => {
    await resolve(readings, at(0));
    for (const fake of [fakes.ecosystems, fakes.github, fakes.openCollective, fakes.npm, fakes.depsDev]) {
      fake.trouble({ status: 500, body: "down", times: 999 });
    }
    expect(await refreshStale(parties(), at(31))).toEqual({ packages: 4 });
    for (let round = 0; round < 24; round++) {
      await work(at(31));
      await makeDue();
    }
    const people = await findPeople(readings, at(31));
    expect(people.payees.map((payee) => payee.id)).toContain("github.com/sample-a");
    expect(people.oldestAnswerAt).toBe(at(0).toISOString());
    expect(people.outcomes.get("pkg:npm/b")!.failures).toContain("ecosyste.ms answered with status 500");
  });

  it("finds the collective that says of itself that it stands for a silent repository", async () => {
    world.collectives.set("sample-b", { slug: "sample-b", name: "Sample B", active: true, githubHandle: "sample-b/b" });
    await resolve(readings, at(0));
    const people = await findPeople(readings, at(0));
    expect(people.payees.find((payee) => payee.id === "opencollective.com/sample-b")).toMatchObject({
      name: "Sample B",
      projects: ["github.com/sample-b/b"],
      channels: [{ judgement: { verdict: "usable" } }],
    });
  });

  it("skips GitHub without a token, says so, and reads FUNDING.yml instead", async () => {
    world.repositories.get("sample-a/old")!.files = { ".github/FUNDING.yml": "github: sample-a\n" };
    const runId = await resolve(readings, at(0), { githubToken: "" });
    expect((await findProgress(runId))!.skipped).toEqual([
      { source: "github", reason: "GitHub is not asked: no GITHUB_TOKEN is set" },
    ]);
    expect((await findPeople(readings, at(0))).payees.map((payee) => payee.id)).toContain("github.com/sample-a");
  });

  it("with everybody down, ends with every package failed or found in its file, and says what is going on meanwhile", async () => {
    for (const fake of [fakes.ecosystems, fakes.github, fakes.openCollective, fakes.npm, fakes.depsDev]) {
      fake.trouble({ breaks: true, times: 999 });
    }
    const runId = await resolve(readings, at(0));
    const meanwhile = (await findProgress(runId))!;
    expect(meanwhile.state).toBe("running");
    expect(meanwhile.parties[0]!.retry).toMatchObject({ failure: expect.stringContaining("cannot be reached") });
    for (let round = 0; round < 24; round++) {
      await makeDue();
      await work(at(0));
    }
    const progress = (await findProgress(runId))!;
    expect(progress.state).toBe("finished");
    expect(progress.parties.every(({ gaveUp, failed, total }) => gaveUp !== null && failed === total)).toBe(true);
    const people = await findPeople(readings, at(0));
    expect([...people.outcomes.values()].map(({ outcome }) => outcome)).toEqual([
      "failed",
      "failed",
      "found",
      "failed",
    ]);
  }, 60_000);

  it("lets everything else of a party wait when it asks us to slow down", async () => {
    const many = [reading(Array.from({ length: 250 }, (_, i) => ({ purl: `pkg:npm/p${i}@1.0.0` })))];
    fakes.ecosystems.trouble({ status: 429, headers: { "retry-after": "600" } });
    const runId = await resolve(many, at(0));
    expect(fakes.ecosystems.seen).toHaveLength(1);
    expect((await findProgress(runId))!.parties[0]).toMatchObject({
      waiting: 250,
      retry: { failure: "ecosyste.ms asks us to slow down" },
    });
    await makeDue();
    await work(at(0));
    expect((await findProgress(runId))!.state).toBe("finished");
    expect(fakes.ecosystems.seen).toHaveLength(4);
  });

  it("asks a batch that was interrupted only for what it had not kept", async () => {
    const names = Array.from({ length: 12 }, (_, i) => `pkg:npm/p${i}`);
    const dead = [reading(names.map((purl) => ({ purl: `${purl}@1.0.0` })))];
    const { runId } = await startRun(
      { purpose: "visitor", packages: sendableNames(dead).packages },
      parties({ ecosystemsUrl: "", depsDevUrl: "" }),
      at(0),
    );
    const batch = await db.fundingBatch.findFirstOrThrow({ where: { runId, source: "npm" } });
    async function* diesAfterOneGroup(...args: Parameters<typeof askParty>) {
      for await (const some of askParty(...args)) {
        yield some;
        throw new Error("killed");
      }
    }
    await expect(resolveBatch(batch.id, parties(), at(0), diesAfterOneGroup)).rejects.toThrow("killed");
    await resolveBatch(batch.id, parties({ ecosystemsUrl: "", depsDevUrl: "" }), at(0));
    expect(fakes.npm.seen.map(({ path }) => path).sort()).toEqual(
      names.map((name) => `/${name.slice(8)}/latest`).sort(),
    );
    expect((await findProgress(runId))!.state).toBe("finished");
  });

  it("begins one run for one form, and does a finished batch no more", async () => {
    const request = { purpose: "visitor" as const, packages: sendableNames(readings).packages, requestKey: "form" };
    const first = await startRun(request, parties(), at(0));
    expect(await startRun(request, parties(), at(0))).toEqual({ runId: first.runId, created: false });
    await work(at(0));
    const asked = fakes.ecosystems.seen.length;
    for (const { id } of await db.fundingBatch.findMany({ where: { runId: first.runId } }))
      await resolveBatch(id, parties(), at(0));
    expect(fakes.ecosystems.seen).toHaveLength(asked);
  });
});

describe("names that would be sent", () => {
  it("leave out the project's own, other registries, and scopes that have such packages", () => {
    const { packages, withheld } = sendableNames(
      [
        reading([
          { purl: "pkg:npm/app@0", firstParty: true },
          { purl: "pkg:npm/%40acme/ui@0", firstParty: true },
          { purl: "pkg:npm/%40acme/secret@1" },
          { purl: "pkg:npm/%40corp/x@1", origin: "https://registry.corp.example/x.tgz" },
          { purl: "pkg:npm/%40corp/y@1" },
          { purl: "pkg:npm/%40kept/z@1" },
          { purl: "pkg:npm/express@4" },
          { purl: "pkg:npm/%40babel/core@7" },
        ]),
      ],
      { privateScopes: ["@kept"] },
    );
    expect(packages.map(({ purl }) => purl)).toEqual(["pkg:npm/%40babel/core@7", "pkg:npm/express@4"]);
    expect(withheld.map(({ purl }) => purl)).toEqual([
      "pkg:npm/%40acme/secret",
      "pkg:npm/%40corp/x",
      "pkg:npm/%40corp/y",
      "pkg:npm/%40kept/z",
    ]);
  });

  it("are not withheld because a PHP project still has the vendor of the skeleton it began from", () => {
    const lock: Reading = {
      ...reading([
        { purl: "pkg:composer/laravel/laravel", firstParty: true },
        { purl: "pkg:composer/laravel/framework@12.0.0" },
        { purl: "pkg:composer/acme/bought@1.0.0", origin: "https://repo.example.org/downloads/" },
        { purl: "pkg:composer/acme/open@1.0.0" },
      ]),
      format: "composer-lock",
    };
    const { packages, withheld } = sendableNames([lock]);
    expect(packages.map(({ purl }) => purl)).toEqual(["pkg:composer/laravel/framework@12.0.0"]);
    expect(withheld.map(({ purl }) => purl)).toEqual(["pkg:composer/acme/bought", "pkg:composer/acme/open"]);
  });
});

const real = path.resolve("../shared/data/lockfiles/package-lock/documenso/package-lock.json");
/** 1,154 names: the first of a real lockfile where it lies beside the project, else made up. */
function manyPackages(): Reading[] {
  const names = existsSync(real)
    ? Object.keys((JSON.parse(readFileSync(real, "utf8")) as { packages: object }).packages).flatMap(
        (place) => place.split("node_modules/").slice(1).at(-1) ?? [],
      )
    : Array.from({ length: 2000 }, (_, i) => `sample-package-${i}`);
  return [reading([...new Set(names)].slice(0, 1154).map((name) => ({ purl: makePurl("npm", name, "1.0.0") })))];
}

describe("a lockfile of 1,154 packages by 289 owners", () => {
  const big = manyPackages();

  it("is resolved with at most 15 GraphQL calls and 12 bulk look-ups, and a second time with none", async () => {
    const sample = sampleWorld(289);
    await fakes.close();
    fakes = await startFakes(sample);
    await resolve(big, at(0));
    expect(fakes.github.seen.length).toBeLessThanOrEqual(15);
    expect(fakes.ecosystems.seen.length).toBeLessThanOrEqual(12);
    const people = await findPeople(big, at(0));
    expect(new Set([...sample.repositories.keys()].map((name) => name.split("/")[0])).size).toBeGreaterThan(280);
    expect(people.outcomes.size).toBe(1154);
    for (const { outcome, provenance } of people.outcomes.values()) {
      expect(["found", "absent"]).toContain(outcome);
      expect(provenance.some(({ source }) => source !== "lockfile")).toBe(true);
    }
    const { byCount } = coverage(people);
    expect(byCount.packages).toBe(1154);
    expect(byCount.withProject).toBeGreaterThan(1000);
    expect(byCount.payable).toBeLessThanOrEqual(byCount.withPayee);
    expect(byCount.withPayee).toBeLessThanOrEqual(byCount.withProject);

    fakes.github.seen.length = fakes.ecosystems.seen.length = 0;
    await resolve(big, at(20));
    expect([fakes.github.seen.length, fakes.ecosystems.seen.length]).toEqual([0, 0]);
  }, 60_000);
});
