import { expect, test } from "vitest";
import { NO_RAIL, railsOf } from "../../lib/plan/order.ts";

test("the rail that carries most is named first, and payments without a rail of their own last", () => {
  const lines = [
    { rail: NO_RAIL, cents: 900 },
    { rail: "other", cents: 800 },
    { rail: "liberapay", cents: 100 },
    { rail: "github-sponsors", cents: 150 },
    { rail: "liberapay", cents: 60 },
    { rail: "patreon", cents: 150 },
  ];
  expect(railsOf(lines)).toEqual(["liberapay", "github-sponsors", "patreon", "other", NO_RAIL]);
});
