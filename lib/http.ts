import { lookup as systemLookup } from "node:dns";
import { isIP } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { Agent, type Dispatcher, errors } from "undici";
import { env } from "./env.ts";
import { isPublicAddress } from "./public-address.ts";

/** Why nothing usable came back. */
export type HttpTrouble =
  | "timeout" // no whole answer within the time
  | "too-large" // more bytes than allowed, before or after decompression
  | "refused" // an address we do not go to
  | "unreachable" // no connection, no such name, or it broke
  | "garbled"; // not HTTP, or not decompressible

/** No whole answer came back. Answers with an error status are answers, not failures. */
export class HttpFailure extends Error {
  override readonly name = "HttpFailure";
  constructor(
    readonly trouble: HttpTrouble,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A whole answer. */
export type HttpAnswer = {
  status: number;
  /** The address that answered, after redirects. */
  url: string;
  /** Names in lower case; repeated ones joined by a comma. */
  headers: Readonly<Record<string, string>>;
  /** Decompressed. */
  body: Buffer;
};

/** How to ask. */
export type HttpOptions = {
  method?: "GET" | "POST" | "HEAD";
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** For each attempt, from looking up the name to the last byte. 15 s unless said otherwise. */
  timeoutMs?: number;
  /** Of the body, before and after decompression. 8 MiB unless said otherwise. */
  maxBytes?: number;
  /** Attempts in all; 3 unless said otherwise. Only outages and "try later" answers (429, 502, 503, 504) are tried again. */
  attempts?: number;
  /** The longest pause between attempts; an answer that asks for a longer one is given back as it is. 10 s unless said otherwise. */
  maxPauseMs?: number;
  maxRedirects?: number;
  signal?: AbortSignal;
};

const TRY_LATER: ReadonlySet<number> = new Set([429, 502, 503, 504]);
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
// kind to small services, and enough: parties are asked in batches
const CONNECTIONS_PER_HOST = 4;
const FIRST_PAUSE_MS = 500;

/** The doors to the outside, exchangeable so that tests can stand in for name servers. */
export type GuardOptions = {
  lookup?: typeof systemLookup;
  isAllowed?: (address: string) => boolean;
};

/**
 * Asks an outside party that the settings name (a service, a mirror, a test's stand-in).
 *
 * Retries outages with growing pauses and honours `retry-after`. A redirect to another host is followed with the guard
 * of `fetchOutside` and without `authorization`.
 *
 * @throws HttpFailure when no whole answer comes back
 */
export function fetchParty(url: string, options: HttpOptions = {}): Promise<HttpAnswer> {
  return withRetries(url, options, (address) => follow(address, options, trusted()));
}

/** Makes a `fetchOutside`; only tests need other options than the default. */
export function makeFetchOutside(guard: GuardOptions = {}) {
  const dispatcher = guardedAgent(guard);
  const isAllowed = guard.isAllowed ?? isPublicAddress;
  return (url: string, options: HttpOptions = {}): Promise<HttpAnswer> => {
    const smaller = { timeoutMs: 5_000, maxBytes: 512 * 1024, attempts: 2, maxPauseMs: 2_000, ...options };
    return withRetries(url, smaller, (address) => follow(address, smaller, { dispatcher, isAllowed }));
  };
}

let outside: ReturnType<typeof makeFetchOutside> | undefined;

/**
 * Fetches an address that a person or a file gave us.
 *
 * Goes only to http and https on the public internet: private, loopback, link-local and metadata addresses are refused
 * after the name is looked up, on every redirect, and the connection is made to the very address that was checked, so a
 * name server cannot change its mind in between. At most 512 KiB within 5 s unless said otherwise.
 *
 * @throws HttpFailure when refused or when no whole answer comes back
 */
export function fetchOutside(url: string, options: HttpOptions = {}): Promise<HttpAnswer> {
  outside ??= makeFetchOutside();
  return outside(url, options);
}

/**
 * Lends `fetchParty` to libraries that want the platform's `fetch`.
 *
 * @example graphql.defaults({ request: { fetch: partyFetch({ timeoutMs: 15_000 }) } })
 */
export function partyFetch(options: HttpOptions = {}): typeof fetch {
  return async (input, init) => {
    const url = typeof input === "string" ? input : input instanceof URL ? input.href : input.url;
    const answer = await fetchParty(url, {
      ...options,
      method: (init?.method ?? "GET") as "GET",
      headers: Object.fromEntries(new Headers(init?.headers).entries()),
      ...(typeof init?.body === "string" ? { body: init.body } : {}),
      ...(init?.signal ? { signal: init.signal } : {}),
    });
    // the body is decompressed already; its old length and encoding no longer hold
    const { "content-encoding": _encoding, "content-length": _length, ...headers } = answer.headers;
    const empty = answer.status === 204 || answer.status === 304;
    return new Response(empty ? null : new Uint8Array(answer.body), { status: answer.status, headers });
  };
}

/** Reads how long an answer asks us to wait, in milliseconds; null when it does not say. */
export function retryAfterMs(headers: HttpAnswer["headers"], now: number): number | null {
  const text = headers["retry-after"];
  if (text === undefined) return null;
  if (/^\d{1,9}$/.test(text.trim())) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}

async function withRetries(
  url: string,
  { attempts = 3, maxPauseMs = 10_000, signal }: HttpOptions,
  ask: (url: string) => Promise<HttpAnswer>,
): Promise<HttpAnswer> {
  for (let attempt = 1; ; attempt++) {
    let pause = FIRST_PAUSE_MS * 2 ** (attempt - 1);
    try {
      const answer = await ask(url);
      if (!TRY_LATER.has(answer.status) || attempt >= attempts) return answer;
      pause = retryAfterMs(answer.headers, Date.now()) ?? pause;
      if (pause > maxPauseMs) return answer;
    } catch (error) {
      const isOutage = error instanceof HttpFailure && (error.trouble === "unreachable" || error.trouble === "timeout");
      if (!isOutage || attempt >= attempts || signal?.aborted) throw error;
    }
    await sleep(Math.min(pause, maxPauseMs), undefined, { ...(signal ? { signal } : {}) });
  }
}

type Door = { dispatcher: Dispatcher; isAllowed?: (address: string) => boolean };

async function follow(start: string, options: HttpOptions, door: Door): Promise<HttpAnswer> {
  const deadline = AbortSignal.timeout(options.timeoutMs ?? 15_000);
  const signal = options.signal ? AbortSignal.any([options.signal, deadline]) : deadline;
  let url = checkUrl(start, door);
  let current = { method: options.method ?? "GET", body: options.body, headers: { ...options.headers }, door };
  for (let hops = 0; ; hops++) {
    const answer = await askOnce(url, { ...current, signal, maxBytes: options.maxBytes ?? 8 * 1024 * 1024 });
    const location = answer.headers.location;
    if (!REDIRECTS.has(answer.status) || location === undefined) return answer;
    if (hops >= (options.maxRedirects ?? 5)) throw new HttpFailure("refused", `${url.host} redirects in circles`);
    if (!URL.canParse(location, url)) throw new HttpFailure("garbled", `${url.host} redirects to no address`);
    const next = new URL(location, url);
    if (next.origin !== url.origin) {
      if (url.protocol === "https:" && next.protocol === "http:") {
        throw new HttpFailure("refused", `${url.host} redirects from https to http`);
      }
      const { authorization: _dropped, cookie: _too, ...headers } = lowerCase(current.headers);
      current = { ...current, headers, door: door.isAllowed ? door : guarded() };
    }
    if (answer.status === 303 || (current.method === "POST" && answer.status < 303)) {
      current = { ...current, method: "GET", body: undefined };
    }
    url = checkUrl(next.href, current.door);
  }
}

function checkUrl(text: string, { isAllowed }: Door): URL {
  if (!URL.canParse(text)) throw new HttpFailure("refused", "is not an address");
  const url = new URL(text);
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw new HttpFailure("refused", `${url.protocol} addresses are not fetched`);
  }
  if (!isAllowed) return url;
  if (url.username || url.password) throw new HttpFailure("refused", "the address carries a user name or password");
  // names are checked when they are looked up; numbers never are looked up
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (isIP(host) && !isAllowed(host)) throw new HttpFailure("refused", `${url.host} is not on the public internet`);
  return url;
}

type Ask = {
  method: "GET" | "POST" | "HEAD";
  headers: Record<string, string>;
  body: string | undefined;
  door: Door;
  signal: AbortSignal;
  maxBytes: number;
};

async function askOnce(url: URL, { method, headers, body, door, signal, maxBytes }: Ask): Promise<HttpAnswer> {
  try {
    const response = await door.dispatcher.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method,
      headers: { "user-agent": userAgent(), "accept-encoding": "gzip, br, deflate", ...lowerCase(headers) },
      body: body ?? null,
      signal,
    });
    const received = flatten(response.headers);
    const bytes = await readBody(response.body, received["content-encoding"], maxBytes, signal, url.host);
    return { status: response.statusCode, url: url.href, headers: received, body: bytes };
  } catch (error) {
    throw translate(error, url.host, signal);
  }
}

async function readBody(
  body: Dispatcher.ResponseData["body"],
  encoding: string | undefined,
  maxBytes: number,
  signal: AbortSignal,
  host: string,
): Promise<Buffer> {
  const tooLarge = () => new HttpFailure("too-large", `${host} sent more than ${maxBytes} bytes`);
  const decoder = decoderFor(encoding, maxBytes);
  const chunks: Buffer[] = [];
  let received = 0;
  let kept = 0;
  body.on("data", (chunk: Buffer) => {
    received += chunk.length;
    if (received > maxBytes) body.destroy(tooLarge());
  });
  const stream = decoder ? body.pipe(decoder) : body;
  if (decoder) body.on("error", (error) => decoder.destroy(error));
  const stop = () => stream.destroy(signal.reason as Error);
  signal.addEventListener("abort", stop, { once: true });
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      kept += chunk.length;
      // the rest of a bomb is never inflated: leaving the loop destroys the stream
      if (kept > maxBytes) throw tooLarge();
      chunks.push(chunk);
    }
  } finally {
    signal.removeEventListener("abort", stop);
    body.destroy();
  }
  return Buffer.concat(chunks);
}

function decoderFor(encoding: string | undefined, maxBytes: number) {
  // small output chunks, so that a bomb is noticed after at most one of them
  const chunkSize = Math.max(1024, Math.min(64 * 1024, maxBytes));
  switch (encoding?.trim().toLowerCase()) {
    case "gzip":
    case "x-gzip":
      return createGunzip({ chunkSize });
    case "br":
      return createBrotliDecompress({ chunkSize });
    case "deflate":
      return createInflate({ chunkSize });
    case undefined:
    case "":
    case "identity":
      return null;
    default:
      throw new HttpFailure("garbled", "the body is encoded in a way that was not asked for");
  }
}

function translate(error: unknown, host: string, signal: AbortSignal): Error {
  if (error instanceof HttpFailure) return error;
  const cause = error as NodeJS.ErrnoException & { cause?: unknown };
  if (cause.cause instanceof HttpFailure) return cause.cause;
  const options = { cause: error };
  const isTimeout = signal.aborted && (signal.reason as Error | undefined)?.name === "TimeoutError";
  if (isTimeout || error instanceof errors.ConnectTimeoutError) {
    return new HttpFailure("timeout", `${host} did not answer in time`, options);
  }
  if (signal.aborted) return signal.reason as Error;
  if (
    error instanceof errors.HTTPParserError ||
    cause.code?.startsWith("Z_") ||
    cause.code?.startsWith("ERR__ERROR_")
  ) {
    return new HttpFailure("garbled", `${host} sent something that cannot be read`, options);
  }
  return new HttpFailure("unreachable", `${host} cannot be reached (${cause.code ?? cause.message})`, options);
}

let trustedDoor: Door | undefined;
function trusted(): Door {
  trustedDoor ??= { dispatcher: new Agent({ connections: CONNECTIONS_PER_HOST, connect: { timeout: 10_000 } }) };
  return trustedDoor;
}

let guardedDoor: Door | undefined;
function guarded(): Door {
  guardedDoor ??= { dispatcher: guardedAgent({}), isAllowed: isPublicAddress };
  return guardedDoor;
}

/** Builds an agent that connects only to addresses it has looked up and found allowed itself. */
function guardedAgent({ lookup = systemLookup, isAllowed = isPublicAddress }: GuardOptions): Agent {
  const checked: typeof systemLookup = ((
    hostname: string,
    options: { all?: boolean },
    callback: (...args: unknown[]) => void,
  ) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error);
      // one forbidden address spoils the name: which of them is used would be the name server's choice
      if (found.length === 0 || found.some(({ address }) => !isAllowed(address))) {
        return callback(new HttpFailure("refused", `${hostname} is not on the public internet`));
      }
      if (options.all) return callback(null, found);
      callback(null, found[0]!.address, found[0]!.family);
    });
  }) as unknown as typeof systemLookup;
  return new Agent({ connections: CONNECTIONS_PER_HOST, connect: { lookup: checked, timeout: 5_000 } });
}

/** Says who is asking, with the operator's contact where one is set, as services ask their clients to. */
export function userAgent(): string {
  const contact = env.CONTACT_EMAIL;
  return contact ? `Tributary (+mailto:${contact})` : "Tributary";
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(", ") : value;
  }
  return flat;
}
