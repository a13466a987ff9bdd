// A logged error or warning fails the test it was logged in: code that cannot go on must throw, and nobody reads a log
// that is always full. A test about a message expects it: `expectLogged("error", /sentence/)`.
import { format } from "node:util";
import { afterEach, beforeEach, vi } from "vitest";
import { logged } from "./logged.ts";

beforeEach(() => {
  logged.length = 0;
  for (const level of ["error", "warn"] as const) {
    vi.spyOn(console, level).mockImplementation((...args: unknown[]) => {
      logged.push({ level, message: format(...args) });
    });
  }
});

afterEach(() => {
  const unexpected = logged.splice(0).map(({ level, message }) => `console.${level}: ${message}`);
  if (unexpected.length) throw new Error(`The test passed but something was logged.\n${unexpected.join("\n")}`);
});
