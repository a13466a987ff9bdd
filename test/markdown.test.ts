import { expect, test } from "vitest";
import { renderMarkdown } from "../lib/markdown.ts";

test("renders paragraphs, emphasis, lists, code and links that say they are not ours", () => {
  expect(renderMarkdown("We *pay*.\n\n- one\n- `two`\n\n[us](https://acme.example)")).toBe(
    "<p>We <em>pay</em>.</p>\n<ul>\n<li>one</li>\n<li><code>two</code></li>\n</ul>\n" +
      '<p><a rel="nofollow ugc noopener" href="https://acme.example">us</a></p>',
  );
});

test.each([
  ["<script>alert(1)</script>", /<script/i],
  ["<img src=x onerror=alert(1)>", /<img/i],
  ["![x](https://evil.example/x.png)", /<img/i],
  ["[x](javascript:alert(1))", /javascript:/i],
  ["[x](JaVaScRiPt:alert(1))", /javascript:/i],
  ["[x](data:text/html,<script>)", /data:/i],
  ["<javascript:alert(1)>", /href="javascript/i],
  ["# Heading", /<h\d/],
  ["Heading\n===", /<h\d/],
  ['<a href="https://evil.example">x</a>', /<a /],
  ["[x]\n\n[x]: javascript:alert(1)", /href/],
])("%j renders without %s", (text, forbidden) => {
  expect(renderMarkdown(text)).not.toMatch(forbidden);
});
