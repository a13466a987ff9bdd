import { Refusal, type RefusalCode } from "../refusal.ts";

/** Each refusal's HTTP status and title: the one translation of the API. */
export const PROBLEMS: Record<RefusalCode, { status: number; title: string }> = {
  unauthenticated: { status: 401, title: "Not signed in" },
  forbidden: { status: 403, title: "Not allowed" },
  not_found: { status: 404, title: "Not found" },
  conflict: { status: 409, title: "Conflict" },
  invalid: { status: 422, title: "Invalid input" },
  too_many: { status: 429, title: "Too many requests" },
};

/** A trouble of HTTP itself, before any room is asked: wrong method, unreadable body. */
export class RequestTrouble extends Error {
  override readonly name = "RequestTrouble";
  constructor(
    readonly status: 400 | 405 | 413 | 415,
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }
}

const TITLES: Record<RequestTrouble["status"], string> = {
  400: "Bad request",
  405: "Method not allowed",
  413: "Too large",
  415: "Unsupported media type",
};

/**
 * Answers any trouble as problem+json (RFC 9457). What we did not foresee is logged and answered without its details.
 *
 * @example problemResponse(refuse("not_found", "There is no such company."))
 * // → 404 {"type":"about:blank","code":"not_found","title":"Not found","status":404,"detail":"There is no such company."}
 */
export function problemResponse(error: unknown): Response {
  if (error instanceof RequestTrouble) {
    const { status, message, headers } = error;
    return respond({ code: "http", title: TITLES[status], status, detail: message }, headers);
  }
  if (error instanceof Refusal) {
    const { status, title } = PROBLEMS[error.code];
    const hasFields = Object.keys(error.fields).length > 0;
    return respond(
      { code: error.code, title, status, detail: error.message, ...(hasFields ? { fields: error.fields } : {}) },
      error.retryAfterSeconds ? { "retry-after": String(error.retryAfterSeconds) } : {},
    );
  }
  console.error(error);
  const detail = "This is our mistake, and it is in our log. Please try again later.";
  return respond({ code: "failure", title: "Something went wrong", status: 500, detail });
}

type Problem = { code: string; title: string; status: number; detail: string; fields?: Record<string, string> };

function respond(problem: Problem, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify({ type: "about:blank", ...problem }), {
    status: problem.status,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store", ...headers },
  });
}
