/** Turns a file's bytes into text: UTF-8 or UTF-16, with or without byte order mark. */

/**
 * Decodes a file, or answers null when its bytes are text in neither UTF-8 nor UTF-16.
 *
 * UTF-16 without a mark is told by its zero bytes: a lockfile begins with ASCII, so every second byte of its start is
 * zero, and which half tells the byte order. The mark itself is not part of the answer.
 */
export function decodeText(bytes: Uint8Array): string | null {
  const encoding = encodingOf(bytes);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function encodingOf(bytes: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  const head = bytes.subarray(0, 64);
  let zerosAtEven = 0;
  let zerosAtOdd = 0;
  for (let at = 0; at < head.length; at++) {
    if (head[at] === 0) at % 2 === 0 ? zerosAtEven++ : zerosAtOdd++;
  }
  const half = Math.floor(head.length / 2);
  if (half > 0 && zerosAtEven === 0 && zerosAtOdd > half * 0.6) return "utf-16le";
  if (half > 0 && zerosAtOdd === 0 && zerosAtEven > half * 0.6) return "utf-16be";
  return "utf-8";
}
