import type { lookup as systemLookup } from "node:dns";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fetchOutside, fetchParty, HttpFailure, makeFetchOutside, partyFetch, retryAfterMs } from "../../lib/http.ts";
import { isPublicAddress } from "../../lib/public-address.ts";
import { startServer } from "./local-server.ts";

type Server = Awaited<ReturnType<typeof startServer>>;
let party: Server;
let internal: Server;
const counts = new Map<string, number>();
// 100 MB in 100 kB, made before anything is measured
const bomb = gzipSync(Buffer.alloc(100_000_000));

beforeAll(async () => {
  internal = await startServer((_, response) => response.end("secret of the house"), "127.0.0.2");
  party = await startServer((request, response) => {
    const path = new URL(request.url!, "http://x").pathname;
    const count = (counts.get(path) ?? 0) + 1;
    counts.set(path, count);
    if (path === "/hello") response.end("hello");
    else if (path === "/twice-down") response.writeHead(count < 3 ? 503 : 200).end(String(count));
    else if (path === "/later") response.writeHead(count < 2 ? 429 : 200, { "retry-after": "1" }).end("done");
    else if (path === "/much-later") response.writeHead(429, { "retry-after": "3600" }).end();
    else if (path === "/missing") response.writeHead(404).end("no");
    else if (path === "/broken") response.destroy();
    else if (path === "/silent") return;
    else if (path === "/drip") drip(response);
    else if (path === "/huge") response.end(Buffer.alloc(2_000_000, "x"));
    else if (path === "/bomb") {
      response.writeHead(200, { "content-encoding": "gzip" }).end(bomb);
    } else if (path === "/zipped") response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync('{"a":1}'));
    else if (path === "/not-zipped") response.writeHead(200, { "content-encoding": "gzip" }).end("plain");
    else if (path === "/slow") setTimeout(() => response.end("slow"), 60);
    else if (path === "/loop") response.writeHead(302, { location: "/loop" }).end();
    else if (path === "/to")
      response.writeHead(302, { location: new URL(request.url!, "http://x").searchParams.get("u")! }).end();
    else response.end(path);
  });
});
afterAll(async () => {
  await party.close();
  await internal.close();
});

function drip(response: import("node:http").ServerResponse) {
  const timer = setInterval(() => response.write("."), 20);
  response.on("close", () => clearInterval(timer));
}

const trouble = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(HttpFailure);
  return (error as HttpFailure).trouble;
};

describe("asking a configured party", () => {
  it("reaches one on loopback, and says who asks", async () => {
    const answer = await fetchParty(`${party.url}/hello`);
    expect([answer.status, answer.body.toString()]).toEqual([200, "hello"]);
    expect(party.seen.at(-1)!.headers["user-agent"]).toMatch(/^Tributary/);
  });

  it("tries outages again", async () => {
    expect((await fetchParty(`${party.url}/twice-down`)).body.toString()).toBe("3");
  });

  it("waits as long as retry-after asks", async () => {
    const start = performance.now();
    expect((await fetchParty(`${party.url}/later`)).body.toString()).toBe("done");
    expect(performance.now() - start).toBeGreaterThan(950);
  });

  it("gives back an answer that asks for a longer pause than it may take", async () => {
    const answer = await fetchParty(`${party.url}/much-later`);
    expect(retryAfterMs(answer.headers, 0)).toBe(3_600_000);
    expect(counts.get("/much-later")).toBe(1);
  });

  it("does not try again what was answered", async () => {
    expect((await fetchParty(`${party.url}/missing`)).status).toBe(404);
    expect(counts.get("/missing")).toBe(1);
  });

  it("tells outages apart", async () => {
    expect(await trouble(fetchParty(`${party.url}/broken`, { attempts: 1 }))).toBe("unreachable");
    expect(await trouble(fetchParty(`${party.url}/silent`, { attempts: 1, timeoutMs: 100 }))).toBe("timeout");
    expect(await trouble(fetchParty(`${party.url}/drip`, { attempts: 1, timeoutMs: 200 }))).toBe("timeout");
    expect(await trouble(fetchParty(`${party.url}/huge`, { maxBytes: 1_000_000 }))).toBe("too-large");
    expect(await trouble(fetchParty(`${party.url}/not-zipped`))).toBe("garbled");
    expect(await trouble(fetchParty("http://nowhere.invalid/", { attempts: 1 }))).toBe("unreachable");
    expect(await trouble(fetchParty(`${party.url}/loop`))).toBe("refused");
    expect(await trouble(fetchParty("file:///etc/passwd"))).toBe("refused");
  });

  it("inflates, and stops inflating a bomb", async () => {
    expect((await fetchParty(`${party.url}/zipped`)).body.toString()).toBe('{"a":1}');
    const before = process.memoryUsage().rss;
    expect(await trouble(fetchParty(`${party.url}/bomb`, { maxBytes: 1_000_000 }))).toBe("too-large");
    expect(process.memoryUsage().rss - before).toBeLessThan(50_000_000);
  });

  it("keeps at most four requests under way at one host", async () => {
    const server = await startServer((_, response) => void setTimeout(() => response.end("ok"), 40));
    await Promise.all(Array.from({ length: 16 }, () => fetchParty(`${server.url}/slow`)));
    expect(server.mostOpen()).toBe(4);
    await server.close();
  });

  it("guards redirects to other hosts, so that a party cannot send us into our own network", async () => {
    expect(await trouble(fetchParty(`${party.url}/to?u=${encodeURIComponent(internal.url)}`))).toBe("refused");
    expect(internal.seen).toEqual([]);
  });

  it("stops when it is told to", async () => {
    const stop = new AbortController();
    const asked = fetchParty(`${party.url}/silent`, { signal: stop.signal });
    setTimeout(() => stop.abort(), 50);
    await expect(asked).rejects.toThrow(/abort/i);
  });

  it("lends itself as the platform's fetch", async () => {
    const response = await partyFetch()(`${party.url}/zipped`);
    expect([response.status, await response.json()]).toEqual([200, { a: 1 }]);
  });
});

describe("fetching an address that somebody gave us", () => {
  it.each([
    "http://127.0.0.1/",
    "http://localhost/",
    "http://[::1]/",
    "http://169.254.169.254/latest/meta-data/",
    "http://10.0.0.1/",
    "http://2130706433/",
    "http://0x7f.1/",
    "http://0177.0.0.1/",
    "http://[::ffff:127.0.0.1]/",
    "http://127.1/",
    "file:///etc/passwd",
    "ftp://example.com/",
    "gopher://x/",
    "http://user:password@example.com/",
    "nonsense",
  ])("refuses %s", async (url) => expect(await trouble(fetchOutside(url))).toBe("refused"));

  /** Names resolve as told, one answer after the other; 127.0.0.1 plays the public internet, 127.0.0.2 our own network. */
  const outside = (names: Record<string, string[]>) => {
    const asked: string[] = [];
    const lookup = ((name: string, _: unknown, done: (error: Error | null, found?: unknown) => void) => {
      asked.push(name);
      const address = names[name]?.shift() ?? null;
      if (!address) return done(Object.assign(new Error("no such name"), { code: "ENOTFOUND" }));
      done(
        null,
        address.split("+").map((one) => ({ address: one, family: 4 })),
      );
    }) as unknown as typeof systemLookup;
    const isAllowed = (address: string) => address === "127.0.0.1" || isPublicAddress(address);
    return { fetch: makeFetchOutside({ lookup, isAllowed }), asked };
  };

  it("goes to a name that resolves to the public internet", async () => {
    const { fetch } = outside({ "outside.test": ["127.0.0.1"] });
    expect((await fetch(`http://outside.test:${party.port}/hello`)).body.toString()).toBe("hello");
  });

  it("refuses a name that resolves to our own network, or to both", async () => {
    const { fetch } = outside({ "inside.test": ["127.0.0.2"], "both.test": ["127.0.0.1+127.0.0.2"] });
    expect(await trouble(fetch(`http://inside.test:${internal.port}/`))).toBe("refused");
    expect(await trouble(fetch(`http://both.test:${internal.port}/`))).toBe("refused");
  });

  it("connects to the address it checked, though the name has moved on since", async () => {
    const { fetch, asked } = outside({ "rebind.test": ["127.0.0.1", "127.0.0.2"] });
    const answer = await fetch(`http://rebind.test:${party.port}/hello`);
    expect([answer.body.toString(), asked]).toEqual(["hello", ["rebind.test"]]);
  });

  it("checks again whenever it connects again", async () => {
    const { fetch } = outside({ "rebind.test": ["127.0.0.1", "127.0.0.2"] });
    const location = encodeURIComponent(`http://rebind.test:${internal.port}/`);
    expect(await trouble(fetch(`http://rebind.test:${party.port}/to?u=${location}`))).toBe("refused");
  });

  it.each([
    "http://127.0.0.2/",
    "http://169.254.169.254/",
    "http://[::1]/",
    "file:///etc/passwd",
    "http://user:x@outside.test/",
  ])("refuses a redirect to %s", async (location) => {
    const { fetch } = outside({ "outside.test": ["127.0.0.1"] });
    const url = `http://outside.test:${party.port}/to?u=${encodeURIComponent(location)}`;
    expect(await trouble(fetch(url))).toBe("refused");
  });

  it("gives up on large, slow and inflating bodies and on redirects in circles", async () => {
    const { fetch } = outside({ "outside.test": Array<string>(20).fill("127.0.0.1") });
    const at = (path: string) => `http://outside.test:${party.port}${path}`;
    expect(await trouble(fetch(at("/huge")))).toBe("too-large");
    expect(await trouble(fetch(at("/bomb")))).toBe("too-large");
    expect(await trouble(fetch(at("/drip"), { timeoutMs: 200, attempts: 1 }))).toBe("timeout");
    expect(await trouble(fetch(at("/loop")))).toBe("refused");
  });

  it("never reached our own network in any of these", () => expect(internal.seen).toEqual([]));
});
