import { describe, expect, test } from "vitest";
import { Graph } from "../../lib/lockfile/graph.ts";
import { MAX_PACKAGES, MAX_PROBLEMS } from "../../lib/lockfile/limits.ts";

const named = (graph: Graph, ...names: string[]) => names.map((name) => graph.add({ purl: `pkg:npm/${name}@1.0.0` }));

describe("the graph", () => {
  test("tells direct from transitive from unreached, through cycles and self edges", () => {
    const graph = new Graph();
    const [a, b, c, lost] = named(graph, "a", "b", "c", "lost");
    graph.direct(a!);
    graph.edge(a!, b!);
    graph.edge(b!, c!);
    graph.edge(c!, a!);
    graph.edge(c!, c!);
    graph.edge(a!, b!, "development");
    const { packages, edges } = graph.finish();
    expect(packages.map(({ depth }) => depth)).toEqual(["direct", "transitive", "transitive", "unknown"]);
    expect(packages[lost!]!.scope).toBe("unknown");
    expect(edges).toEqual([
      [a, b],
      [b, c],
      [c, a],
    ]);
  });

  test("marks edges that are only peers; what is a dependency as well is none", () => {
    const graph = new Graph();
    const [a, b, c] = named(graph, "a", "b", "c");
    graph.direct(a!);
    graph.edge(a!, b!, "runtime", true);
    graph.edge(a!, c!, "runtime", true);
    graph.edge(a!, c!);
    graph.edge(b!, b!, "runtime", true);
    const { edges, peers, packages } = graph.finish();
    expect(edges).toEqual([
      [a, b],
      [a, c],
    ]);
    expect(peers).toEqual([0]);
    expect(packages[b!]).toMatchObject({ depth: "transitive", scope: "runtime" });
  });

  test("takes the widest scope that any path gives", () => {
    const graph = new Graph();
    const [run, dev, both, onlyDev, maybe] = named(graph, "run", "dev", "both", "only-dev", "maybe");
    graph.direct(run!);
    graph.direct(dev!, "development");
    graph.edge(run!, both!);
    graph.edge(dev!, both!);
    graph.edge(dev!, onlyDev!);
    graph.edge(run!, maybe!, "optional");
    graph.edge(dev!, maybe!, "optional");
    expect(graph.finish().packages.map(({ scope }) => scope)).toEqual([
      "runtime",
      "development",
      "runtime",
      "development",
      "optional",
    ]);
  });

  test("does not call a package development-only while a manifest that may need it at run time is unknown", () => {
    const graph = new Graph();
    const [a] = named(graph, "a");
    graph.direct(a!, "development");
    graph.direct(a!, "unknown");
    expect(graph.finish().packages[0]!.scope).toBe("unknown");
  });

  test("walks a diamond of 26 levels (2^26 paths) once", () => {
    const graph = new Graph();
    let [top] = named(graph, "top");
    graph.direct(top!);
    for (let level = 0; level < 26; level++) {
      const [left, right, join] = named(graph, `l${level}`, `r${level}`, `j${level}`);
      for (const side of [left!, right!]) {
        graph.edge(top!, side);
        graph.edge(side, join!);
      }
      top = join;
    }
    const { packages, edges } = graph.finish();
    expect(edges).toHaveLength(26 * 4);
    expect(packages.every(({ depth }) => depth !== "unknown")).toBe(true);
  });

  test("walks a chain of 100,000 without recursion", () => {
    const graph = new Graph();
    const chain = named(graph, ...Array.from({ length: 100_000 }, (_, at) => `p${at}`));
    graph.direct(chain[0]!);
    for (let at = 1; at < chain.length; at++) graph.edge(chain[at - 1]!, chain[at]!);
    expect(graph.finish().packages.at(-1)!.depth).toBe("transitive");
  });

  test("has several roots, and several manifests that list one package", () => {
    const graph = new Graph();
    const one = graph.add({ purl: "pkg:npm/one", firstParty: true, workspace: "one" });
    const two = graph.add({ purl: "pkg:npm/two", firstParty: true, workspace: "two" });
    const [a] = named(graph, "a");
    graph.edge(one, two);
    graph.edge(two, a!, "development");
    graph.edge(one, a!);
    const { packages } = graph.finish();
    expect(packages[a!]).toMatchObject({ depth: "direct", scope: "runtime" });
  });

  test("makes one package of one purl, with what each of them said", () => {
    const graph = new Graph();
    graph.add({ purl: "pkg:npm/a@1.0.0", scope: "development" });
    graph.add({ purl: "pkg:npm/a@1.0.0", scope: "runtime", license: "MIT" });
    expect(graph.finish().packages).toEqual([
      { purl: "pkg:npm/a@1.0.0", depth: "unknown", scope: "runtime", license: "MIT" },
    ]);
  });

  test("stops at the stated number of packages with a sentence", () => {
    const graph = new Graph();
    expect(() => {
      for (let at = 0; at <= MAX_PACKAGES; at++) graph.add({ purl: `pkg:npm/p${at}@1.0.0` });
    }).toThrow("more than 200,000 packages");
  });

  test("keeps a stated number of problems, and says how many more there are", () => {
    const graph = new Graph();
    for (let at = 0; at < MAX_PROBLEMS + 5; at++) graph.problem("unreadable-entry", "warning", `${at}`);
    graph.problem("syntax", "fatal", "the end");
    const { problems } = graph.finish();
    expect(problems).toHaveLength(MAX_PROBLEMS + 2);
    expect(problems.at(-1)!.message).toBe("5 more problems of this file are not listed.");
  });
});
