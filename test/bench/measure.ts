/**
 * Measures one subject on one file in this process, and prints what it found as JSON. Run by `time.ts`:
 * `node lib/ops/run.mjs test/bench/measure.ts SUBJECT FILE MILLISECONDS`
 */
import fs from "node:fs";
import { loadSubject } from "./subjects.ts";

const [name, file, budgetMs] = process.argv.slice(2);
const subject = await loadSubject(name!);
const text = fs.readFileSync(file!, "utf8");

const times: number[] = [];
const start = performance.now();
while (times.length < 10 || performance.now() - start < Number(budgetMs)) {
  const before = performance.now();
  await subject(file!, text);
  times.push(performance.now() - before);
}
// what runs first is compiling; a reader that stays in one tab or one server is warm for all the rest
const warm = times.slice(Math.floor(times.length / 3)).sort((a, b) => a - b);
console.log(
  JSON.stringify({
    coldMs: times[0],
    fastestMs: warm[0],
    medianMs: warm[Math.floor(warm.length / 2)],
    bytes: fs.statSync(file!).size,
    rssMb: process.resourceUsage().maxRSS / 1024,
  }),
);
