import "../support/database.ts";
import { describe, expect, test } from "vitest";
import { voidPayment } from "../../lib/ledger/store.ts";
import { defaultInputs, type PlanInputs } from "../../lib/plan/inputs.ts";
import { findFile, orderLines, payableOrder } from "../../lib/plan/order.ts";
import { acceptPlan, endPlan, scheduledLines, scheduledSum, settleLine } from "../../lib/plan/schedule-store.ts";
import { acceptedPlan, getPlan, latestPlan, listPlans, loadSource, savePlan } from "../../lib/plan/store.ts";
import { countVotes, lastYearAmounts, withVotes } from "../../lib/plan/votes.ts";
import {
  castBallot,
  listBallots,
  listNominations,
  nominate,
  paidBetween,
  takeBallotBack,
} from "../../lib/plan/votes-store.ts";
import { keepScan } from "../../lib/stack/store.ts";
import { buildCompany, buildMember, buildPayment } from "../support/builders.ts";

const now = new Date("2026-08-01T12:00:00Z");
const lockfile = JSON.stringify({
  name: "own-app",
  lockfileVersion: 3,
  packages: {
    "": { name: "own-app", version: "1.0.0", dependencies: { alpha: "^1.0.0", beta: "^1.0.0", lone: "^1.0.0" } },
    "node_modules/alpha": { version: "1.0.0", funding: "https://github.com/sponsors/sample-alpha" },
    "node_modules/beta": { version: "1.0.0", funding: "https://opencollective.com/sample-beta" },
    "node_modules/lone": { version: "1.0.0" },
  },
});
const inputs = (changes: Partial<PlanInputs> = {}): PlanInputs => ({
  ...defaultInputs(100_000, "2026"),
  capShare: 1,
  ...changes,
});

async function planning() {
  const { companyId, slug, ownerId } = await buildCompany();
  const files = new Map([["web/package-lock.json", lockfile]]);
  const { id: scanId } = await keepScan(companyId, files, { userId: null, requestKey: "scan", now });
  const act = { companyId, userId: ownerId, now };
  const save = (changes: Partial<PlanInputs> = {}, key: string = crypto.randomUUID()) =>
    savePlan(act, key, { scanId, note: "a sample", inputs: inputs(changes) });
  return { companyId, slug, ownerId, scanId, act, save };
}

const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => "no refusal",
    ({ code }) => code,
  );

describe("versions of a plan", () => {
  test("are numbered, keep what was set and how it came out, and never change", async () => {
    const { companyId, scanId, save } = await planning();
    expect(await save({}, "the-same-form")).toEqual({ number: 1, created: true });
    expect(await save({ budgetCents: 5_000_000 }, "the-same-form")).toEqual({ number: 1, created: false });
    expect((await save({ depth: "deep" })).number).toBe(2);
    const plans = await listPlans(companyId);
    expect(plans.map(({ number, note, scanId: of }) => [number, note, of])).toEqual([
      [2, "a sample", scanId],
      [1, "a sample", scanId],
    ]);
    const first = await getPlan(companyId, 1);
    expect(first.inputs).toEqual(inputs());
    expect(first.paidCents + first.heldCents).toBe(100_000);
    expect(first.result.lines.map(({ name }) => name).sort()).toEqual(["sample-alpha", "sample-beta"]);
    expect((await latestPlan(companyId))!.number).toBe(2);
  }, 30_000);

  test("are made by the server: what is no setting, or impossible, is refused with a sentence", async () => {
    const { act, scanId, save } = await planning();
    for (const wrong of [{ budgetCents: 0.5 }, { depth: "sideways" }, { pins: { x: -1 } }, null, { capShare: 7 }]) {
      const form = { scanId, note: "", inputs: wrong && { ...inputs(), ...wrong } };
      expect(await refusal(savePlan(act, crypto.randomUUID(), form))).toBe("invalid");
    }
    const pins = { "github.com/sample-alpha": 200_000 };
    await expect(save({ pins })).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringMatching(/pins add up/),
    });
  }, 30_000);

  test("belong to one company: others see no plan, no scan and no source", async () => {
    const { scanId, save } = await planning();
    const other = await planning();
    await save();
    expect(await refusal(getPlan(other.companyId, 1))).toBe("not_found");
    expect(await refusal(loadSource(other.companyId, scanId))).toBe("not_found");
    expect(await refusal(savePlan(other.act, "some-form", { scanId, note: "", inputs: inputs() }))).toBe("not_found");
    expect(await refusal(acceptPlan(other.act, 1, "2026-12-31"))).toBe("not_found");
  }, 30_000);
});

describe("an accepted plan", () => {
  test("becomes scheduled payments, which are the second sum until they are paid", async () => {
    const { companyId, slug, act, save } = await planning();
    await save();
    expect(await scheduledSum(slug)).toEqual({ cents: 0, payments: 0, nextPayOn: null });
    expect(await refusal(acceptPlan(act, 1, "2026-07-31"))).toBe("invalid");
    await acceptPlan(act, 1, "2026-12-31");
    await acceptPlan(act, 1, "2026-12-31");
    const plan = (await acceptedPlan(companyId, "2026"))!;
    expect(await scheduledSum(slug)).toEqual({ cents: plan.paidCents, payments: 2, nextPayOn: "2026-12-31" });
    const [line] = await scheduledLines(plan.id);
    const payment = await buildPayment(companyId, { paidOn: "2026-07-30", amount: String(line!.cents / 100) });
    await settleLine(companyId, line!.id, payment.id);
    expect((await scheduledSum(slug)).cents).toBe(plan.paidCents - line!.cents);
    await voidPayment({ companyId, actorId: null, now, afterwards: async () => {} }, payment.id, 1, "it bounced");
    expect((await scheduledSum(slug)).cents).toBe(plan.paidCents);
    expect((await scheduledLines(plan.id))[0]).toMatchObject({ paymentId: null, voidedPaymentId: payment.id });
  }, 30_000);

  test("ends when another is accepted for its year, which pays nobody again", async () => {
    const { companyId, slug, act, save } = await planning();
    await save();
    await save({ budgetCents: 200_000 });
    await acceptPlan(act, 1, "2026-12-31");
    const first = await scheduledLines((await getPlan(companyId, 1)).id);
    const payment = await buildPayment(companyId, { paidOn: "2026-07-30" });
    await settleLine(companyId, first[0]!.id, payment.id);
    await acceptPlan(act, 2, "2026-12-31");
    const second = await getPlan(companyId, 2);
    const lines = await scheduledLines(second.id);
    expect(lines.find(({ payee }) => payee === first[0]!.payee)!.earlierCents).toBe(first[0]!.cents);
    expect((await scheduledSum(slug)).cents).toBe(second.paidCents - first[0]!.cents);
    expect((await getPlan(companyId, 1)).endedAt).toEqual(now);
    expect(await refusal(acceptPlan(act, 1, "2026-12-31"))).toBe("conflict");
    await endPlan(act, 2);
    expect((await scheduledSum(slug)).cents).toBe(0);
  }, 30_000);

  test("is paid with files that read back to the same sums, whatever people call themselves", async () => {
    const { companyId, save } = await planning();
    const added = [
      {
        id: "added:a",
        name: '=HYPERLINK("https://evil.example")',
        url: "https://opencollective.com/x",
        points: 0,
        cents: 7_700,
      },
      { id: "added:b", name: "+no channel", url: "", points: 0, cents: 100 },
    ];
    const fallback = [{ id: "fund:a", name: "A sample fund", url: "https://github.com/sponsors/fund", weight: 1 }];
    await save({ added, fallback, railMinimums: { github_sponsors: 100 } });
    const plan = await getPlan(companyId, 1);
    const order = payableOrder(orderLines(plan.result, plan.inputs), "2026", plan.methodVersion);
    expect(order.differences).toEqual([]);
    expect(order.totalCents).toBe(plan.paidCents);
    const github = findFile(order, "github-sponsors-2026.csv")!.text;
    expect(github.split("\r\n")[0]).toBe("Maintainer username,Sponsorship amount in USD");
    expect(github).toMatch(/^sample-alpha,\d+\r$/m);
    expect(findFile(order, "payments-2026-usd.csv")!.text).toContain(`"'=HYPERLINK(`);
    expect(JSON.parse(findFile(order, "payments-2026.json")!.text).totals).toEqual({ USD: order.totalCents });
    expect(findFile(order, "../secret")).toBeUndefined();
  }, 30_000);
});

describe("votes", () => {
  test("become multipliers by the median, without those in conflict, and nominations that win are added", async () => {
    const { companyId, act, ownerId } = await planning();
    const [ann, ben] = await Promise.all(["viewer", "editor"].map((role) => buildMember(companyId, role)));
    const voteOf = (userId: string, subject: string, multiplier: number, conflict = false) =>
      castBallot({ ...act, userId }, "2026", { subject, multiplier, conflict });
    const id = await nominate(act, "2026", { name: "A sample tool", url: "", reason: "We build with it." });
    expect(await refusal(nominate(act, "2026", { name: "A sample tool", url: "", reason: "Again." }))).toBe("conflict");
    expect(await refusal(nominate(act, "2026", { name: "X", url: "javascript:alert(1)", reason: "" }))).toBe("invalid");
    await voteOf(ownerId, "alpha", 0.5);
    await voteOf(ownerId, "alpha", 3);
    await voteOf(ann!.id, "alpha", 2);
    await voteOf(ben!.id, "alpha", 0, true);
    for (const voter of [ownerId, ann!.id]) await voteOf(voter, `added:${id}`, 2);
    await voteOf(ben!.id, "beta", 3);
    expect(await refusal(voteOf(ben!.id, "beta", 7))).toBe("invalid");
    const ballots = await listBallots(companyId, "2026");
    expect(ballots).toHaveLength(6);
    const results = countVotes(ballots, 3);
    expect(results.find(({ project }) => project === "alpha")).toMatchObject({
      multiplier: 2,
      counted: 2,
      setAside: 1,
    });
    expect(results.find(({ project }) => project === "beta")).toMatchObject({ multiplier: 1, belowQuorum: true });
    const voted = withVotes(inputs(), results, await listNominations(companyId, "2026"));
    expect(voted.votes).toEqual({ alpha: 2, [`added:${id}`]: 2 });
    expect(voted.added).toEqual([{ id: `added:${id}`, name: "A sample tool", url: "", points: 1, cents: null }]);
    expect(withVotes(voted, results, await listNominations(companyId, "2026"))).toEqual(voted);
    await takeBallotBack({ ...act, userId: ben!.id }, "2026", "beta");
    expect(await listBallots(companyId, "2026")).toHaveLength(5);
  }, 30_000);

  test("stand beside last year's amount, by plan or by what the ledger says went to an address", async () => {
    const { companyId } = await planning();
    await buildPayment(companyId, {
      payeeUrl: "https://github.com/sponsors/Sample-Alpha/",
      amount: "70",
      paidOn: "2025-05-01",
    });
    const paid = await paidBetween(companyId, { startOn: "2025-01-01", endOn: "2025-12-31" });
    const lines = [
      { payee: "a", name: "Alpha", channels: [{ url: "https://github.com/sponsors/sample-alpha" }] },
      { payee: "b", name: "Beta", channels: [] },
    ];
    expect([...lastYearAmounts(lines, null, paid)]).toEqual([["a", 7_000]]);
    expect([...lastYearAmounts(lines, [{ payee: "b", cents: 500 }], new Map())]).toEqual([["b", 500]]);
  }, 30_000);
});
