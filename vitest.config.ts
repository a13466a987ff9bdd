import path from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: {
    alias: {
      "@": import.meta.dirname,
      // vitest would load graphql twice (index.mjs and index.js) and graphql refuses schemas "from another realm"
      graphql: path.resolve(import.meta.dirname, "node_modules/graphql/index.js"),
    },
  },
  test: {
    include: ["test/**/*.test.ts"],
    pool: "forks",
    testTimeout: 20_000,
    hookTimeout: 60_000,
  },
});
