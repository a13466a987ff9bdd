import { describe, expect, test } from "vitest";
import { Graph } from "../../../lib/lockfile/graph.ts";
import { parseTerms, type Term } from "../../../lib/lockfile/syntax/erlang-terms.ts";

// the terms as plain values: words as strings, tuples and lists as arrays
function plain(term: Term): unknown {
  return "items" in term ? [term.kind, ...term.items.map(plain)] : term.value;
}

function read(text: string, dialect: "erlang" | "elixir"): unknown {
  const graph = new Graph();
  return parseTerms(text, dialect, graph)?.map(plain) ?? graph.problems[0];
}

describe("Erlang and Elixir terms", () => {
  test("reads Erlang tuples, lists, maps, binaries, strings, atoms and numbers", () => {
    const text = `% a comment
      {"1.2.0", [<<"a">>, <<"ä"/utf8>>, 'Quoted', plain_atom, -1.5, #{key => <<"v">>}, []]}.
      [].`;
    expect(read(text, "erlang")).toEqual([
      ["tuple", "1.2.0", ["list", "a", "ä", "Quoted", "plain_atom", "-1.5", ["list", ["tuple", "key", "v"]], ["list"]]],
      ["list"],
    ]);
  });

  test("reads Elixir maps, keywords, atoms and escapes", () => {
    const text = `%{"a": {:hex, :"odd atom", "1\\"0", [hex: :a, optional: false]}, "b" => nil} # the end`;
    expect(read(text, "elixir")).toEqual([
      [
        "list",
        [
          "tuple",
          "a",
          ["tuple", "hex", "odd atom", '1"0', ["list", ["tuple", "hex", "a"], ["tuple", "optional", "false"]]],
        ],
        ["tuple", "b", "nil"],
      ],
    ]);
  });

  test.each([
    ["erlang", "{a,\n[b}", 2],
    ["erlang", "{a", 1],
    ["erlang", "<<1,2>>", 1],
    ["erlang", '"open', 1],
    ["elixir", "%{a: b:}", 1],
    ["elixir", "=> 1", 1],
    ["elixir", "\n\nfn -> 1 end", 3],
  ] as const)("refuses in %s: %j", (dialect, text, line) => {
    expect(read(text, dialect)).toMatchObject({ code: "syntax", severity: "fatal", line });
  });
});
