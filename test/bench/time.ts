import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "..");

/** Where the real lockfiles are, when this checkout has them beside it. */
export const REAL_LOCKFILES = path.join(ROOT, "../shared/data/lockfiles");

/** What one process found: milliseconds, size of the file, and the most memory that was resident. */
export type Measured = { coldMs: number; fastestMs: number; medianMs: number; bytes: number; rssMb: number };

/**
 * Measures subjects on a file, each in processes of its own, taking turns so that a busy machine is busy for all of them.
 * Of several turns the fastest median counts: noise only ever adds.
 */
export function compare(file: string, subjects: readonly string[], turns = 3): Map<string, Measured> {
  const best = new Map<string, Measured>();
  for (let turn = 0; turn < turns; turn++) {
    for (const subject of subjects) {
      const found = measure(subject, file);
      const before = best.get(subject);
      if (!before || found.medianMs < before.medianMs) best.set(subject, found);
    }
  }
  return best;
}

function measure(subject: string, file: string): Measured {
  const args = ["lib/ops/run.mjs", "test/bench/measure.ts", subject, file, "1500"];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" })) as Measured;
}

/** Answers a real lockfile, or undefined with a loud line where this checkout does not have it. */
export function realLockfile(name: string): string | undefined {
  const file = path.join(REAL_LOCKFILES, name);
  if (fs.existsSync(file)) return file;
  console.log(`  SKIPPED: ${name} is not here (../shared/data/lockfiles)`);
  return undefined;
}

/** Prints one line of the table, with what was asked and whether it holds. */
export function row(what: string, found: string, limit: string, holds: boolean): void {
  console.log(`  ${holds ? "ok  " : "OVER"}  ${what.padEnd(58)} ${found.padEnd(34)} ${limit}`);
  if (!holds) process.exitCode = 1;
}

/** Milliseconds for people. */
export function ms(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 1)} ms`;
}
