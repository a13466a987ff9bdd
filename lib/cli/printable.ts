/**
 * Writes control characters and marks that turn text around as `\\u{…}`, so that a name out of a hostile file cannot move a
 * terminal's cursor, colour it or hide what follows. Line ends stay.
 *
 * @example printable("a\u001b[2Jb") // → "a\\u{1b}[2Jb"
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (sign) => `\\u{${sign.codePointAt(0)!.toString(16)}}`);
}

// C0 and C1 without the line feed, delete, the line separators and the marks of writing direction
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const UNPRINTABLE = /[\0-\t\v-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
