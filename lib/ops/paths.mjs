import path from "node:path";

/** The project’s root: every tool works from here, whatever the folder it was called from, also bundled into `.build`. */
export const root = path.resolve(import.meta.dirname, path.basename(import.meta.dirname) === ".build" ? ".." : "../..");

/** Where the embedded database and its secrets live. @param {Record<string, string | undefined>} env */
export const dataDir = (env = process.env) => path.resolve(root, env.DATA_DIR || ".data");
