import { clip } from "../clip.ts";
import { Graph } from "../graph.ts";
import { mavenPurl } from "../maven-coordinates.ts";
import { splitLines } from "../syntax/line-finder.ts";
import type { FormatReading, Scope } from "../types.ts";

/** Reads gradle.lockfile; what that is and where its rules are written stands in `formats/gradle-lockfile.ts`. */
export function readGradleLockfile(text: string): FormatReading {
  const graph = new Graph();
  let modules = 0;
  let empty = false;
  for (const [index, raw] of splitLines(text).entries()) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#")) continue;
    const equals = line.indexOf("=");
    const coordinates = equals < 0 ? line : line.slice(0, equals);
    if (coordinates === "empty" && equals >= 0) {
      empty = true;
      continue;
    }
    const [group, artifact, version, ...more] = coordinates.split(":");
    const purl = group && artifact && version && more.length === 0 ? mavenPurl(group, artifact, version) : undefined;
    if (purl === undefined) {
      graph.problem("unreadable-entry", "warning", `"${clip(line)}" is no group:artifact:version.`, index + 1);
      continue;
    }
    const configurations =
      equals < 0
        ? []
        : line
            .slice(equals + 1)
            .split(",")
            .filter((name) => name !== "");
    graph.add({ purl, scope: scopeOf(configurations) });
    modules++;
  }
  if (modules > 0) {
    graph.problem("incomplete-format", "note", "Gradle lockfiles do not say which module needs which.");
  } else if (empty && graph.problems.length === 0) {
    graph.problem("no-packages", "note", "Gradle locked only configurations without any dependency.");
  }
  return graph.finish();
}

/**
 * Says what a module is for by the configurations that resolve it. Modules of a production class path are `runtime`
 * (a compile class path too: the program is written against them); test, tool and build script configurations, `classpath`
 * among them, are `development`. Without configurations nobody knows.
 */
function scopeOf(configurations: string[]): Scope {
  if (configurations.length === 0) return "unknown";
  return configurations.some(isProduction) ? "runtime" : "development";
}

// compileClasspath, releaseRuntimeClasspath, mainRuntime; not testRuntimeClasspath, debugAndroidTestCompileClasspath, checkstyle
function isProduction(configuration: string): boolean {
  if (/test|jmh|debug|benchmark|buildscript|annotationprocessor|kapt|ksp|metadata$/i.test(configuration)) return false;
  return /(?:^|[a-z0-9])(?:compile|runtime)(?:only)?(?:classpath)?$|^(?:api|implementation|default)$/i.test(
    configuration,
  );
}
