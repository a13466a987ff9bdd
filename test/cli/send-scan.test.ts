import { spawn } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

type Seen = { url: string; token: string; body: { requestKey: string; files: { path: string; text: string }[] } };

/** A stand-in that answers like the site and keeps what it was sent. */
describe("npm run scan -- --send", () => {
  const seen: Seen[] = [];
  let answer = { status: 201, json: {} as object };
  const server = http.createServer(async (request, response) => {
    let text = "";
    for await (const part of request) text += part;
    const token = request.headers.authorization ?? "";
    seen.push({ url: request.url ?? "", token, body: JSON.parse(text) as Seen["body"] });
    response.writeHead(answer.status, { "content-type": "application/json" }).end(JSON.stringify(answer.json));
  });
  let folder = "";
  let site = "";
  beforeAll(async () => {
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "send-"));
    fs.writeFileSync(path.join(folder, "package.json"), '{"name":"sample"}');
    fs.writeFileSync(path.join(folder, "package-lock.json"), '{"lockfileVersion":3,"packages":{"":{}}}');
    fs.writeFileSync(path.join(folder, "secrets.txt"), "never sent");
  });
  afterAll(async () => {
    fs.rmSync(folder, { recursive: true });
    await new Promise((closed) => server.close(closed));
  });
  beforeEach(() => seen.splice(0));

  function send(
    env: Record<string, string>,
    ...paths: string[]
  ): Promise<{ code: number | null; out: string; err: string }> {
    const root = path.resolve(import.meta.dirname, "../..");
    const child = spawn(process.execPath, ["lib/ops/run.mjs", "lib/cli/scan.ts", "--send", ...paths], {
      cwd: root,
      env: { ...process.env, TRIBUTARY_URL: "", TRIBUTARY_TOKEN: "", ...env },
    });
    const said = { out: "", err: "" };
    child.stdout.on("data", (part) => (said.out += part));
    child.stderr.on("data", (part) => (said.err += part));
    return new Promise((resolve) => child.on("close", (code) => resolve({ code, ...said })));
  }

  test("sends lockfiles with their manifests and nothing else, the same key for the same files of a day", async () => {
    answer = { status: 201, json: { id: "1", files: 1, packages: 12, url: "https://site.example/scans/1" } };
    const settings = { TRIBUTARY_URL: `${site}/`, TRIBUTARY_TOKEN: "tributary_scan_sample" };
    const first = await send(settings, folder);
    await send(settings, folder);
    expect(first).toEqual({ code: 0, out: "Kept: 12 packages in 1 file.\nhttps://site.example/scans/1\n", err: "" });
    expect(seen.map(({ url, token }) => [url, token])).toEqual([
      ["/api/v1/scans", "Bearer tributary_scan_sample"],
      ["/api/v1/scans", "Bearer tributary_scan_sample"],
    ]);
    expect(seen[0]!.body.files.map((file) => path.basename(file.path)).sort()).toEqual([
      "package-lock.json",
      "package.json",
    ]);
    expect(seen[0]!.body.requestKey).toMatch(/^[\w-]{43}$/);
    expect(seen[1]!.body.requestKey).toBe(seen[0]!.body.requestKey);
  });

  test("says what the site has against it, and ends with 1", async () => {
    answer = { status: 401, json: { detail: "Send a scan token of your company." } };
    const { code, err } = await send({ TRIBUTARY_URL: site, TRIBUTARY_TOKEN: "wrong" }, folder);
    expect([code, err]).toEqual([1, "The scan was not kept. Send a scan token of your company.\n"]);
  });

  test("ends with 2 and a sentence where it is not told whereto", async () => {
    const { code, err } = await send({}, folder);
    expect(code).toBe(2);
    expect(err).toMatch(/TRIBUTARY_URL/);
    expect(seen).toEqual([]);
  });
});
