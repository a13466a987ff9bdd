// node lib/ops/run.mjs <entry.ts> [arguments]
//
// Runs a TypeScript entry on plain Node: bundled once into .build/, bundled again only when one of its sources changed.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { root } from "./paths.mjs";

const folder = path.join(root, ".build");

/** What a source looked like when it was bundled; cheap enough to ask for a few hundred files at every start. */
function fingerprint(file) {
  const found = fs.statSync(path.join(root, file), { throwIfNoEntry: false });
  return found ? `${found.mtimeMs} ${found.size}` : "";
}

function isFresh(output, listFile) {
  try {
    const sources = Object.entries(JSON.parse(fs.readFileSync(listFile, "utf8")));
    return fs.existsSync(output) && sources.every(([file, was]) => fingerprint(file) === was);
  } catch {
    return false;
  }
}

/**
 * Bundles an entry if need be. Packages stay outside the bundle; `import.meta.dirname` inside it is `.build`.
 *
 * @param {string} entry relative to the project's root
 * @returns {Promise<string>} the file to import
 */
export async function bundle(entry) {
  const output = path.join(folder, `${entry.replace(/\.[cm]?tsx?$/, "").replaceAll(/[\\/]/g, "-")}.mjs`);
  const listFile = `${output}.sources.json`;
  if (isFresh(output, listFile)) return output;
  const { build, stop } = await import("esbuild");
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outdir: folder,
    entryNames: path.basename(output, ".mjs"),
    // what is imported on demand is a file of its own, so that a command holds only what it uses in memory; such files
    // are named by their content, and two that bundle at once write the same ones
    splitting: true,
    chunkNames: "part-[hash]",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    metafile: true,
    write: false,
    logLevel: "warning",
  });
  await stop(); // its helper process would live as long as we do
  fs.mkdirSync(folder, { recursive: true });
  // the entry comes last: whoever sees it finds all its parts
  outputFiles.sort((a, b) => Number(a.path === output) - Number(b.path === output));
  for (const { path: file, contents } of outputFiles) writeWhole(file, contents);
  const sources = [...Object.keys(metafile.inputs), "package.json", "tsconfig.json"];
  writeWhole(listFile, JSON.stringify(Object.fromEntries(sources.map((f) => [f, fingerprint(f)]))));
  return output;
}

/** Writes a file so that another process that reads it meanwhile sees the old one or the new one, never a part. */
function writeWhole(file, contents) {
  const making = `${file}.${process.pid}`;
  fs.writeFileSync(making, contents);
  fs.renameSync(making, file);
}

/**
 * Bundles an entry if need be and imports it here.
 *
 * @param {string} entry relative to the project's root
 */
export async function load(entry) {
  return import(pathToFileURL(await bundle(entry)).href);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [entry, ...args] = process.argv.slice(2);
  if (!entry) {
    console.error("Usage: node lib/ops/run.mjs <entry.ts> [arguments]");
    process.exit(2);
  }
  process.argv = [process.argv[0], path.join(root, entry), ...args];
  await load(path.isAbsolute(entry) ? path.relative(root, entry) : entry);
}
