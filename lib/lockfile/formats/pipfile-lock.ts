/**
 * Pipfile.lock of pipenv (https://pipenv.pypa.io). A flat list by section: `default` is for running, `develop` and
 * sections of other names for what their names say. What was asked for by hand is only in the Pipfile.
 */
import type { Format } from "../types.ts";

export const pipfileLock: Format = {
  name: "pipfile-lock",
  label: "Pipfile.lock (pipenv)",
  ecosystem: "pypi",
  files: ["Pipfile.lock"],
  manifests: ["Pipfile"],
  looksLike: (head) => head.includes('"_meta"') && head.includes('"pipfile-spec"'),
  read: async (text, beside) => (await import("../readers/pipfile-lock.ts")).readPipfileLock(text, beside),
};
