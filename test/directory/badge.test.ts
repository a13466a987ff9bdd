import { expect, test } from "vitest";
import { badgeSvg, badgeWords } from "../../lib/directory/badge.ts";
import { PLEDGE_STATUSES } from "../../lib/pledge/status.ts";

test("a badge says what is paid only while that is current", () => {
  const said = PLEDGE_STATUSES.map((status) => {
    const { label, message } = badgeWords({ status, latestPerDeveloperCents: 222_146 });
    return `${label}: ${message}`;
  });
  expect(said).toEqual([
    "open source funding: pledged",
    "open source funding: on track",
    "pays open source: $2,221 per developer",
    "pays open source: $2,221 per developer",
    "pays open source: $2,221 per developer",
    "open source funding: report overdue",
    "open source funding: lapsed",
    "open source funding: withdrawn",
  ]);
});

test("nobody who never reported is said to pay", () => {
  expect(badgeWords({ status: "met", latestPerDeveloperCents: null })).toEqual({
    label: "open source funding",
    message: "met",
  });
});

test("the drawing carries its words, fetches nothing and is as wide as they are", () => {
  const svg = badgeSvg({ status: "met", latestPerDeveloperCents: 222_146 });
  expect(svg).toContain("<title>pays open source: $2,221 per developer</title>");
  expect(svg).not.toMatch(/href|url\(|<script|<style/);
  const width = (text: string) => Number(/width="(\d+)"/.exec(text)![1]);
  expect(width(svg)).toBeGreaterThan(width(badgeSvg({ status: "lapsed", latestPerDeveloperCents: null })));
});
