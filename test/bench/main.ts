/**
 * `npm run bench`: prints what was measured beside what was promised, and ends with status 1 when a promise is broken.
 * `npm run bench -- lockfiles footprint` runs only these sections.
 */
import { run as allocation } from "./allocation.ts";
import { run as attacks } from "./attacks.ts";
import { run as footprint } from "./footprint.ts";
import { run as imports } from "./imports.ts";
import { run as lockfiles } from "./lockfiles.ts";

const SECTIONS: Record<string, () => void | Promise<void>> = { lockfiles, footprint, attacks, allocation, imports };

const wanted = process.argv.slice(2);
for (const [name, run] of Object.entries(SECTIONS)) {
  if (wanted.length === 0 || wanted.includes(name)) await run();
}
