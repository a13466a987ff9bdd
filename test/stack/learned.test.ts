import { expect, test } from "vitest";
import type { Provenance } from "../../lib/funding/types.ts";
import { learnedFrom } from "../../lib/stack/learned.ts";

const from = (more: Partial<Provenance>): Provenance => ({
  source: "github",
  where: "https://github.com/a/b",
  subject: "github.com/a/b",
  learnedAt: "2026-11-20T10:00:00.000Z",
  ...more,
});

test("says files first, then parties, each once with everything they said", () => {
  const learned = learnedFrom(
    [
      from({}),
      from({ where: "https://github.com/a/c", subject: "github.com/a/c", learnedAt: "2026-11-19T10:00:00.000Z" }),
      from({ source: "lockfile", where: "web/package-lock.json", subject: "pkg:npm/%40a/b@1.0.0" }),
    ],
    "2026-11-21",
  );
  expect(learned).toEqual([
    { label: "web/package-lock.json", subjects: ["@a/b"], on: "2026-11-20", url: null, isOld: false },
    { label: "GitHub", subjects: ["a/b", "a/c"], on: "2026-11-19", url: null, isOld: false },
  ]);
});

test("gives the one address to see it at, and says what is older than 30 days", () => {
  const [thirty] = learnedFrom([from({ learnedAt: "2026-10-22T23:59:00.000Z" })], "2026-11-21");
  expect(thirty).toMatchObject({ url: "https://github.com/a/b", isOld: false });
  const [older] = learnedFrom([from({ learnedAt: "2026-10-21T00:00:00.000Z" })], "2026-11-21");
  expect(older?.isOld).toBe(true);
});
