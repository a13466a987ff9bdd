import { fork } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, test } from "vitest";

const watch = new URL("../../lib/ops/end-with-parent.mjs", import.meta.url).href;

test("a process of the launcher does not hand its watch on to what it forks: next dev's server would end at once", async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tributary-watch-"));
  const file = path.join(folder, "child.mjs");
  // as `next dev` does: the grandchild waits for a message, and lives only by its channel until then
  fs.writeFileSync(
    file,
    `import { fork } from "node:child_process";
    if (process.argv[2] === "grandchild") process.on("message", () => { process.send("alive"); process.exit(); });
    else {
      const grandchild = fork(process.argv[1], ["grandchild"]);
      grandchild.on("message", (said) => process.send(said, () => process.exit()));
      grandchild.on("exit", () => process.exit());
      setTimeout(() => grandchild.connected && grandchild.send("go"), 500);
    }`,
  );
  const said: unknown[] = [];
  const child = fork(file, [], { execArgv: ["--import", watch] });
  child.on("message", (message) => said.push(message));
  await new Promise((gone) => child.once("close", gone));
  fs.rmSync(folder, { recursive: true });
  expect(said).toEqual(["alive"]);
}, 20_000);
