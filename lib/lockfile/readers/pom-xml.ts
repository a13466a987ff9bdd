import { Graph } from "../graph.ts";
import { mavenPurl } from "../maven-coordinates.ts";
import { dependencyKey, fill, type PomDependency, type PomDocument, readPom } from "../scan/pom.ts";
import type { FormatReading, Scope } from "../types.ts";

/** Reads pom.xml; what that is and where its rules are written stands in `formats/pom-xml.ts`. */
export async function readPomXml(text: string): Promise<FormatReading> {
  const graph = new Graph();
  const pom = await readPom(text, graph);
  if (!pom) return graph.finish();
  const root = addRoot(graph, pom);
  const unpinned: { name: string; line: number }[] = [];
  for (const dependency of pom.dependencies) addDependency(graph, pom, root, dependency, unpinned);
  const [first] = unpinned;
  if (first) {
    const others = unpinned.length === 1 ? "" : ` and ${unpinned.length - 1} more`;
    const sentence = `${first.name}${others}: the version is left to a parent, a BOM or a range, so it is not known.`;
    graph.problem("incomplete-format", "note", sentence, first.line);
  }
  if (pom.dependencies.length > 0) {
    graph.problem(
      "incomplete-format",
      "note",
      "A pom.xml names only direct dependencies; mvn dependency:tree tells all.",
    );
  }
  return graph.finish();
}

function addRoot(graph: Graph, pom: PomDocument): number | undefined {
  const group = fill(pom.groupId ?? pom.parent?.groupId ?? "", pom);
  const artifact = fill(pom.artifactId ?? "", pom);
  const version = fill(pom.version ?? pom.parent?.version ?? "", pom);
  const purl = group && artifact ? mavenPurl(group, artifact, version) : undefined;
  if (purl === undefined) return undefined;
  const license = pom.licenses.length > 0 ? { license: pom.licenses.join(" OR ") } : {};
  return graph.add({ purl, firstParty: true, ...license });
}

function addDependency(
  graph: Graph,
  pom: PomDocument,
  root: number | undefined,
  dependency: PomDependency,
  unpinned: { name: string; line: number }[],
): void {
  const group = fill(dependency.groupId ?? "", pom);
  const artifact = fill(dependency.artifactId ?? "", pom);
  const managed = pom.managed.get(dependencyKey(group ?? "", artifact ?? "", dependency));
  const version = exactVersion(fill(dependency.version ?? managed?.version ?? "", pom));
  const purl = group && artifact ? mavenPurl(group, artifact, version) : undefined;
  if (purl === undefined) {
    const name = `${dependency.groupId ?? "?"}:${dependency.artifactId ?? "?"}`;
    const sentence = `The dependency ${name} cannot be named: a property in it is defined elsewhere or it is cut short.`;
    graph.problem("unreadable-entry", "warning", sentence, dependency.line);
    return;
  }
  if (version === undefined) unpinned.push({ name: `${group}:${artifact}`, line: dependency.line });
  const scope = scopeOf(fill(dependency.scope ?? managed?.scope ?? "compile", pom), dependency.optional === "true");
  const index = graph.add({ purl });
  graph.direct(index, scope);
  if (root !== undefined) graph.edge(root, index, scope);
}

// "1.7.36" and the hard "[1.7.36]" are versions; "[1.0,2.0)", "LATEST" and what could not be filled in are not
function exactVersion(version: string | undefined): string | undefined {
  const exact = /^\[([^,[\]()]+)\]$/.exec(version ?? "")?.[1] ?? version;
  return !exact || /[,[\]()\s]|^(?:LATEST|RELEASE)$/.test(exact) ? undefined : exact;
}

function scopeOf(scope: string | undefined, isOptional: boolean): Scope {
  if (scope === "test") return "development";
  if (isOptional) return "optional";
  return scope !== undefined && ["compile", "runtime", "provided", "system"].includes(scope) ? "runtime" : "unknown";
}
