/**
 * What a Gemfile wants each gem for. A Gemfile is a Ruby program; this reads the part everybody writes (`gem`, `group`,
 * `gemspec`) and takes every other block as saying nothing about need.
 */
import { splitLines } from "../syntax/line-finder.ts";
import type { Scope } from "../types.ts";

/** Scope of each gem a Gemfile names, and whether it also takes in a gemspec. */
export type GemWants = { scopes: Map<string, Scope>; hasGemspec: boolean };

// Bundler gives groups no meaning; these are what people call the ones that are not deployed
const DEVELOPMENT = new Set(
  "development dev test tests testing ci lint linting style doc docs documentation debug benchmark profile tools release mdl".split(
    " ",
  ),
);

const LONGEST_CALL = 2_000;

/** Reads a Gemfile. A gem named both in a development group and outside of one is needed at run time. */
export function scanGemfile(text: string): GemWants {
  const wants: GemWants = { scopes: new Map(), hasGemspec: false };
  // for each open block: whether what stands in it is for development
  const blocks: boolean[] = [];
  let pending = "";
  for (const raw of splitLines(text)) {
    const words = raw.trim();
    if (words === "" || words.startsWith("#")) continue;
    const line = pending === "" ? words : `${pending} ${words}`;
    // a call goes on over the line's end after a comma
    pending = words.endsWith(",") && line.length < LONGEST_CALL ? line : "";
    if (pending !== "") continue;
    const inGroup = blocks.at(-1) ?? false;
    if (/^end\b/.test(line)) blocks.pop();
    else if (/^(?:if|unless|case|begin|def|while)\b/.test(line)) blocks.push(inGroup);
    else if (/\bdo(?:\s*\|[^|]*\|)?\s*(?:#.*)?$/.test(line)) {
      blocks.push(inGroup || (/^group\b/.test(line) && isDevelopment(line)));
    } else if (/^gemspec\b/.test(line)) wants.hasGemspec = true;
    // gem "rails", "~> 7.0", groups: [:test]
    const name = /^gem[\s(]+["']([^"']+)["']/.exec(line)?.[1];
    if (name === undefined) continue;
    const group = /(?::groups?\s*=>|\bgroups?:)\s*(%[iIwW]\[[^\]]*\]|\[[^\]]*\]|:\w+|"\w+"|'\w+')/.exec(line)?.[1];
    const isForDevelopment = inGroup || (group !== undefined && isDevelopment(group));
    if (!isForDevelopment) wants.scopes.set(name, "runtime");
    else if (!wants.scopes.has(name)) wants.scopes.set(name, "development");
  }
  return wants;
}

// group :development, "test", optional: true do; group: %i[test lint]
function isDevelopment(words: string): boolean {
  const plain = words.replace(/%[iIwW]\[([^\]]*)\]/g, (_, list: string) => list.replace(/\w+/g, ":$&"));
  const names = [...plain.matchAll(/:(\w+)(?!\s*=>)|["'](\w+)["']/g)].map(([, symbol, string]) => symbol ?? string!);
  return names.length > 0 && names.every((name) => DEVELOPMENT.has(name));
}
