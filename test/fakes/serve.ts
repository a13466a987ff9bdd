import http from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";

/** One thing that goes wrong, for the next `times` requests whose path contains `path`. */
export type Trouble = {
  path?: string;
  times?: number;
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  delayMs?: number;
  /** Breaks the connection without an answer. */
  breaks?: true;
};

/** What a stand-in for an outside party answers: an object is sent as JSON, a string as text, null is 404. */
export type Reply = { status?: number; headers?: Record<string, string>; json?: unknown; text?: string } | null;

/** One request a stand-in has seen. */
export type Seen = { method: string; path: string; headers: http.IncomingHttpHeaders; body: string };

/** A stand-in for one outside party. */
export type Fake = {
  url: string;
  seen: Seen[];
  /** Makes the next matching requests go wrong. */
  trouble: (trouble: Trouble) => void;
  /** Ends all trouble. */
  heal: () => void;
  close: () => Promise<void>;
};

/** Starts a stand-in on loopback that answers through `reply`, compressed where the client takes it, as real parties do. */
export async function serve(
  reply: (request: Seen, url: URL) => Reply | Promise<Reply>,
  { port = 0, delayMs = 0 }: { port?: number; delayMs?: number } = {},
): Promise<Fake> {
  const seen: Seen[] = [];
  const troubles: Trouble[] = [];
  const server = http.createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const url = new URL(request.url ?? "/", "http://fake");
    const asked = { method: request.method ?? "GET", path: url.pathname + url.search, headers: request.headers, body };
    seen.push(asked);
    const trouble = troubles.find(({ path, times = 1 }) => times > 0 && (!path || asked.path.includes(path)));
    if (trouble) trouble.times = (trouble.times ?? 1) - 1;
    const delay = trouble?.delayMs ?? delayMs;
    if (delay) await new Promise((done) => setTimeout(done, delay));
    if (trouble?.breaks) return void response.destroy();
    if (trouble && (trouble.status || trouble.body !== undefined)) {
      return void response.writeHead(trouble.status ?? 200, trouble.headers).end(trouble.body ?? "");
    }
    const answer = await reply(asked, url);
    const isJson = answer?.json !== undefined;
    const text = answer === null ? "Not Found" : isJson ? JSON.stringify(answer.json) : (answer.text ?? "");
    const type = isJson ? "application/json" : "text/plain";
    const zipped = request.headers["accept-encoding"]?.includes("gzip");
    response.writeHead(answer === null ? 404 : (answer.status ?? 200), {
      "content-type": type,
      ...(zipped ? { "content-encoding": "gzip" } : {}),
      ...answer?.headers,
    });
    response.end(zipped ? gzipSync(text) : text);
  });
  await new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    trouble: (trouble) => void troubles.push({ times: 1, ...trouble }),
    heal: () => void troubles.splice(0),
    close: () =>
      new Promise<void>((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}
