import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Graph } from "../../lib/lockfile/graph.ts";
import { parseJson, plainJson } from "../../lib/lockfile/syntax/json.ts";
import { findJsonError } from "../../lib/lockfile/syntax/json-error.ts";
import { parseToml } from "../../lib/lockfile/syntax/toml.ts";
import { readXml } from "../../lib/lockfile/syntax/xml.ts";
import { parseYaml, parseYamlDocuments } from "../../lib/lockfile/syntax/yaml.ts";
import type { Problem } from "../../lib/lockfile/types.ts";

async function told(parse: (graph: Graph) => unknown): Promise<{ value: unknown; problem: Problem | undefined }> {
  const graph = new Graph();
  return { value: await parse(graph), problem: graph.problems[0] };
}

describe("JSON", () => {
  test.each([
    ['{"a": }', 1, "a value was expected, but there is `}`"],
    ['{\n "a": 1\n "b": 2}', 3, "a comma or the closing bracket was expected"],
    ["[1,\n2,]", 2, "a value was expected, but there is `]`"],
    ['{"a" 1}', 1, "a colon was expected"],
    ["{a: 1}", 1, "a name in quotes or `}` was expected"],
    ['{"a": 1}}', 1, "nothing may follow the value"],
    ['{"a": "b\nc"}', 1, "a value was expected"],
    ['{"a": "b', 1, "a value was expected"],
    ['{"a": 01}', 1, "a value was expected"],
    ["[[1, 2\n", 2, "the file ends"],
  ])("says of %j the line %i and that %s", async (text, line, sentence) => {
    const { value, problem } = await told((graph) => parseJson(text, graph));
    expect(value).toBeUndefined();
    expect(problem).toMatchObject({
      code: "syntax",
      severity: "fatal",
      line,
      message: expect.stringContaining(sentence),
    });
  });

  test("finds an error where JSON.parse finds one, whatever is cut or changed", () => {
    const broken = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom("", ",", "}", "]", '"', "\\", ":", "\n", "x", "0"))
      .map(
        ([text, at, sign]) => text.slice(0, at % (text.length + 1)) + sign + text.slice((at % (text.length + 1)) + 1),
      );
    fc.assert(
      fc.property(broken, (text) => {
        try {
          JSON.parse(text);
        } catch {
          expect(findJsonError(text).offset).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test("keeps __proto__ as a plain key, and measures nesting only where there are many brackets", async () => {
    const { value } = await told((graph) => parseJson('{"__proto__": {"a": 1}}', graph));
    expect(Object.keys(value as object)).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    const { problem } = await told((graph) => parseJson("[".repeat(100_000), graph));
    expect(problem).toMatchObject({ code: "too-large", severity: "fatal" });
    const hidden = '["]",'.repeat(30_000);
    expect((await told((graph) => parseJson(hidden, graph))).problem).toMatchObject({ code: "too-large" });
  });

  test("makes plain JSON of trailing commas and comments, on the same lines", () => {
    const text = '{ // one\n "a//": [1, /* two\n */ 2, ],\n "b": "\\",]", }\n';
    expect(JSON.parse(plainJson(text))).toEqual({ "a//": [1, 2], b: '",]' });
    expect(plainJson(text)).toHaveLength(text.length);
    expect(plainJson(text).split("\n")).toHaveLength(4 + 1);
    fc.assert(
      fc.property(fc.json(), (json) => {
        expect(plainJson(json)).toBe(json);
      }),
    );
  });
});

describe("YAML", () => {
  test.each([
    ["a: &x 1\n", 1],
    ["a: 1\nb: &x\n  c: 1\nd: *x\n", 2],
    ["a: &x [*x]\n", 1],
    ["a: 1\nb: !!binary aaaa\n", 2],
    ["x: &a [z]\ny: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n", 1],
  ])("refuses the anchors and tags of %j", async (text, line) => {
    const { value, problem } = await told((graph) => parseYaml(text, graph));
    expect(value).toBeUndefined();
    expect(problem).toMatchObject({ code: "forbidden-syntax", severity: "fatal", line });
  });

  test("reads & and * in text as text", async () => {
    const { value } = await told((graph) => parseYaml("run: |\n  a && b\n  *c\nname: 'a & b'\n", graph));
    expect(value).toEqual({ run: "a && b\n*c\n", name: "a & b" });
  });

  test("keeps every scalar as it is written", async () => {
    const { value } = await told((graph) => parseYaml("a: 1.10\nb: 1234e56\nc: no\nd: 2020-01-01\n", graph));
    expect(value).toEqual({ a: "1.10", b: "1234e56", c: "no", d: "2020-01-01" });
  });

  test("says the line of a mistake, and that nesting is too deep", async () => {
    expect((await told((graph) => parseYaml("a: 1\nb: c: d\n", graph))).problem).toMatchObject({
      code: "syntax",
      line: 2,
    });
    expect((await told((graph) => parseYaml("[".repeat(200), graph))).problem).toMatchObject({ code: "too-large" });
  });

  test("reads every document of a stream, or the first with a warning", async () => {
    expect((await told((graph) => parseYamlDocuments("---\na: b\n---\nc: d\n", graph))).value).toEqual([
      { a: "b" },
      { c: "d" },
    ]);
    expect((await told((graph) => parseYaml("a: b\n---\nc: d\n", graph))).problem?.severity).toBe("warning");
  });
});

describe("TOML", () => {
  test("says the line of a mistake, and that nesting is too deep", async () => {
    expect((await told((graph) => parseToml("a = 1\nb = \n", graph))).problem).toMatchObject({
      code: "syntax",
      line: 2,
    });
    expect((await told((graph) => parseToml(`a = ${"[".repeat(300)}`, graph))).problem).toMatchObject({
      code: "too-large",
    });
  });

  test("keeps __proto__ as a plain key", async () => {
    const { value } = await told((graph) => parseToml("__proto__ = 1\nconstructor = 2\n", graph));
    expect(Object.keys(value as object)).toEqual(["__proto__", "constructor"]);
  });
});

describe("XML", () => {
  test("streams names without prefix, attributes and text with CDATA", async () => {
    const seen: unknown[] = [];
    const { value } = await told((graph) =>
      readXml("<a:b c:d='e'>f<![CDATA[<g>]]><h/></a:b>", graph, {
        open: (name, attributes, line) => seen.push([name, ...attributes, line]),
        text: (text) => seen.push(text),
        close: (name) => seen.push(name),
      }),
    );
    expect(value).toBe(true);
    expect(seen).toEqual([["b", ["d", "e"], 1], "f<g>", ["h", 1], "h", "b"]);
  });

  test("refuses entities, broken and deep files, each with its line", async () => {
    const entities = '<!DOCTYPE a [<!ENTITY x "y">]>\n<a>&x;</a>';
    expect((await told((graph) => readXml(entities, graph, {}))).problem).toMatchObject({ code: "syntax", line: 2 });
    expect((await told((graph) => readXml("<a>\n<b>", graph, {}))).problem).toMatchObject({ code: "syntax", line: 2 });
    expect((await told((graph) => readXml("<a>".repeat(200), graph, {}))).problem).toMatchObject({ code: "too-large" });
  });
});
