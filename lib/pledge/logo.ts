import { refuse } from "../refusal.ts";
import { cleanSvg } from "./svg.ts";

/** Bytes of an uploaded logo. */
export const MAX_LOGO_BYTES = 2 * 1024 * 1024;
/** Edges a logo is kept at, in pixels: the page, the page on sharp screens, and previews elsewhere. */
export const LOGO_SIZES = [64, 128, 256] as const;

/** A picture of 4,096 by 4,096; decoding more costs memory no logo is worth. */
const MAX_PIXELS = 4096 * 4096;
const RASTERS = new Set(["png", "jpeg", "webp", "gif"]);

/** A logo at one size. */
export type LogoImage = { size: number; webp: Uint8Array };

/**
 * Makes our own pictures from an uploaded logo: square, transparent around it, WebP, without anything else the file
 * held (place, camera, scripts). PNG, JPEG, WebP, GIF (its first picture) and SVG are taken.
 *
 * @throws Refusal "invalid" on the field `logo` with the reason
 */
export async function makeLogo(bytes: Uint8Array): Promise<LogoImage[]> {
  if (bytes.length === 0) throw refused("Choose a picture.");
  if (bytes.length > MAX_LOGO_BYTES) throw refused("The picture is larger than 2 MB.");
  const { default: sharp } = await import("sharp");
  const source = looksLikeSvg(bytes) ? Buffer.from(svgOf(bytes)) : bytes;
  const options = { limitInputPixels: MAX_PIXELS, failOn: "error" as const, pages: 1 };
  try {
    const { format, width, height } = await sharp(source, options).metadata();
    if (source === bytes && !RASTERS.has(format ?? "")) throw refused("Use a PNG, JPEG, WebP, GIF or SVG picture.");
    if (width * height > MAX_PIXELS) throw refused("The picture has more than 4,096 by 4,096 pixels.");
    return await Promise.all(
      LOGO_SIZES.map(async (size) => ({
        size,
        webp: await sharp(source, options)
          .timeout({ seconds: 10 })
          .autoOrient()
          .resize(size, size, { fit: "contain", background: { r: 0, g: 0, b: 0, alpha: 0 } })
          .webp({ quality: 90, alphaQuality: 100 })
          .toBuffer(),
      })),
    );
  } catch (error) {
    if (error instanceof Error && error.name === "Refusal") throw error;
    if (/pixel limit/i.test(String(error))) throw refused("The picture has more than 4,096 by 4,096 pixels.");
    throw refused("The picture could not be read. Use a PNG, JPEG, WebP, GIF or SVG picture.");
  }
}

function looksLikeSvg(bytes: Uint8Array): boolean {
  const head = new TextDecoder()
    .decode(bytes.subarray(0, 1024))
    .replace(/^\ufeff/, "")
    .trimStart();
  return head.startsWith("<");
}

function svgOf(bytes: Uint8Array): string {
  const reading = cleanSvg(
    new TextDecoder()
      .decode(bytes)
      .replace(/^\ufeff/, "")
      .trimStart(),
  );
  if (reading.trouble !== undefined) throw refused(reading.trouble);
  return reading.svg;
}

function refused(sentence: string) {
  return refuse("invalid", sentence, { logo: sentence });
}
