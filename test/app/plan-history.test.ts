import { expect, test } from "vitest";
import { type History, startHistory, stepHistory } from "../../app/_plan/history.ts";
import { defaultInputs } from "../../lib/plan/inputs.ts";

const first = defaultInputs(100_000, "2026");
const budget = (budgetCents: number) => ({ ...first, budgetCents });
const change = (history: History, budgetCents: number, gesture?: string) =>
  stepHistory(history, {
    kind: "change",
    label: `budget ${budgetCents}`,
    inputs: budget(budgetCents),
    ...(gesture ? { gesture } : {}),
  });

test("a drag is one step to undo, however many places it passed", () => {
  let history: History = startHistory(first);
  for (let cents = 100_100; cents <= 105_000; cents += 100) history = change(history, cents, "budget");
  expect(history.inputs.budgetCents).toBe(105_000);
  expect(stepHistory(history, { kind: "undo" }).inputs).toEqual(first);
});

test("two drags with something between them are three steps", () => {
  let history = change(startHistory(first), 1, "budget");
  history = change(history, 2);
  history = change(history, 3, "budget");
  expect(history.past).toHaveLength(3);
});

test("undo and redo lead back and forth, say so, and a new change forgets what was undone", () => {
  let history = change(change(startHistory(first), 1), 2);
  history = stepHistory(history, { kind: "undo" });
  expect(history).toMatchObject({ inputs: { budgetCents: 1 }, said: "Undone: budget 2" });
  expect(stepHistory(history, { kind: "redo" }).inputs.budgetCents).toBe(2);
  history = change(history, 7);
  expect(history.future).toEqual([]);
  expect(stepHistory(history, { kind: "redo" })).toBe(history);
});

test("changing nothing is no step, and there is nothing to undo at the start", () => {
  const history = startHistory(first);
  expect(change(history, first.budgetCents)).toBe(history);
  expect(stepHistory(history, { kind: "undo" })).toBe(history);
});

test("after an undo, the next drag is a step of its own", () => {
  let history = change(startHistory(first), 5, "budget");
  history = stepHistory(history, { kind: "undo" });
  history = change(history, 6, "budget");
  expect(stepHistory(history, { kind: "undo" }).inputs).toEqual(first);
});
