import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { contractGraph } from "../../lib/allocation/contract-graph.ts";
import { makePlan, settlePlan, weigh } from "../../lib/allocation/make-plan.ts";
import { strategyShares } from "../../lib/allocation/strategies.ts";
import type { RepositoryInput } from "../../lib/allocation/types.ts";
import { readLockfile } from "../../lib/lockfile/read-lockfile.ts";
import { distance } from "./graphs.ts";
import { generator } from "./sample-graph.ts";

const folder = path.resolve(import.meta.dirname, "../../../shared/data/lockfiles");
const here = fs.existsSync(folder);
const why = here ? "" : " (SKIPPED: the folder of real lockfiles is not beside this project)";
const FILES = [
  "package-lock/documenso/package-lock.json",
  "package-lock/npm-cli/package-lock.json",
  "package-lock/warehouse/package-lock.json",
  "pnpm/taxonomy-v6/pnpm-lock.yaml",
  "yarn-berry/babel/yarn.lock",
];
const NO_SCOPES = { runtime: 1, development: 1, optional: 1, unknown: 1 };

async function read(file: string, rewrite = (text: string): string => text): Promise<RepositoryInput> {
  const full = path.join(folder, file);
  const beside = new Map<string, string>();
  const manifest = path.join(path.dirname(full), "package.json");
  if (fs.existsSync(manifest)) beside.set("package.json", fs.readFileSync(manifest, "utf8"));
  const { packages, edges } = await readLockfile(path.basename(full), rewrite(fs.readFileSync(full, "utf8")), beside);
  return { id: "app", name: "app", weight: 1, packages, edges };
}

describe(`on real lockfiles${why}`, () => {
  test.skipIf(!here).each(FILES)("%s: near StackAid's rule where the rules are meant to agree", async (file) => {
    const { graph } = contractGraph({
      repositories: [await read(file)],
      projectOf: (purl) => purl,
      scopeWeights: NO_SCOPES,
    });
    const theirs = strategyShares(graph, "stackaid");
    // the specification's bar is a tenth of the money, for five per cent per dependency and no contraction
    expect(distance(strategyShares(graph, "direct-first"), theirs)).toBeLessThanOrEqual(0.1);
    expect(distance(strategyShares(graph, "balanced"), theirs)).toBeLessThanOrEqual(0.1);
  });

  test.skipIf(!here).each(FILES)(
    "%s: most money stays with what is used directly, and the dial moves it down",
    async (file) => {
      const { graph } = contractGraph({ repositories: [await read(file)], projectOf: (purl) => purl });
      const direct = (["direct-first", "balanced", "deep"] as const).map(
        (depth) => weigh(graph, () => null, [], { depth }).weighed!.flows.bands[0]!.kept,
      );
      expect(direct[0]!).toBeGreaterThan(direct[1]!);
      expect(direct[1]!).toBeGreaterThan(direct[2]!);
      expect(direct[1]!).toBeGreaterThan(0.7);
      expect(direct[2]!).toBeGreaterThan(0.5);
    },
  );

  test.skipIf(!here).each(FILES)(
    "%s: $20,000 in payments of $10 or more, nobody above a tenth, every receipt adds up",
    async (file) => {
      const { graph } = contractGraph({ repositories: [await read(file)], projectOf: (purl) => purl });
      const { weighed } = weigh(graph, (project) => [{ payee: project, weight: 1 }], [], {});
      const plan = settlePlan(weighed!, { budgetCents: 2_000_000, period: "2026" }).plan!;
      expect(plan.lines.length).toBeGreaterThan(50);
      for (const { cents, receipt, entitledCents } of plan.lines) {
        expect(cents).toBeGreaterThanOrEqual(1000);
        expect(cents).toBeLessThanOrEqual(200_000);
        expect(cents).toBeLessThanOrEqual(2 * entitledCents + 1);
        expect(receipt.steps.reduce((sum, step) => sum + step.cents, 0)).toBe(cents);
      }
    },
  );

  test.skipIf(!here)("shuffling the keys of a lockfile changes nothing, bit for bit", async () => {
    const random = generator(3);
    const shuffled = (text: string): string => {
      const lock = JSON.parse(text) as { packages: Record<string, unknown> };
      const [root, ...rest] = Object.entries(lock.packages);
      for (let i = rest.length - 1; i > 0; i--) {
        const j = Math.floor(random() * (i + 1));
        [rest[i], rest[j]] = [rest[j]!, rest[i]!];
      }
      return JSON.stringify({ ...lock, packages: Object.fromEntries([root!, ...rest]) });
    };
    const planOf = async (repository: Promise<RepositoryInput>) =>
      JSON.stringify(
        makePlan({
          repositories: [await repository],
          projectOf: (purl) => purl,
          payeesOf: (project) => (project.length % 3 === 0 ? null : [{ payee: project, weight: 1 }]),
          settings: { budgetCents: 2_000_000, period: "2026" },
        }),
      );
    for (const file of FILES.slice(0, 3)) {
      expect(await planOf(read(file, shuffled))).toBe(await planOf(read(file)));
    }
  });
});
