import { readLockfile } from "../../lib/lockfile/read-lockfile.ts";

/** Something that reads a lockfile: ours, or the library it is measured against. */
export type Subject = (file: string, text: string) => unknown;

/** Loads a subject by name; each is loaded and measured in a process of its own. */
export async function loadSubject(name: string): Promise<Subject> {
  switch (name) {
    case "reader":
      return readLockfile;
    case "JSON.parse":
      return (_, text) => JSON.parse(text);
    case "js-yaml": {
      const { loadAll, FAILSAFE_SCHEMA } = await import("js-yaml");
      return (_, text) => loadAll(text, undefined, { schema: FAILSAFE_SCHEMA });
    }
    case "smol-toml": {
      const { parse } = await import("smol-toml");
      return (_, text) => parse(text);
    }
    case "lockparse": {
      const { parse } = await import("lockparse");
      return (file, text) => parse(text, file.slice(file.lastIndexOf("/") + 1));
    }
    case "@yarnpkg/lockfile": {
      const { default: yarn } = await import("@yarnpkg/lockfile");
      return (_, text) => yarn.parse(text);
    }
    default:
      throw new Error(`There is no subject called ${name}.`);
  }
}
