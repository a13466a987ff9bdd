import { micromark } from "micromark";

/**
 * What Markdown of others may not do on our pages: make headings (they would break the page's own order), show images
 * (they would be fetched from elsewhere), or hold HTML (it is shown as text).
 */
const DISABLED = ["headingAtx", "setextUnderline", "labelStartImage", "htmlFlow", "htmlText", "definition"];

/**
 * Renders Markdown that people wrote as HTML that is safe to put on a page: paragraphs, emphasis, lists, quotes, code and
 * links to web and mail addresses. Links say that they are not ours.
 *
 * @example renderMarkdown("We *pay*. <b>x</b>") // → "<p>We <em>pay</em>. &lt;b&gt;x&lt;/b&gt;</p>"
 */
export function renderMarkdown(text: string): string {
  const html = micromark(text, { extensions: [{ disable: { null: DISABLED } }] });
  // the renderer makes every tag itself and escapes the writer's, so this finds only links
  return html.replaceAll('<a href="', '<a rel="nofollow ugc noopener" href="');
}
