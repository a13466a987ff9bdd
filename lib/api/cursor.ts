import type { z } from "zod";
import { refuse } from "../refusal.ts";

/**
 * Writes where a page of a list ended as a text that callers hand back and need not understand.
 *
 * It carries only values of the last item shown, which the caller has seen, so it needs no signature.
 *
 * @example encodeCursor(["acme", "company-1"]) // → "WyJhY21lIiwiY29tcGFueS0xIl0"
 */
export function encodeCursor(position: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(position)).toString("base64url");
}

/**
 * Reads a cursor back.
 *
 * @throws Refusal "invalid" on the field `cursor` when it is none of ours
 */
export function decodeCursor<Position>(cursor: string, shape: z.ZodType<Position>): Position {
  try {
    const position = shape.safeParse(JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")));
    if (position.success) return position.data;
  } catch {
    // not JSON: refused below like every other text that is no cursor
  }
  const sentence = "This cursor is not one of this list. Leave it out to begin anew.";
  throw refuse("invalid", sentence, { cursor: sentence });
}
