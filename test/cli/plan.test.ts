import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { METHOD_VERSION } from "../../lib/allocation/make-plan.ts";
import { EXAMPLE_EXPECTED } from "../../lib/allocation/worked-example.ts";
import { answerPlan, type PlanAnswer, readPlanDocument } from "../../lib/cli/plan-input.ts";

/** The worked example as a stranger would write it down from a published plan. */
const EXAMPLE = {
  budgetCents: 1_000_000,
  period: "2026",
  capShare: 0.3,
  projects: [
    { id: "router", points: { "web-shop": 2 }, payees: [{ payee: "router-collective" }] },
    {
      id: "forms",
      points: { "web-shop": 1, "back-office": 1 },
      payees: [{ payee: "forms-maintainer-one" }, { payee: "forms-maintainer-two" }],
    },
    { id: "dates", points: 1 },
    { id: "strings", payees: [{ payee: "small-tools-author" }] },
    { id: "colors", payees: [{ payee: "small-tools-author" }] },
  ],
  edges: [
    ["router", "strings"],
    ["router", "colors"],
    ["forms", "strings"],
    ["strings", "colors"],
  ],
};

let folder = "";
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "plan-"));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

function plan(input: unknown, ...options: string[]) {
  const file = path.join(folder, "input.json");
  fs.writeFileSync(file, typeof input === "string" ? input : JSON.stringify(input));
  const root = path.resolve(import.meta.dirname, "../..");
  const ran = spawnSync(process.execPath, ["lib/ops/run.mjs", "lib/cli/plan.ts", file, ...options], {
    cwd: root,
    encoding: "utf8",
  });
  return { code: ran.status, out: ran.stdout, err: ran.stderr };
}

describe("npm run plan", () => {
  test("recomputes the worked example as JSON: entitlements, amounts, held money and receipts", () => {
    const { code, out, err } = plan(EXAMPLE, "--json");
    expect(err).toBe("");
    expect(code).toBe(0);
    const answer = JSON.parse(out) as PlanAnswer;
    expect(answer.methodVersion).toBe(METHOD_VERSION);
    expect(answer.problems).toEqual([]);
    for (const { project, kept } of EXAMPLE_EXPECTED.projects) {
      expect(answer.entitlements.find((entry) => entry.project === project)!.share).toBeCloseTo(kept, 14);
    }
    const paid = Object.fromEntries(answer.plan!.lines.map(({ payee, cents }) => [payee, cents]));
    expect(paid).toEqual(Object.fromEntries(EXAMPLE_EXPECTED.lines.map(({ payee, cents }) => [payee, cents])));
    expect(answer.plan!.held.cents).toBe(0);
    for (const { receipt, cents } of answer.plan!.lines) {
      expect(receipt.steps.reduce((sum, step) => sum + step.cents, 0)).toBe(cents);
    }
  });

  test("prints the same in words", () => {
    const { code, out } = plan(EXAMPLE);
    expect(code).toBe(0);
    expect(out).toContain("$3,000.00  router-collective  (32.00 %)");
    expect(out).toContain("passed on by router: $760.00");
    expect(out).toContain("$10,000.00  to 4 payees");
  });

  test("exits with 1 and a sentence when the settings allow no plan", () => {
    const { code, out, err } = plan(
      { ...EXAMPLE, payees: [{ id: "router-collective", pinCents: 2_000_000 }] },
      "--json",
    );
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ plan: null, problems: [{ code: "pins-above-budget" }] });
    expect(err).toBe("The pins add up to $20,000, which is more than the budget of $10,000.\n");
  });

  test("exits with 2 and names the field when the input is not a plan document", () => {
    const { code, out, err } = plan({ ...EXAMPLE, budgetCents: "a lot" });
    expect(code).toBe(2);
    expect(out).toBe("");
    expect(err).toContain("budgetCents: ");
  });

  test("exits with 2 on a missing file, a broken one, and an option it does not know", () => {
    expect(plan("{ not json").err).toContain("The input is not JSON");
    expect(plan(EXAMPLE, "--jsn")).toMatchObject({ code: 2, err: expect.stringContaining("--jsn is not an option") });
  });
});

describe("a plan document", () => {
  const mistakes = (change: object): string[] => readPlanDocument(JSON.stringify({ ...EXAMPLE, ...change })).mistakes;

  test.each([
    ["an edge to nowhere", { edges: [["router", "nowhere"]] }, "edges.0: no project is called nowhere."],
    ["a project twice", { projects: [{ id: "a" }, { id: "a" }], edges: [] }, "projects.1: a is listed twice."],
    ["a payee twice", { payees: [{ id: "a" }, { id: "a" }] }, "payees.1: a is listed twice."],
  ])("says what is wrong with %s", (_, change, sentence) => {
    expect(mistakes(change)).toEqual([sentence]);
  });

  test("refuses fields it does not know, so that a typing error is not a default", () => {
    expect(mistakes({ capshare: 0.5 }).join()).toMatch(/capshare/);
    expect(mistakes({ budgetCents: 12.5 }).join()).toMatch(/^budgetCents/);
  });

  test("needs nothing but a budget, a period, projects and edges", () => {
    const { document } = readPlanDocument(
      '{"budgetCents":5000,"period":"2026","projects":[{"id":"a","points":1}],"edges":[]}',
    );
    expect(answerPlan(document!).plan!.held).toMatchObject({ cents: 5000, unreached: 5000 });
  });
});
