import type { z } from "zod";
import { refuse } from "../refusal.ts";
import { RequestTrouble } from "./problem.ts";

/** Bytes of a JSON body unless an endpoint says otherwise. */
export const MAX_BODY_BYTES = 1024 * 1024;

/**
 * Reads what an endpoint was given: the search parameters of the address and, when there is a body, its JSON fields, which
 * win. A parameter given several times arrives as a list.
 *
 * @throws RequestTrouble for a body that is no JSON object or too large
 * @throws Refusal "invalid" with a sentence per field
 */
export async function readInput<Input>(
  request: Request,
  shape: z.ZodType<Input>,
  maxBytes = MAX_BODY_BYTES,
): Promise<Input> {
  const given = { ...searchOf(request), ...(await bodyOf(request, maxBytes)) };
  const result = shape.safeParse(given);
  if (result.success) return result.data;
  const fields: Record<string, string> = {};
  for (const issue of result.error.issues) fields[issue.path.join(".") || "body"] ??= sentence(issue.message);
  throw refuse("invalid", "Some fields need another look.", fields);
}

function searchOf(request: Request): Record<string, string | string[]> {
  const params = new URL(request.url).searchParams;
  const entries = [...new Set(params.keys())].map((key): [string, string | string[]] => {
    const values = params.getAll(key);
    return [key, values.length > 1 ? values : (values[0] ?? "")];
  });
  return Object.fromEntries(entries);
}

async function bodyOf(request: Request, maxBytes: number): Promise<Record<string, unknown>> {
  if (!request.body || request.method === "GET" || request.method === "HEAD") return {};
  const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/json") throw new RequestTrouble(415, "Send the body as application/json.");
  const text = await readAtMost(request.body, maxBytes);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new RequestTrouble(400, "The body is not valid JSON.");
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new RequestTrouble(400, "The body must be a JSON object.");
  }
  return body as Record<string, unknown>;
}

/** Stops reading at the limit: the length a caller declares may be wrong, or missing. */
async function readAtMost(body: ReadableStream<Uint8Array>, maxBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = "";
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    if (bytes > maxBytes) throw new RequestTrouble(413, `The body is larger than ${maxBytes} bytes.`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function sentence(message: string): string {
  return /[.!?]$/.test(message) ? message : `${message}.`;
}
