import { type ChildProcess, spawn } from "node:child_process";
import { afterAll } from "vitest";

/** A child process, what it said so far, and how it ended. */
export type Child = {
  process: ChildProcess;
  said: () => string;
  /** The exit code, or the signal that ended it. */
  ended: Promise<number | string | null>;
};

const children = new Set<ChildProcess>();
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
});

/** This process's variables without what the test runner put there: some libraries relax when they see one. */
function outside(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(VITEST|TEST$|NODE_|npm_|CI$)/.test(name));
  return Object.fromEntries(kept) as NodeJS.ProcessEnv;
}

/**
 * Runs Node with the given arguments in the project's root; killed at the end of the test file if still alive.
 *
 * @param env set over this process's own; an empty string counts as unset for every setting of ours
 */
export function startNode(args: string[], env: Record<string, string> = {}, cwd?: string): Child {
  const child = spawn(process.execPath, args, {
    cwd: cwd ?? new URL("../..", import.meta.url).pathname,
    env: { ...outside(), ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.add(child);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (data) => (said += data));
  const ended = new Promise<number | string | null>((resolve) => {
    child.once("close", (code, signal) => {
      children.delete(child);
      resolve(signal ?? code);
    });
  });
  return { process: child, said: () => said, ended };
}
