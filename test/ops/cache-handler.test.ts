import { beforeAll, expect, inject, test } from "vitest";
import { db } from "../../lib/db.ts";
import { startNode } from "../support/child.ts";
import { testDatabase } from "../support/database.ts";

// the handler serves the present build only, so there must be one
beforeAll(async () => {
  const built = await fetch(`${inject("databaseDesk")}/build`);
  expect(built.ok, built.ok ? "" : await built.text()).toBe(true);
}, 180_000);

const handler = new URL("../../lib/ops/cache-handler.mjs", import.meta.url).href;

/** Another web process, which says what it would show of /page whenever that changes. */
function otherProcess() {
  const child = startNode(
    [
      "--input-type=module",
      "-e",
      `import Cache from ${JSON.stringify(handler)};
       let shown;
       for (;;) {
         const page = (await new Cache().get("/page"))?.value.html ?? "nothing";
         if (page !== shown) console.log((shown = page));
         await new Promise((wait) => setTimeout(wait, 20));
       }`,
    ],
    { DATABASE_URL: testDatabase.url },
  );
  return {
    async shows(page: string) {
      const until = Date.now() + 5000;
      while (child.said().trim().split("\n").at(-1) !== page) {
        if (Date.now() > until) throw new Error(`Still shows: ${child.said()}`);
        await new Promise((wait) => setTimeout(wait, 20));
      }
    },
  };
}

test("what one web process makes anew or throws away, another sees at once", async () => {
  const { default: Cache } = await import("../../lib/ops/cache-handler.mjs");
  const cache = new Cache();
  const other = otherProcess();
  await other.shows("nothing");
  await cache.set("/page", { html: "first" }, { tags: ["company-1"] });
  await other.shows("first");
  await cache.set("/page", { html: "second" }, { tags: ["company-1"] });
  await other.shows("second");
  await cache.revalidateTag("company-2");
  await other.shows("second");
  await cache.revalidateTag(["company-1"]);
  await other.shows("nothing");
}, 30_000);

test("tags are taken from a page's header too, and a page of another build is not shown", async () => {
  const { default: Cache } = await import("../../lib/ops/cache-handler.mjs");
  await new Cache().set("/tagged", { html: "page", headers: { "x-next-cache-tags": "a,b" } }, {});
  const [row] = await db.nextCache.findMany({ where: { key: { endsWith: ":/tagged" } } });
  expect(row?.tags).toEqual(["a", "b"]);
  await db.nextCache.updateMany({ where: { key: row?.key }, data: { key: "another-build:/other" } });
  expect(await new Cache().get("/other")).toBeNull();
});
