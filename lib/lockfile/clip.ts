/** Answers the first 80 characters of a text, for quoting it in a sentence. */
export function clip(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
