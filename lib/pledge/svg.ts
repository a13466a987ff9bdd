import { SaxesParser, type SaxesTagPlain } from "saxes";

/** Elements that draw, and nothing that runs, loads or filters. */
const ELEMENTS = new Set(
  (
    "svg g path rect circle ellipse line polyline polygon defs symbol use title desc style " +
    "linearGradient radialGradient stop clipPath mask"
  ).split(" "),
);

/** More copies than any logo needs; copies of copies are how a small file becomes a mountain of work. */
const MAX_USES = 64;
const MAX_ELEMENTS = 20_000;
/** Width to height, or the other way round. */
const MAX_RATIO = 10;

/** Edge of the drawing it is rendered at, in pixels. */
const EDGE = 512;

/** What a picture is, or why it is not taken, as a sentence. */
export type SvgReading = { svg: string; trouble?: undefined } | { svg?: undefined; trouble: string };

/**
 * Writes an SVG picture anew with only what draws: no scripts, event handlers, foreign content, images, links, filters,
 * entities, or addresses of any kind but those inside the picture. Its size is set to fit 512 pixels.
 */
export function cleanSvg(text: string): SvgReading {
  const parser = new SaxesParser();
  const out: string[] = [];
  let skipping = 0;
  let elements = 0;
  let uses = 0;
  let trouble: string | undefined;
  const style: string[] = [];
  let depth = 0;
  let inStyle = false;
  const refuse = (sentence: string) => {
    trouble ??= sentence;
  };
  parser.on("error", () => refuse("This is not a valid SVG picture."));
  parser.on("doctype", (doctype) => {
    if (doctype.includes("[")) refuse("This SVG picture defines entities. Export it as plain SVG.");
  });
  parser.on("opentag", (tag) => {
    if (skipping > 0 || !ELEMENTS.has(localName(tag.name))) {
      skipping++;
      return;
    }
    const name = localName(tag.name);
    if (depth++ === 0) {
      const root = name === "svg" ? rootTag(tag) : { trouble: "This is not an SVG picture." };
      if (root.trouble !== undefined) refuse(root.trouble);
      else out.push(root.tag);
      return;
    }
    if (++elements > MAX_ELEMENTS || (name === "use" && ++uses > MAX_USES))
      refuse("This SVG picture is too complicated for a logo.");
    inStyle = name === "style";
    out.push(`<${name}${attributesOf(tag)}>`);
  });
  parser.on("text", (words) => {
    if (skipping > 0) return;
    if (inStyle) style.push(words);
    else out.push(escapeXml(words));
  });
  parser.on("cdata", (words) => {
    if (skipping === 0 && inStyle) style.push(words);
  });
  parser.on("closetag", (tag) => {
    if (skipping > 0) {
      skipping--;
      return;
    }
    if (inStyle) out.push(isPlainStyle(style.join("")) ? escapeXml(style.join("")) : "");
    if (inStyle) style.length = 0;
    inStyle = false;
    depth--;
    out.push(`</${localName(tag.name)}>`);
  });
  parser.write(text).close();
  if (trouble !== undefined) return { trouble };
  return out.length ? { svg: out.join("") } : { trouble: "This is not an SVG picture." };
}

type Root = { tag: string; trouble?: undefined } | { tag?: undefined; trouble: string };

function rootTag(tag: SaxesTagPlain): Root {
  const box = (tag.attributes.viewBox ?? "")
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const [x, y, width, height] =
    box.length === 4
      ? box
      : [0, 0, Number.parseFloat(tag.attributes.width ?? ""), Number.parseFloat(tag.attributes.height ?? "")];
  if (![x, y, width, height].every((number) => Number.isFinite(number)) || width! <= 0 || height! <= 0) {
    return { trouble: "This SVG picture does not say its size. Export it with a viewBox." };
  }
  const ratio = Math.max(width! / height!, height! / width!);
  if (ratio > MAX_RATIO) return { trouble: "This picture is too narrow for a logo." };
  const scale = EDGE / Math.max(width!, height!);
  const size = `width="${Math.max(1, Math.round(width! * scale))}" height="${Math.max(1, Math.round(height! * scale))}"`;
  const names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"';
  const skip = new Set(["viewBox", "width", "height", "x", "y", "style", "class"]);
  return { tag: `<svg ${names} viewBox="${x} ${y} ${width} ${height}" ${size}${attributesOf(tag, skip)}>` };
}

function attributesOf(tag: SaxesTagPlain, skip: ReadonlySet<string> = new Set()): string {
  let text = "";
  for (const [name, value] of Object.entries(tag.attributes)) {
    if (skip.has(name) || !/^[a-zA-Z][a-zA-Z-]*\d?$|^xlink:href$/.test(name) || /^on/i.test(name) || name === "xmlns")
      continue;
    const isReference = name === "href" || name === "xlink:href";
    if (isReference ? !/^#[\w.-]+$/.test(value) : !isPlainStyle(value)) continue;
    text += ` ${name}="${escapeXml(value)}"`;
  }
  return text;
}

/** No rule that loads, and no address but of a part of the picture itself; a backslash could spell either in disguise. */
function isPlainStyle(text: string): boolean {
  return !/@|\\|expression|javascript:/i.test(text) && !/url\((?!\s*["']?#[\w.-]+["']?\s*\))/i.test(text);
}

function localName(name: string): string {
  return name.startsWith("svg:") ? name.slice(4) : name;
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
