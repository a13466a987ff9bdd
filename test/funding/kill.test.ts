import { expect, it } from "vitest";
import { db } from "../../lib/db.ts";
import { findProgress } from "../../lib/funding/progress.ts";
import { startRun } from "../../lib/funding/resolve.ts";
import { startFakes } from "../fakes/start-all.ts";
import { sampleWorld } from "../fakes/world.ts";
import { startNode } from "../support/child.ts";
import { testDatabase } from "../support/database.ts";

it("goes on after kill -9 of the worker, with nothing lost and no kept answer asked for again", async () => {
  // every answer takes a while, so that the kill comes between some and others
  const fakes = await startFakes(sampleWorld(60), { delayMs: 200 });
  const packages = Array.from({ length: 500 }, (_, i) => ({ purl: `pkg:npm/sample-package-${i}@1.0.0` }));
  const parties = {
    ecosystemsUrl: fakes.ecosystems.url,
    githubApiUrl: fakes.github.url,
    githubToken: "sample",
    npmRegistryUrl: fakes.npm.url,
  };
  const { runId } = await startRun({ purpose: "visitor", packages }, parties, new Date());
  // deps.dev and Open Collective stay out of it: the worker's settings decide, an address nobody listens at is a failure
  const worker = () =>
    startNode(["lib/ops/run.mjs", "lib/ops/worker.ts"], { DATABASE_URL: testDatabase.url, ...fakes.settings });
  const until = async (what: () => boolean | Promise<boolean>) => {
    for (const end = Date.now() + 60_000; !(await what()); ) {
      if (Date.now() > end) throw new Error(`Not in time: ${what}`);
      await new Promise((wait) => setTimeout(wait, 10));
    }
  };
  const first = worker();
  await until(() => fakes.ecosystems.seen.length >= 2);
  first.process.kill("SIGKILL");
  await first.ended;
  const keptBefore = await db.sourceAnswer.findMany({ select: { source: true, subject: true } });
  expect(keptBefore.length).toBeGreaterThan(0);
  expect(keptBefore.length).toBeLessThan(500);
  const askedBefore = fakes.ecosystems.seen.length;

  const second = worker();
  await until(async () => (await findProgress(runId))!.state === "finished");
  second.process.kill("SIGTERM");
  await second.ended;

  const askedAfter = fakes.ecosystems.seen
    .slice(askedBefore)
    .flatMap(({ body }) => (JSON.parse(body) as { purls: string[] }).purls);
  const kept = new Set(keptBefore.filter(({ source }) => source === "ecosystems").map(({ subject }) => subject));
  expect(askedAfter.filter((purl) => kept.has(purl))).toEqual([]);
  // the one call that was under way when the worker died is all that is repeated
  expect(fakes.ecosystems.seen.length).toBeLessThanOrEqual(6);
  expect(await db.sourceAnswer.count({ where: { source: "ecosystems", outcome: { not: null } } })).toBe(500);
  expect((await findProgress(runId))!.parties.every(({ failed, waiting }) => failed === 0 && waiting === 0)).toBe(true);
  await fakes.close();
}, 120_000);
