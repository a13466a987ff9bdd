/** What a pom.xml says, before anything is resolved. The rules are Maven's POM reference. */
import type { Graph } from "../graph.ts";
import { readXml } from "../syntax/xml.ts";

/** One `<dependency>`, as written; `line` is where it begins. */
export type PomDependency = { line: number } & Partial<Record<(typeof DEPENDENCY_PARTS)[number], string>>;

/** One pom.xml, as written. */
export type PomDocument = {
  groupId?: string;
  artifactId?: string;
  version?: string;
  parent?: { groupId?: string; artifactId?: string; version?: string };
  licenses: string[];
  properties: Map<string, string>;
  /** Of the project and of its profiles, in file order. */
  dependencies: PomDependency[];
  /** What `<dependencyManagement>` says of a dependency, by `dependencyKey`. */
  managed: Map<string, PomDependency>;
};

const DEPENDENCY_PARTS = ["groupId", "artifactId", "version", "scope", "type", "classifier", "optional"] as const;
const PROJECT_PARTS = ["groupId", "artifactId", "version"] as const;

/** Answers what tells two dependencies apart when Maven looks for a managed version. */
export function dependencyKey(groupId: string, artifactId: string, { type, classifier }: PomDependency): string {
  return `${groupId}:${artifactId}:${type ?? "jar"}:${classifier ?? ""}`;
}

/** Reads a pom.xml, or records a fatal problem and answers undefined. */
export async function readPom(text: string, graph: Graph): Promise<PomDocument | undefined> {
  const pom: PomDocument = { licenses: [], properties: new Map(), dependencies: [], managed: new Map() };
  const managed: PomDependency[] = [];
  const path: string[] = [];
  let dependency: PomDependency | undefined;
  let run = "";
  let root = "";
  const isRead = await readXml(text, graph, {
    open(name, _attributes, line) {
      if (root === "") root = name;
      // profiles repeat the project's own shape one level down
      const above = path.at(-1) ?? "";
      path.push(above === "project/profiles/profile" ? `project/${name}` : above === "" ? name : `${above}/${name}`);
      run = "";
      if (path.at(-1) === DEPENDENCY || path.at(-1) === MANAGED) dependency = { line };
    },
    text(piece) {
      run += piece;
    },
    close(name) {
      const here = path.pop() ?? "";
      const above = path.at(-1) ?? "";
      const value = run.trim();
      run = "";
      if (dependency && (above === DEPENDENCY || above === MANAGED)) {
        if (isOneOf(name, DEPENDENCY_PARTS) && value !== "") dependency[name] = value;
      } else if (here === DEPENDENCY && dependency) pom.dependencies.push(dependency);
      else if (here === MANAGED && dependency) managed.push(dependency);
      else if (above === "project/properties") {
        // a profile's value counts only where the project itself has none
        if (path.length === 2 || !pom.properties.has(name)) pom.properties.set(name, value);
      } else if (above === "project/parent" && isOneOf(name, PROJECT_PARTS)) {
        pom.parent ??= {};
        pom.parent[name] = value;
      } else if (here === "project/licenses/license/name" && value !== "") pom.licenses.push(value);
      else if (here === `project/${name}` && isOneOf(name, PROJECT_PARTS) && value !== "" && path.length === 1) {
        pom[name] = value;
      }
    },
  });
  if (!isRead) return undefined;
  if (root !== "project") {
    graph.problem("wrong-shape", "fatal", "The file's outermost element is not project.", 1);
    return undefined;
  }
  for (const entry of managed) {
    const key = dependencyKey(fill(entry.groupId ?? "", pom) ?? "", fill(entry.artifactId ?? "", pom) ?? "", entry);
    if (!pom.managed.has(key)) pom.managed.set(key, entry);
  }
  return pom;
}

const DEPENDENCY = "project/dependencies/dependency";
const MANAGED = "project/dependencyManagement/dependencies/dependency";

function isOneOf<const T extends string>(name: string, names: readonly T[]): name is T {
  return (names as readonly string[]).includes(name);
}

/**
 * Fills `${properties}` into a value, properties within properties too; undefined when one is not defined here, or when
 * they grow past what a name or version can be (properties that double each other are an old trick).
 *
 * @example fill("${a}.1", pom) // with <a>2</a> → "2.1"
 */
export function fill(value: string, pom: PomDocument): string | undefined {
  let filled = value;
  for (let round = 0; filled.includes("${"); round++) {
    if (round >= MAX_FILL_ROUNDS || filled.length > MAX_FILLED_LENGTH) return undefined;
    let isWhole = true;
    filled = filled.replace(/\$\{([^${}]*)\}/g, (whole, name: string) => {
      const found = propertyOf(name, pom);
      if (found === undefined) isWhole = false;
      return found ?? whole;
    });
    if (!isWhole) return undefined;
  }
  return filled.length > MAX_FILLED_LENGTH ? undefined : filled;
}

// the longest names in Maven Central have about 100 characters; properties are seldom nested more than twice
const MAX_FILLED_LENGTH = 1_000;
const MAX_FILL_ROUNDS = 10;

function propertyOf(name: string, pom: PomDocument): string | undefined {
  const own = pom.properties.get(name);
  if (own !== undefined) return own.length > MAX_FILLED_LENGTH ? undefined : own;
  // ${project.version}, and the ${pom.version} and ${version} of Maven 2
  switch (name.replace(/^(?:project|pom)\./, "")) {
    case "groupId":
      return pom.groupId ?? pom.parent?.groupId;
    case "artifactId":
      return pom.artifactId;
    case "version":
      return pom.version ?? pom.parent?.version;
    case "parent.groupId":
      return pom.parent?.groupId;
    case "parent.artifactId":
      return pom.parent?.artifactId;
    case "parent.version":
      return pom.parent?.version;
    default:
      return undefined;
  }
}
