/** What hostile files cost: each is refused or read within 50 ms, and with less than 100 MB more than an idle process. */
import { execFileSync } from "node:child_process";
import path from "node:path";
import { ms, row } from "./time.ts";

const ROOT = path.resolve(import.meta.dirname, "..");

/** Measures every attack in a process of its own and prints it. */
export function run(): void {
  console.log("\nAttacks, each on a cold reader");
  const names = JSON.parse(attack("list")) as string[];
  for (const name of names) {
    const best = [1, 2, 3].map(() => JSON.parse(attack(name)) as { spentMs: number; grownMb: number; answer: string });
    best.sort((a, b) => a.spentMs - b.spentMs);
    const { spentMs, grownMb, answer } = best[0]!;
    row(
      name,
      `${ms(spentMs)}, ${grownMb.toFixed(0)} MB`,
      `at most 50 ms and 100 MB   (${answer})`,
      spentMs <= 50 && grownMb <= 100,
    );
  }
}

function attack(name: string): string {
  const args = ["lib/ops/run.mjs", "test/bench/attack.ts", name];
  return execFileSync(process.execPath, args, { cwd: ROOT, encoding: "utf8" });
}
