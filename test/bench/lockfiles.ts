/** How fast the reader is, against the libraries people would use instead. */
import { compare, ms, realLockfile, row } from "./time.ts";

/** Runs the comparisons and prints them. */
export function run(): void {
  console.log("\nReading lockfiles, warm medians, each subject in processes of its own");
  const npm = realLockfile("package-lock/documenso/package-lock.json");
  if (npm) {
    const found = compare(npm, ["JSON.parse", "reader", "lockparse"], 5);
    const ratio = found.get("reader")!.medianMs / found.get("JSON.parse")!.medianMs;
    const times = [...found].map(([name, { medianMs }]) => `${name} ${ms(medianMs)}`).join(", ");
    row(
      "package-lock.json 1.2 MB against JSON.parse",
      `${ratio.toFixed(2)} x`,
      `at most 1.5 x   (${times})`,
      ratio <= 1.5,
    );
  }
  perMegabyte("pnpm/nextjs/pnpm-lock.yaml", 15, ["js-yaml", "lockparse"]);
  for (const file of ["yarn-v1/excalidraw/yarn.lock", "yarn-v1/rails/yarn.lock"]) {
    perMegabyte(file, 30, ["lockparse", "@yarnpkg/lockfile"], "lockparse");
  }
  perMegabyte("yarn-berry/babel/yarn.lock", 30, ["lockparse"], "lockparse");
  for (const file of ["cargo-lock/tauri/Cargo.lock", "uv-lock/polar-server/uv.lock"]) {
    const path = realLockfile(file);
    if (!path) continue;
    const found = compare(path, ["smol-toml", "reader"]);
    const own = found.get("reader")!.medianMs;
    const toml = found.get("smol-toml")!.medianMs;
    row(
      `${file} against smol-toml alone`,
      `${(own / toml).toFixed(2)} x`,
      `at most 1 x   (${ms(own)}, ${ms(toml)})`,
      own <= toml,
    );
  }
}

function perMegabyte(file: string, limit: number, others: string[], ahead?: string): void {
  const path = realLockfile(file);
  if (!path) return;
  const found = compare(path, ["reader", ...others]);
  const own = found.get("reader")!;
  const rate = own.medianMs / (own.bytes / 1_000_000);
  const times = [...found].map(([name, { medianMs }]) => `${name} ${ms(medianMs)}`).join(", ");
  const isAhead = ahead === undefined || own.medianMs < found.get(ahead)!.medianMs;
  const words = `at most ${limit} ms/MB${ahead ? ` and ahead of ${ahead}` : ""}   (${times})`;
  row(file, `${ms(rate)}/MB`, words, rate <= limit && isAhead);
}
