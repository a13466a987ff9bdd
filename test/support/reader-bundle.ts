import path from "node:path";
import { brotliCompressSync } from "node:zlib";
import { build, type Metafile } from "esbuild";

const ROOT = process.cwd();
const ENTRY = "lib/lockfile/read-lockfile.ts";
const FORMATS = "lib/lockfile/formats/";

/** What a browser downloads of the reader, in bytes after brotli. */
export type ReaderBundle = {
  /** Before any file is read: names and shapes of all formats. */
  entry: number;
  /** The entry with all that one format may load: its reader, and the parser of its syntax. Largest first. */
  formats: { name: string; bytes: number }[];
  /** Every piece of ours there is. */
  own: number;
  /** The parsers of YAML, XML and TOML, which are others' work. */
  parsers: number;
};

/** Bundles the reader as a site would, split where it imports on demand, and weighs what each format costs. */
export async function weighReader(): Promise<ReaderBundle> {
  const { outputFiles, metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: [ENTRY],
    outdir: "bundle",
    write: false,
    metafile: true,
    bundle: true,
    minify: true,
    splitting: true,
    format: "esm",
    platform: "browser",
    logLevel: "silent",
  });
  const sizes = new Map(
    outputFiles.map((file) => [path.relative(ROOT, file.path), brotliCompressSync(file.contents).length]),
  );
  const sum = (outputs: Iterable<string>) => [...outputs].reduce((total, output) => total + sizes.get(output)!, 0);
  const startOf = new Map(Object.entries(metafile.outputs).map(([output, { entryPoint }]) => [entryPoint, output]));
  const entry = reached(metafile, startOf.get(ENTRY)!, ["import-statement"]);
  const formats = Object.entries(metafile.inputs)
    .filter(([input]) => input.startsWith(FORMATS))
    .map(([input, { imports }]) => {
      const loaded = new Set(entry);
      for (const { path: reader, kind } of imports) {
        if (kind !== "dynamic-import") continue;
        const start = startOf.get(reader)!;
        for (const output of reached(metafile, start, ["import-statement", "dynamic-import"])) loaded.add(output);
      }
      return { name: path.basename(input, ".ts"), bytes: sum(loaded) };
    })
    .sort((a, b) => b.bytes - a.bytes);
  const isParser = ({ inputs }: Metafile["outputs"][string]) =>
    Object.keys(inputs).some((input) => input.startsWith("node_modules/"));
  const parsers = sum(Object.keys(metafile.outputs).filter((output) => isParser(metafile.outputs[output]!)));
  return { entry: sum(entry), formats, own: sum(sizes.keys()) - parsers, parsers };
}

function reached(metafile: Metafile, start: string, kinds: readonly string[]): Set<string> {
  const seen = new Set([start]);
  for (const output of seen) {
    for (const { path: next, kind, external } of metafile.outputs[output]!.imports) {
      if (!external && kinds.includes(kind)) seen.add(next);
    }
  }
  return seen;
}
