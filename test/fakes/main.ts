// npm run dev:fakes [-- --dev | --built]: the whole site, as `npm start` brings it up, against stand-ins for every outside
// party, so that the full flow can be seen offline. Its data are kept apart from the real ones.
import { spawn } from "node:child_process";
import { startFakes } from "./start-all.ts";
import { sampleWorld } from "./world.ts";

// slow enough that progress can be watched
const fakes = await startFakes(sampleWorld(), { delayMs: 300 });
console.log("Outside parties are stand-ins; every account and repository they name is made up.");
for (const [name, value] of Object.entries(fakes.settings)) console.log(`  ${name}=${value}`);

const site = spawn(process.execPath, ["lib/ops/start.mjs", ...process.argv.slice(2)], {
  stdio: "inherit",
  env: { ...process.env, DATA_DIR: process.env.DATA_DIR ?? ".data/fakes", ...fakes.settings },
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => site.kill(signal));
site.on("close", async (code) => {
  await fakes.close();
  process.exit(code ?? 0);
});
