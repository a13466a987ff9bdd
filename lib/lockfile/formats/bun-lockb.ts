/**
 * bun.lockb: the binary lockfile of bun before 1.2. It has no written rules and changes with bun, so it is not read; the
 * reader says how to get the text form of the same. See https://bun.com/docs/pm/lockfile
 */
import { Graph } from "../graph.ts";
import type { Format } from "../types.ts";

const ADVICE =
  "bun.lockb is a binary file. Run `bun install --save-text-lockfile --frozen-lockfile --lockfile-only` beside it and give the bun.lock that appears.";

export const bunLockb: Format = {
  name: "bun-lockb",
  label: "Bun bun.lockb (says how to get bun.lock)",
  ecosystem: "npm",
  files: ["bun.lockb"],
  looksLike: (head) => head.startsWith("#!/usr/bin/env bun\n"),
  read: () => {
    const graph = new Graph();
    graph.problem("binary-format", "fatal", ADVICE);
    return graph.finish();
  },
};
