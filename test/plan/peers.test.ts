import { expect, test } from "vitest";
import { readLockfile } from "../../lib/lockfile/read-lockfile.ts";
import { defaultInputs } from "../../lib/plan/inputs.ts";
import { planner } from "../../lib/plan/planner.ts";
import { planSource, repositoriesOf } from "../../lib/plan/source.ts";

const lock = (plugin: object) =>
  JSON.stringify({
    lockfileVersion: 3,
    packages: {
      "": { name: "app", dependencies: { plugin: "^1.0.0" } },
      "node_modules/plugin": { version: "1.0.0", ...plugin },
      "node_modules/host": { version: "2.0.0" },
    },
  });
const nobody = { payees: [], projectOf: new Map(), payeesOf: new Map() };
const edgesOf = async (text: string) =>
  repositoriesOf(planSource([await readLockfile("package-lock.json", text)], nobody), {})[0]!.edges.length;

test("money does not flow to a peer, which whoever installs a package brings", async () => {
  const [asPeer, asNeed] = [lock({ peerDependencies: { host: "2" } }), lock({ dependencies: { host: "2" } })];
  expect(await edgesOf(asNeed)).toBe((await edgesOf(asPeer)) + 1);
  const shareOfHost = async (text: string) => {
    const readings = [await readLockfile("package-lock.json", text)];
    const projects = ["pkg:npm/plugin", "pkg:npm/host"];
    const payees = projects.map((id) => ({ id, name: id, payable: true, channels: [] }));
    const source = planSource(readings, {
      payees,
      projectOf: new Map(),
      payeesOf: new Map(projects.map((id) => [id, [{ payee: id, weight: 1 }]])),
    });
    const { plan } = planner(source).plan(defaultInputs(10_000, "2026"));
    return plan!.lines.find(({ payee }) => payee === "pkg:npm/host")?.cents ?? 0;
  };
  expect(await shareOfHost(asNeed)).toBeGreaterThan(0);
  expect(await shareOfHost(asPeer)).toBe(0);
});
