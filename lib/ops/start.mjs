// npm start: the whole site from one command. This file only makes sure that the rest can run at all.
import fs from "node:fs";
import { createRequire } from "node:module";

const [major, minor] = process.versions.node.split(".").map(Number);
const isInstalled = () => {
  try {
    createRequire(import.meta.url).resolve("next/package.json");
    return true;
  } catch {
    return false;
  }
};

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Tributary needs Node.js 20.19 or later; this is ${process.versions.node}.`);
  process.exit(1);
} else if (!isInstalled()) {
  const lock = fs.existsSync(new URL("../../package-lock.json", import.meta.url));
  console.error(`The packages are not installed: run npm ${lock ? "ci" : "install"} first.`);
  process.exit(1);
} else {
  const { launch } = await import("./launch.mjs");
  await launch({ dev: process.argv.includes("--dev"), built: process.argv.includes("--built") });
}
