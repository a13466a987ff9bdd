/**
 * Reads accounts as people type or paste them, one per line or separated by commas, into the house's spelling. A bare
 * name is an account on GitHub.
 *
 * @returns accounts once each, sorted, and what could not be read
 * @example readAccounts("acme\nhttps://opencollective.com/Acme/") // → { accounts: ["github.com/acme", "opencollective.com/acme"], unread: [] }
 */
export function readAccounts(text: string): { accounts: string[]; unread: string[] } {
  const accounts = new Set<string>();
  const unread: string[] = [];
  for (const typed of text.split(/[\s,;]+/).filter(Boolean)) {
    const plain = typed
      .toLowerCase()
      .replace(/^https?:\/\//, "")
      .replace(/^www\./, "")
      .replace(/\/+$/, "")
      .replace(/^github\.com\/(?:sponsors|orgs)\//, "github.com/")
      .replace(/^@/, "");
    if (/^[a-z\d][a-z\d_-]{0,38}$/.test(plain)) accounts.add(`github.com/${plain}`);
    // one it matches: opencollective.com/acme
    else if (/^[a-z\d-]+(?:\.[a-z\d-]+)+\/[\w.~-]{1,100}$/.test(plain)) accounts.add(plain);
    else unread.push(typed);
  }
  return { accounts: [...accounts].sort(), unread };
}
