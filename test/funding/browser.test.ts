import { build } from "esbuild";
import { expect, it } from "vitest";

it("the files that pages and workers use in the browser need nothing of Node, and stay small", async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: ["from-readings", "sendable", "coverage", "from-answers", "attribution", "told"]
        .map((name) => `export * from "./lib/funding/${name}.ts";`)
        .join("\n"),
      resolveDir: new URL("../..", import.meta.url).pathname,
    },
    bundle: true,
    minify: true,
    write: false,
    platform: "browser",
    format: "esm",
    logLevel: "silent",
  });
  expect(outputFiles[0]!.text).not.toMatch(/from"node:|require\(/);
  expect(outputFiles[0]!.contents.length).toBeLessThan(40_000);
});
