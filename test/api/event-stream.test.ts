import { expect, test } from "vitest";
import { eventStream } from "../../lib/api/event-stream.ts";

test("says each change once, ends with the last, and forbids gathering on the way", async () => {
  const seen = [1, 1, 2];
  let looks = 0;
  const response = eventStream(async () => {
    const data = seen[looks++];
    return { data, last: looks === seen.length };
  }, new AbortController().signal);
  expect(response.headers.get("cache-control")).toBe("no-store, no-transform");
  expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/);
  expect((await response.text()).match(/^data: .*$/gm)).toEqual(["data: 1", "data: 2"]);
});

test("nobody is looked up for a listener who has gone", async () => {
  const gone = new AbortController();
  let looks = 0;
  const response = eventStream(async () => ({ data: ++looks, last: false }), gone.signal);
  const reader = response.body!.getReader();
  await reader.read();
  gone.abort();
  expect((await reader.read()).done).toBe(true);
  const before = looks;
  await new Promise((wait) => setTimeout(wait, 900));
  expect(looks).toBe(before);
});
