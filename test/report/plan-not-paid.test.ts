import { expect, test } from "vitest";
import "../support/database.ts";
import { voidPayment } from "../../lib/ledger/store.ts";
import { defaultInputs } from "../../lib/plan/inputs.ts";
import { acceptPlan, endPlan, scheduledLines, settleLine } from "../../lib/plan/schedule-store.ts";
import { getPlan, savePlan } from "../../lib/plan/store.ts";
import { refreshEntry } from "../../lib/report/directory-entry-store.ts";
import { getDraft } from "../../lib/report/store.ts";
import { keepScan } from "../../lib/stack/store.ts";
import { buildCompany, buildPayment } from "../support/builders.ts";

const now = new Date("2025-06-01T12:00:00Z");
const later = new Date("2026-08-01T12:00:00Z");
const lockfile = JSON.stringify({
  name: "own-app",
  lockfileVersion: 3,
  packages: {
    "": { name: "own-app", version: "1.0.0", dependencies: { alpha: "^1.0.0", beta: "^1.0.0" } },
    "node_modules/alpha": { version: "1.0.0", funding: "https://github.com/sponsors/sample-alpha" },
    "node_modules/beta": { version: "1.0.0", funding: "https://opencollective.com/sample-beta" },
  },
});

test("names what an accepted plan scheduled for the year and nobody paid, until it is paid", async () => {
  const { companyId, ownerId } = await buildCompany({ now });
  const act = { companyId, userId: ownerId, now };
  const files = new Map([["package-lock.json", lockfile]]);
  const { id: scanId } = await keepScan(companyId, files, { userId: null, requestKey: "scan", now });
  const inputs = { ...defaultInputs(100_000, "2025"), capShare: 1 };
  await savePlan(act, crypto.randomUUID(), { scanId, note: "", inputs });
  const said = async (endOn = "2025-12-31") =>
    (await getDraft(companyId, endOn, later)).report.checks.find(({ code }) => code === "plan-not-paid")?.sentence;
  expect(await said()).toBeUndefined();

  await acceptPlan(act, 1, "2025-12-31");
  const lines = await scheduledLines((await getPlan(companyId, 1)).id);
  const dollars = (cents: number) => `$${(cents / 100).toLocaleString("en")}`;
  const all = lines.reduce((sum, { cents }) => sum + cents, 0);
  expect(lines).toHaveLength(2);
  expect(await said()).toContain(`2 payments of your accepted plan, ${dollars(all)}, are not in the ledger`);
  expect(await said("2024-12-31")).toBeUndefined();

  const payments = [];
  for (const line of lines) {
    const payment = await buildPayment(companyId, { amount: String(line.cents / 100), paidOn: "2025-07-01" }, later);
    await settleLine(companyId, line.id, payment.id);
    payments.push(payment);
  }
  expect(await said()).toBeUndefined();

  const change = { companyId, actorId: null, now: later, afterwards: refreshEntry };
  await voidPayment(change, payments[0]!.id, 1, "twice");
  expect(await said()).toContain(`1 payment of your accepted plan, ${dollars(lines[0]!.cents)}, is not in the ledger`);
  await endPlan({ ...act, now: later }, 1);
  expect(await said()).toBeUndefined();
});
