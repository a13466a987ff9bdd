/**
 * Finds where a text stops being JSON, and says what stands there. Engines word this differently and not all of them
 * say where, so the reader walks the text itself; it is only called for texts that `JSON.parse` has refused.
 *
 * @example findJsonError('{"a": }') // → { offset: 6, found: "a value was expected, but there is `}`" }
 */
export function findJsonError(text: string): { offset: number; found: string } {
  const open: string[] = [];
  let wanted: Wanted = "a value";
  for (let at = skipSpace(text, 0); ; at = skipSpace(text, at)) {
    const sign = text[at];
    const wrong = { offset: at, found: describe(wanted, text, at) };
    if (sign === undefined) return wrong;
    if (sign === "{" || sign === "[") {
      if (wanted !== "a value" && wanted !== "a value or `]`") return wrong;
      open.push(sign);
      wanted = sign === "{" ? "a name in quotes or `}`" : "a value or `]`";
      at++;
    } else if (sign === "}" || sign === "]") {
      const isEmpty = wanted === (sign === "}" ? "a name in quotes or `}`" : "a value or `]`");
      if (open.pop() !== (sign === "}" ? "{" : "[") || !(isEmpty || wanted === AFTER_VALUE)) return wrong;
      wanted = open.length > 0 ? AFTER_VALUE : "nothing";
      at++;
    } else if (sign === ",") {
      if (wanted !== AFTER_VALUE) return wrong;
      wanted = open.at(-1) === "{" ? "a name in quotes" : "a value";
      at++;
    } else if (sign === ":") {
      if (wanted !== "a colon") return wrong;
      wanted = "a value";
      at++;
    } else {
      const isName = wanted.startsWith("a name");
      const end = isName && sign !== '"' ? at : endOfScalar(text, at);
      if (end <= at || !(isName || wanted.startsWith("a value"))) return wrong;
      wanted = isName ? "a colon" : open.length > 0 ? AFTER_VALUE : "nothing";
      at = end;
    }
  }
}

const AFTER_VALUE = "a comma or the closing bracket";

type Wanted =
  | "a value"
  | "a value or `]`"
  | "a name in quotes"
  | "a name in quotes or `}`"
  | "a colon"
  | typeof AFTER_VALUE
  | "nothing";

/** Answers the offset just behind the closing quote of the string that begins at `start`, or the text's end. */
export function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text[end - 1 - slashes] === "\\") slashes++;
    if (slashes % 2 === 0) return end + 1;
  }
  return text.length;
}

// where the string, number or word that begins at `start` ends; `start` itself when it is none
function endOfScalar(text: string, start: number): number {
  // one it matches: -1.5e3
  const plain = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;
  plain.lastIndex = start;
  if (text[start] !== '"') return plain.test(text) ? plain.lastIndex : start;
  const end = endOfString(text, start);
  for (let at = start + 1; at < end - 1; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x20) return start;
    if (code !== 0x5c) continue;
    if (!/^(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/.test(text.slice(at + 1, at + 6))) return start;
    at++;
  }
  return text[end - 1] === '"' && end - 1 > start ? end : start;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && " \t\r\n".includes(text[at]!)) at++;
  return at;
}

function describe(wanted: Wanted, text: string, at: number): string {
  const there = at >= text.length ? "the file ends" : `there is \`${text.slice(at, at + 12).split(/[\r\n]/)[0]}\``;
  return wanted === "nothing" ? `nothing may follow the value, but ${there}` : `${wanted} was expected, but ${there}`;
}
