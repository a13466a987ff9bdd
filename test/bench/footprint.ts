/** What the reader weighs: resident memory of a cold command line, and bytes sent to a browser. */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { weighReader } from "../support/reader-bundle.ts";
import { realLockfile, row } from "./time.ts";

const ROOT = path.resolve(import.meta.dirname, "..");

/** Measures both and prints them. */
export async function run(): Promise<void> {
  console.log("\nWeight");
  measureMemory();
  await measureBundle();
}

function measureMemory(): void {
  const { scripts } = JSON.parse(fs.readFileSync(path.join(ROOT, "package.json"), "utf8")) as {
    scripts: { scan: string };
  };
  const command = scripts.scan.replace(/^node /, "");
  // the process itself says at its end how much was resident at most
  const tell =
    "data:text/javascript,process.on('exit',()=>process.stderr.write(String(process.resourceUsage().maxRSS)))";
  for (const name of ["package-lock/documenso/package-lock.json", "pnpm/nextjs/pnpm-lock.yaml"]) {
    const file = realLockfile(name);
    if (!file) continue;
    const peaks = [1, 2, 3].map(() => {
      const line = `"${process.execPath}" --import "${tell}" ${command} --graph --json "${file}" 2>&1 >/dev/null`;
      return Number(execFileSync("sh", ["-c", line], { cwd: ROOT, encoding: "utf8" })) / 1024;
    });
    const peak = Math.min(...peaks);
    row(`cold command-line scan of ${name}`, `${peak.toFixed(1)} MB resident`, "under 65 MB", peak < 65);
  }
}

async function measureBundle(): Promise<void> {
  const { entry, formats, own, parsers } = await weighReader();
  const { stop } = await import("esbuild");
  await stop();
  const [largest, ...others] = formats;
  row("browser bundle, before a file is read", `brotli ${kb(entry)}`, "under 10 KB", entry < 10_000);
  row(
    `browser bundle with its largest format, ${largest!.name}`,
    `brotli ${kb(largest!.bytes)}`,
    "under 40 KB",
    largest!.bytes < 40_000,
  );
  console.log(`        with the others: ${others.map(({ name, bytes }) => `${name} ${kb(bytes)}`).join(", ")}`);
  // nobody downloads this sum: each piece comes when the first file that needs it is dropped
  const limit = own < 40_000 ? "under" : "above";
  console.log(`        sum of the pieces of all ${formats.length} formats: brotli ${kb(own)} of ours (${limit} 40 KB)`);
  console.log(`        and ${kb(parsers)} of the packages that parse YAML, XML and TOML`);
}

function kb(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} KB`;
}
