import { displayName } from "../purl.ts";

/** A project as a person reads it: `owner/name` on GitHub, the address elsewhere, or the package's own name. */
export function projectName(project: string): string {
  return project.startsWith("pkg:") ? displayName(project) : project.replace(/^github\.com\//, "");
}
