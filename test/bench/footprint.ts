/** What the reader weighs: resident memory of a cold command line, and bytes sent to a browser. */
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { realLockfile, row } from "./time.ts";

const ROOT = path.resolve(import.meta.dirname, "..");

/** Measures both and prints them. */
export async function run(): Promise<void> {
  console.log("\nWeight");
  measureMemory();
  await measureBundle();
}

function measureMemory(): void {
  const file = realLockfile("package-lock/documenso/package-lock.json");
  if (!file) return;
  // the process itself says at its end how much was resident at most
  const tell =
    "data:text/javascript,process.on('exit',()=>process.stderr.write(String(process.resourceUsage().maxRSS)))";
  const peaks = [1, 2, 3].map(() => {
    const args = [
      "-c",
      `"${process.execPath}" --import "${tell}" lib/ops/run.mjs lib/cli/scan.ts --graph --json "${file}" 2>&1 >/dev/null`,
    ];
    return Number(execFileSync("sh", args, { cwd: ROOT, encoding: "utf8" })) / 1024;
  });
  const peak = Math.min(...peaks);
  row("cold command-line scan of package-lock.json 1.2 MB", `${peak.toFixed(1)} MB resident`, "under 65 MB", peak < 65);
}

async function measureBundle(): Promise<void> {
  const { build, stop } = await import("esbuild");
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: ["lib/lockfile/read-lockfile.ts"],
    outdir: path.join(ROOT, ".build/bench-bundle"),
    write: false,
    bundle: true,
    minify: true,
    splitting: true,
    format: "esm",
    platform: "browser",
  });
  await stop();
  const sizes = outputFiles
    .map(({ path: file, contents }) => ({
      name: path.basename(file),
      gzip: gzipSync(contents, { level: 9 }).length,
      brotli: brotliCompressSync(contents).length,
    }))
    .sort((a, b) => b.gzip - a.gzip);
  for (const { name, gzip, brotli } of sizes) {
    console.log(`        ${name.padEnd(34)} gzip ${kb(gzip)}, brotli ${kb(brotli)}`);
  }
  const sum = (by: "gzip" | "brotli") => sizes.reduce((total, size) => total + size[by], 0);
  const first = sizes.find(({ name }) => name.startsWith("read-lockfile"))!;
  row(
    "browser bundle, before a format or parser is loaded",
    `brotli ${kb(first.brotli)}`,
    "under 40 KB",
    first.brotli < 40_000,
  );
  console.log(`        everything there is, with the parsers for YAML, XML and TOML: brotli ${kb(sum("brotli"))}`);
  fs.rmSync(path.join(ROOT, ".build/bench-bundle"), { recursive: true, force: true });
}

function kb(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} KB`;
}
