import { createHash } from "node:crypto";
import { z } from "zod";
import type { Question } from "../auth/permissions.ts";
import { requireScanToken } from "../auth/scan-token-store.ts";
import { type CurrentSession, requireSession } from "../auth/session.ts";
import { type Membership, requireMember } from "../auth/store.ts";
import { throttle } from "../auth/throttle.ts";
import { clock } from "../clock.ts";
import { env } from "../env.ts";
import { refuse } from "../refusal.ts";
import { MAX_BODY_BYTES, readInput } from "./input.ts";
import { problemResponse } from "./problem.ts";

/** What the framework hands a route beside the request. */
export type RouteContext = { params: Promise<Record<string, string | string[] | undefined>> };

/** A route: web-standard request in, response out. */
export type Route = (request: Request, context: RouteContext) => Promise<Response>;

/** What an endpoint's body works with, once input and caller are settled. */
export type Call<Input> = {
  input: Input;
  /** Segments of the path, each a single text. */
  params: Record<string, string>;
  request: Request;
  now: Date;
};

/** What an endpoint answers: data to be written as JSON, or a whole response of its own. */
export type Answer = Response | { data: unknown; status?: number; headers?: Record<string, string> };

type Shape<Input> = { input?: z.ZodType<Input>; maxBytes?: number };

/**
 * Makes an endpoint that anybody may ask, from any site: read input, run, answer.
 *
 * Answers carry an ETag, and an unchanged one is answered 304; shared caches may keep them for a minute.
 *
 * @example export const GET = publicEndpoint({ input: z.object({ q: z.string() }), run: async ({ input }) => ({ data: … }) });
 */
export function publicEndpoint<Input = Record<string, never>>({
  input,
  maxBytes,
  run,
}: Shape<Input> & { run: (call: Call<Input>) => Promise<Answer> }): Route {
  return (request, context) =>
    answering(async () => {
      const call = await settle(request, context, input, maxBytes);
      const response = toResponse(await run(call));
      response.headers.set("access-control-allow-origin", "*");
      return cached(request, response);
    });
}

/**
 * Makes an endpoint of a company's account: read input, check session and permission, run, answer. The company is the
 * path's segment `slug`; the request must come from this site when it changes something.
 *
 * @example export const POST = memberEndpoint({ question: "canKeepScan", input: shape, run: async ({ company, input }) => … });
 */
export function memberEndpoint<Input = Record<string, never>>({
  question,
  input,
  maxBytes,
  run,
}: Shape<Input> & {
  question: Question;
  run: (call: Call<Input> & { session: CurrentSession; company: Membership }) => Promise<Answer>;
}): Route {
  return (request, context) =>
    answering(async () => {
      requireOwnSite(request);
      const session = await requireSession(request.headers);
      const company = await requireMember(session.user.id, (await segments(context)).slug ?? "", question);
      const call = await settle(request, context, input, maxBytes);
      const response = toResponse(await run({ ...call, session, company }));
      if (!response.headers.has("cache-control")) response.headers.set("cache-control", "private, no-store");
      return response;
    });
}

/**
 * Makes an endpoint for pages of this site whose visitor has no account: read input, run, answer. A request that changes
 * something must come from this site, and no answer is kept by anybody on the way.
 */
export function visitorEndpoint<Input = Record<string, never>>({
  input,
  maxBytes,
  run,
}: Shape<Input> & { run: (call: Call<Input>) => Promise<Answer> }): Route {
  return (request, context) =>
    answering(async () => {
      requireOwnSite(request);
      const response = toResponse(await run(await settle(request, context, input, maxBytes)));
      if (!response.headers.has("cache-control")) response.headers.set("cache-control", "private, no-store");
      return response;
    });
}

/**
 * Makes the endpoint for command lines and CI: a scan token lets in, and all it can do is what `run` does. No cookie is
 * looked at, so the request may come from anywhere.
 */
export function scanTokenEndpoint<Input = Record<string, never>>({
  input,
  maxBytes,
  run,
}: Shape<Input> & {
  run: (call: Call<Input> & { company: { companyId: string; slug: string } }) => Promise<Answer>;
}): Route {
  return (request, context) =>
    answering(async () => {
      const { tokenId, ...company } = await requireScanToken(request.headers, clock.now());
      await throttle("scan", tokenId);
      const call = await settle(request, context, input, maxBytes);
      return toResponse(await run({ ...call, company }));
    });
}

async function answering(work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    return problemResponse(error);
  }
}

async function settle<Input>(
  request: Request,
  context: RouteContext,
  shape: z.ZodType<Input> | undefined,
  maxBytes = MAX_BODY_BYTES,
): Promise<Call<Input>> {
  const input = await readInput(request, shape ?? (z.object({}) as unknown as z.ZodType<Input>), maxBytes);
  return { input, params: await segments(context), request, now: clock.now() };
}

async function segments(context: RouteContext): Promise<Record<string, string>> {
  // the framework hands a route without segments no params at all, whatever its types say
  const entries = Object.entries((await context.params) ?? {});
  return Object.fromEntries(
    entries.map(([name, value]) => [name, Array.isArray(value) ? value.join("/") : (value ?? "")]),
  );
}

/**
 * Refuses what a page of another site sends.
 *
 * A browser sends its cookies along with a form of another site too; it also says whose page it was, which scripts of
 * that page cannot change.
 *
 * @throws Refusal "forbidden"
 */
export function requireOwnSite(request: Request): void {
  if (request.method === "GET" || request.method === "HEAD") return;
  const origin = request.headers.get("origin");
  const own = [new URL(env.appUrl).origin, new URL(request.url).origin];
  if (origin === null || !own.includes(origin)) throw refuse("forbidden", "This request came from another site.");
}

function toResponse(answer: Answer): Response {
  if (answer instanceof Response) return answer;
  const { data, status = 200, headers = {} } = answer;
  return new Response(JSON.stringify(data), { status, headers: { "content-type": "application/json", ...headers } });
}

async function cached(request: Request, response: Response): Promise<Response> {
  if (response.status !== 200 || (request.method !== "GET" && request.method !== "HEAD")) return response;
  const body = new Uint8Array(await response.arrayBuffer());
  const headers = new Headers(response.headers);
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 27)}"`;
  headers.set("etag", etag);
  if (!headers.has("cache-control"))
    headers.set("cache-control", "public, max-age=0, s-maxage=60, stale-while-revalidate=300");
  const known = request.headers
    .get("if-none-match")
    ?.split(",")
    .map((tag) => tag.trim().replace(/^W\//, ""));
  if (known?.includes(etag)) return new Response(null, { status: 304, headers });
  return new Response(request.method === "HEAD" ? null : body, { status: 200, headers });
}
