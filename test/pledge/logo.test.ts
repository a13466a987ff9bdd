import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { LOGO_SIZES, makeLogo } from "../../lib/pledge/logo.ts";
import { cleanSvg } from "../../lib/pledge/svg.ts";

const svg = (inside: string, attributes = 'viewBox="0 0 10 10"') =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${inside}</svg>`;
const bytes = (text: string) => new TextEncoder().encode(text);
const trouble = (input: Uint8Array) =>
  makeLogo(input).then(
    () => "taken",
    (error) => error.fields?.logo,
  );
const raster = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: "#c00" } });

describe("a logo", () => {
  test("becomes square WebP at every size, whatever its shape, with nothing around it", async () => {
    const photo = await raster(300, 100)
      .withExif({ IFD0: { Copyright: "secret place" } })
      .jpeg()
      .toBuffer();
    const images = await makeLogo(photo);
    expect(images.map(({ size }) => size)).toEqual([...LOGO_SIZES]);
    for (const { size, webp } of images) {
      const { format, width, height, exif } = await sharp(webp).metadata();
      expect({ format, width, height, exif }).toEqual({ format: "webp", width: size, height: size, exif: undefined });
    }
    const { data, info } = await sharp(images[0]!.webp).raw().toBuffer({ resolveWithObject: true });
    expect(info.channels).toBe(4);
    expect(data[3]).toBe(0); // the corner is transparent: above the picture
    const middle = (32 * 64 + 32) * 4;
    expect([...data.subarray(middle, middle + 4)]).toEqual([
      expect.any(Number),
      expect.any(Number),
      expect.any(Number),
      255,
    ]);
    expect(data[middle]).toBeGreaterThan(180);
  });

  test("may be an SVG picture, of any size it says it has", async () => {
    const [image] = await makeLogo(
      bytes(`\ufeff<?xml version="1.0"?>${svg('<rect width="10" height="10" fill="#0a0"/>')}`),
    );
    const { data } = await sharp(image!.webp).raw().toBuffer({ resolveWithObject: true });
    expect(data[1]).toBeGreaterThan(140);
    const huge = svg('<rect width="9" height="9"/>', 'width="1000000" height="1000000"');
    expect(await trouble(bytes(huge))).toBe("taken");
  });

  test.each([
    ["nothing", new Uint8Array(), "Choose a picture."],
    ["2 MB and a byte", new Uint8Array(2 * 1024 * 1024 + 1), "The picture is larger than 2 MB."],
    ["a text", bytes("hello"), "The picture could not be read. Use a PNG, JPEG, WebP, GIF or SVG picture."],
    ["a page", bytes("<html><body>x</body></html>"), "This is not an SVG picture."],
    ["a broken SVG", bytes("<svg viewBox='0 0 1 1'><g></svg>"), "This is not a valid SVG picture."],
    [
      "an SVG without a size",
      bytes(svg("<rect/>", "")),
      "This SVG picture does not say its size. Export it with a viewBox.",
    ],
    ["a needle", bytes(svg("<rect/>", 'viewBox="0 0 1000 1"')), "This picture is too narrow for a logo."],
    [
      "an entity bomb",
      bytes(
        '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><svg viewBox="0 0 1 1"><title>&b;</title></svg>',
      ),
      "This SVG picture defines entities. Export it as plain SVG.",
    ],
  ])("that is %s is refused with a sentence", async (_, input, sentence) => {
    expect(await trouble(input)).toBe(sentence);
  });

  test("that is a small file with a sea of pixels is refused before it is decoded", async () => {
    const bomb = await raster(12_000, 12_000).png({ compressionLevel: 9 }).toBuffer();
    expect(bomb.length).toBeLessThan(2 * 1024 * 1024);
    expect(await trouble(bomb)).toBe("The picture has more than 4,096 by 4,096 pixels.");
  });

  test("that is cut off is refused", async () => {
    const whole = await raster(200, 200).png().toBuffer();
    expect(await trouble(whole.subarray(0, whole.length / 2))).toMatch(/could not be read/);
  });

  test("that copies itself a million times is refused", async () => {
    let inside = '<g id="a0"><rect width="1" height="1"/></g>';
    for (let level = 1; level <= 20; level++)
      inside += `<g id="a${level}">${`<use href="#a${level - 1}"/>`.repeat(10)}</g>`;
    expect(await trouble(bytes(svg(`<defs>${inside}</defs><use href="#a20"/>`)))).toBe(
      "This SVG picture is too complicated for a logo.",
    );
  });
});

describe("a cleaned SVG picture", () => {
  test("keeps what draws", () => {
    const { svg: cleaned } = cleanSvg(
      svg(
        '<style>.a{fill:#c00}</style><defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient></defs><path class="a" d="M0 0h9" style="fill:url(#g)"/><use xlink:href="#g"/>',
      ),
    );
    expect(cleaned).toContain('<path class="a" d="M0 0h9" style="fill:url(#g)">');
    expect(cleaned).toContain("<style>.a{fill:#c00}</style>");
    expect(cleaned).toContain('<use xlink:href="#g">');
    expect(cleaned).toContain('width="512" height="512"');
  });

  test.each([
    ["<script>alert(1)</script>", /alert|script/],
    ['<g onclick="alert(1)"><path/></g>', /onclick/],
    ['<foreignObject><div xmlns="http://www.w3.org/1999/xhtml">x</div></foreignObject>', /foreignObject|div/],
    ['<image href="https://evil.example/x.png"/>', /evil/],
    ['<image xlink:href="file:///etc/passwd"/>', /passwd/],
    ['<use href="https://evil.example/x.svg#a"/>', /evil/],
    ['<rect fill="url(https://evil.example/#a)"/>', /evil/],
    ['<rect style="fill:u\\72l(https://evil.example)"/>', /evil/],
    ['<style>@import "https://evil.example/x.css";</style>', /evil/],
    ['<style><![CDATA[rect{fill:url("https://evil.example")}]]></style>', /evil/],
    ['<a href="https://evil.example"><path/></a>', /evil/],
    ['<filter id="f"><feImage href="https://evil.example"/></filter>', /evil|filter/],
    ["<!-- a note --><path/>", /note/],
    ['<?xml-stylesheet href="https://evil.example"?><path/>', /evil/],
    ["<text>Acme &lt;script&gt;</text>", /script/],
  ])("loses %s", (inside, forbidden) => {
    const { svg: cleaned } = cleanSvg(svg(`<rect width="1" height="1"/>${inside}`));
    expect(cleaned).toBeDefined();
    expect(cleaned).not.toMatch(forbidden);
    expect(cleaned).toContain("<rect");
  });
});
