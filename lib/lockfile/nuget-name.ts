import { tryPurl } from "./naming.ts";

/**
 * Names a NuGet package as a package URL, or undefined when the words make none.
 *
 * @example nugetPurl("Newtonsoft.Json", "13.0.3") // → "pkg:nuget/Newtonsoft.Json@13.0.3"
 */
export function nugetPurl(id: string, version: string | undefined): string | undefined {
  return id.includes("/") ? undefined : tryPurl("nuget", id, version);
}

/**
 * Splits the key of a library as NuGet and the .NET host write it.
 *
 * @example splitLibrary("Newtonsoft.Json/13.0.3") // → { id: "Newtonsoft.Json", version: "13.0.3" }
 */
export function splitLibrary(key: string): { id: string; version: string | undefined } {
  const slash = key.indexOf("/");
  return slash < 0 ? { id: key, version: undefined } : { id: key.slice(0, slash), version: key.slice(slash + 1) };
}
