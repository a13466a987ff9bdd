import { expect } from "vitest";

/** What the running test logged so far and has not been expected yet. */
export const logged: { level: "error" | "warn"; message: string }[] = [];

/** Expects that a message was logged, once, and takes it off the list of what fails the test. */
export function expectLogged(level: "error" | "warn", message: RegExp): void {
  const at = logged.findIndex((entry) => entry.level === level && message.test(entry.message));
  expect(at, `nothing like ${message} was logged to console.${level}; logged: ${JSON.stringify(logged)}`).not.toBe(-1);
  logged.splice(at, 1);
}
