import os from "node:os";
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
    globalSetup: ["test/support/global.ts"],
    setupFiles: ["test/support/no-logged-errors.ts"],
    pool: "forks",
    // most of the slow files wait for a browser, a site or a database, so that two cores are not busy with one of them
    maxWorkers: Math.max(2, os.availableParallelism() - 1),
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // the machine of the run must not leak into it: developers keep these in their shells
    env: { GITHUB_TOKEN: "", SMTP_URL: "", APP_URL: "", DATABASE_URL: "", AUTH_SECRET: "" },
  },
});
