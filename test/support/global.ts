// Once per run: a desk that hands out databases and builds the site. Both happen at the first request, so a run of pure
// rules pays for neither.
import crypto from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { build } from "../../lib/ops/build.mjs";
import { isAlive, startEmbeddedPostgres } from "../../lib/ops/embedded-pg.mjs";
import { generate } from "../../lib/ops/generate.mjs";

const PREFIX = "tributary-test-";

type Server = { adminUrl: string; template: string; admin: pg.Client; close: () => Promise<void> };

export default async function setup(project: TestProject) {
  generate();
  let starting: Promise<Server> | undefined;
  const made: string[] = [];
  let building: Promise<unknown> | undefined;
  const desk = http.createServer(async (request, response) => {
    try {
      if (request.url === "/build") {
        building ??= build({ quiet: true });
        await building;
        response.end();
        return;
      }
      starting ??= startServer();
      const { admin, adminUrl, template } = await starting;
      const name = `t_${crypto.randomBytes(6).toString("hex")}`;
      await admin.query(`create database ${name} template ${template}`);
      made.push(name);
      response.end(at(adminUrl, name));
    } catch (error) {
      response.writeHead(500).end(String(error));
    }
  });
  await new Promise<void>((listening) => desk.listen(0, "127.0.0.1", listening));
  project.provide("databaseDesk", `http://127.0.0.1:${(desk.address() as AddressInfo).port}`);

  return async () => {
    desk.closeAllConnections();
    desk.close();
    if (!starting) return;
    const { admin, template, close } = await starting;
    for (const name of [...made, template]) await admin.query(`drop database if exists ${name} with (force)`);
    await admin.end();
    await close();
  };
}

/** Starts a server that need not survive a crash, or uses the one of TEST_DATABASE_URL, and migrates one template on it. */
async function startServer(): Promise<Server> {
  let adminUrl = process.env.TEST_DATABASE_URL;
  let close = async () => {};
  if (!adminUrl) {
    await sweep();
    const home = path.join(os.tmpdir(), `${PREFIX}${process.pid}`);
    const settings = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", max_connections: 200 };
    const server = await startEmbeddedPostgres({ home, settings, watch: false });
    adminUrl = server.adminUrl;
    close = async () => {
      await server.stop();
      fs.rmSync(home, { recursive: true, force: true });
    };
  }
  // loaded here: the engine and the queue's library take a second that a run of pure rules need not wait for
  const { deploy } = await import("../../lib/ops/migrate.mjs");
  const { migrate: migrateQueue } = await import("../../lib/ops/queue-schema.mjs");
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  const template = `template_${crypto.randomBytes(6).toString("hex")}`;
  await admin.query(`create database ${template}`);
  await deploy(at(adminUrl, template));
  await migrateQueue(at(adminUrl, template));
  return { adminUrl, template, admin, close };
}

/** Ends servers whose run was killed before it could. */
async function sweep() {
  for (const folder of fs.readdirSync(os.tmpdir()).filter((name) => name.startsWith(PREFIX))) {
    if (isAlive(Number(folder.slice(PREFIX.length)))) continue;
    const home = path.join(os.tmpdir(), folder);
    try {
      const server = await startEmbeddedPostgres({ home, watch: false });
      await server.stop();
      fs.rmSync(home, { recursive: true, force: true });
    } catch {
      // another user's, or half removed: not ours to mend
    }
  }
}

function at(url: string, database: string): string {
  const target = new URL(url);
  target.pathname = `/${database}`;
  return target.href;
}

declare module "vitest" {
  export interface ProvidedContext {
    databaseDesk: string;
  }
}
