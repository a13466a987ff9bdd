/**
 * Answers the 1-based line of an offset into a text.
 *
 * @example lineAt("a\nb", 2) // → 2
 */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}
