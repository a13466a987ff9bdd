import { formatMoney } from "../money.ts";
import type { Announcement } from "./publications-store.ts";

/** What a feed is about and where it lives. */
export type FeedHead = { title: string; siteUrl: string; feedUrl: string };

const addressOf = (site: string, one: Announcement): string => `${site}/companies/${one.slug}/reports/${one.id}`;

function titleOf(one: Announcement): string {
  const correction = one.number > 1 ? ` (version ${one.number})` : "";
  return `${one.company} paid ${formatMoney(one.paidCents)} to maintainers, report ${one.year}${correction}`;
}

function textOf(one: Announcement): string {
  const developers = (one.fteHundredths / 100).toLocaleString("en-US");
  const each =
    one.perDeveloperCents === null
      ? ""
      : `: ${formatMoney(one.perDeveloperCents)} for each of ${developers} developers`;
  return `${one.company} published its annual report${each}.`;
}

/**
 * Writes announcements as an Atom feed (RFC 4287).
 *
 * @param updatedAt  the feed's own moment while it has no entry
 */
export function atomFeed(
  { title, siteUrl, feedUrl }: FeedHead,
  announcements: readonly Announcement[],
  updatedAt: Date,
): string {
  const newest = announcements[0]?.publishedAt ?? updatedAt;
  const entries = announcements.map((one) => {
    const address = addressOf(siteUrl, one);
    return [
      "<entry>",
      `<id>${xml(address)}</id>`,
      `<title>${xml(titleOf(one))}</title>`,
      `<link href="${xml(address)}"/>`,
      `<updated>${one.publishedAt.toISOString()}</updated>`,
      `<author><name>${xml(one.company)}</name></author>`,
      `<summary>${xml(textOf(one))}</summary>`,
      "</entry>",
    ].join("");
  });
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<feed xmlns="http://www.w3.org/2005/Atom">',
    `<id>${xml(feedUrl)}</id>`,
    `<title>${xml(title)}</title>`,
    `<link rel="self" href="${xml(feedUrl)}"/>`,
    `<link href="${xml(siteUrl)}"/>`,
    `<updated>${newest.toISOString()}</updated>`,
    ...entries,
    "</feed>\n",
  ].join("\n");
}

/** Writes announcements as a JSON Feed, version 1.1 (jsonfeed.org). */
export function jsonFeed({ title, siteUrl, feedUrl }: FeedHead, announcements: readonly Announcement[]): object {
  return {
    version: "https://jsonfeed.org/version/1.1",
    title,
    home_page_url: siteUrl,
    feed_url: feedUrl,
    items: announcements.map((one) => ({
      id: addressOf(siteUrl, one),
      url: addressOf(siteUrl, one),
      title: titleOf(one),
      content_text: textOf(one),
      date_published: one.publishedAt.toISOString(),
      authors: [{ name: one.company }],
    })),
  };
}

/** Writes text for XML; characters that XML 1.0 cannot hold are dropped. */
function xml(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
