import fs from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");
const room = path.join(root, "lib/allocation");
const files = fs.readdirSync(room, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));

describe("the room lib/allocation", () => {
  test.each(files)(
    "%s asks nobody for the time, a random number, a locale or the environment, and rounds no money itself",
    (file) => {
      const text = fs.readFileSync(path.join(room, file), "utf8").replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
      expect(text).not.toMatch(/\bDate\b|Math\.random|localeCompare|toLocale|Intl\.|\bprocess\b|\bfetch\b|globalThis/);
      // exponentials and logarithms differ between engines in the last bit; square roots do not
      expect(text).not.toMatch(/Math\.(?:pow|exp|log|sin|cos|cbrt|hypot)|[\w)]\s*\*\*\s*[a-z]/i);
    },
  );

  test("imports only itself, the hall's money and purl, and types of lockfiles", () => {
    for (const file of files) {
      const text = fs.readFileSync(path.join(room, file), "utf8");
      for (const [, what, from] of text.matchAll(/import\s+(type\s)?[^;]*?from\s+"(\.[^"]+)"/g)) {
        const target = path.relative(root, path.resolve(room, path.dirname(file), from!));
        const allowed = target.startsWith("lib/allocation/") || ["lib/money.ts", "lib/purl.ts"].includes(target);
        expect(allowed || (what !== undefined && target === "lib/lockfile/types.ts"), `${file} imports ${target}`).toBe(
          true,
        );
      }
    }
  });

  test("bundles for a browser's worker without any Node module", async () => {
    const { metafile, errors } = await build({
      stdin: { contents: files.map((file) => `import "./${file}";`).join("\n"), resolveDir: room },
      bundle: true,
      write: false,
      metafile: true,
      platform: "browser",
      format: "esm",
      logLevel: "silent",
    });
    expect(errors).toEqual([]);
    const outside = Object.values(metafile.inputs).flatMap(({ imports }) => imports.filter(({ external }) => external));
    expect(outside).toEqual([]);
  });
});
