/** Why a request may not or cannot be done; each translates to one HTTP status, page text and exit code at the edge. */
export type RefusalCode = "not_found" | "forbidden" | "conflict" | "invalid" | "too_many" | "unauthenticated";

/** A request that may not or cannot be done. Its message is a sentence for the person who asked. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  constructor(
    readonly code: RefusalCode,
    message: string,
    /** Sentences per field, for forms. */
    readonly fields: Record<string, string> = {},
    readonly retryAfterSeconds?: number,
  ) {
    super(message);
  }
}

/**
 * Makes a refusal to throw: `throw refuse("conflict", "That address is taken.", { slug: "…" })`.
 */
export function refuse(code: RefusalCode, message: string, fields?: Record<string, string>): Refusal {
  return new Refusal(code, message, fields);
}
