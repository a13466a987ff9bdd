/**
 * The address of a company's page: `/companies/<slug>`. Lower-case Latin letters, digits and single hyphens, 2 to 40
 * characters, starting with a letter or digit. It stays the same when the name changes, so that links live.
 */

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/; // muller-sohne-2

/** Words that are, or may become, addresses of the site itself beside company pages. */
const RESERVED = new Set(
  (
    "about account admin administrator api app apps archive auth badge badges blog companies company contact dashboard " +
    "delete directory docs download edit embed export feed feeds health help home import index invitation invitations " +
    "join keep legal login logout mail mailbox maintainer maintainers me member members methodology new null " +
    "organization organizations page pages payment payments plan plans pledge pledges policy press pricing privacy " +
    "project projects public register report reports root rss scan scans search security settings sign-in sign-out " +
    "sign-up signin signout signup sitemap stack static statistics stats status support system team teams terms " +
    "tributary undefined user users webhook webhooks well-known www"
  ).split(" "),
);

const MIN_LENGTH = 2;
const MAX_LENGTH = 40;

/** Letters that Unicode does not decompose but that people write with plain Latin ones. */
const SPELT_OUT: Record<string, string> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
  "&": " and ",
  "@": " at ",
};

/**
 * Says what is wrong with a slug as a sentence for the field, or null when it can be used (if it is not taken).
 *
 * @example slugTrouble("Acme Inc") // → "Use lower-case letters a to z, digits and single hyphens, like acme-tools."
 */
export function slugTrouble(slug: string): string | null {
  if (slug.length < MIN_LENGTH) return "Enter an address of at least 2 characters.";
  if (slug.length > MAX_LENGTH) return "Use at most 40 characters.";
  if (!SLUG.test(slug)) return "Use lower-case letters a to z, digits and single hyphens, like acme-tools.";
  if (RESERVED.has(slug)) return "This address is kept for the site itself. Choose another.";
  return null;
}

/**
 * Derives a slug from a company's name; where the name has no Latin letters or digits, from its website's host; where
 * that has none either, "our-company". Never answers a reserved or malformed slug; whether it is taken is for the store.
 *
 * @example slugFrom("Müller & Söhne GmbH") // → "muller-and-sohne-gmbh"; slugFrom("🦊🦊", "https://fox.example/") // → "fox"
 */
export function slugFrom(name: string, website?: string): string {
  for (const text of [name, website ? hostLabel(website) : "", website ? hostOf(website) : ""]) {
    const slug = slugify(text);
    if (slug.length < MIN_LENGTH) continue;
    return RESERVED.has(slug) ? numbered(slug, "company") : slug;
  }
  return "our-company";
}

/**
 * The candidates to try in turn when a slug is taken: itself, then with -2, -3 …, each within the length limit.
 *
 * @example [...slugCandidates("acme")].slice(0, 3) // → ["acme", "acme-2", "acme-3"]
 */
export function* slugCandidates(slug: string): Generator<string> {
  yield slug;
  for (let number = 2; number <= 1000; number++) yield numbered(slug, String(number));
}

/** Folds a text to lower-case letters without accents: what names are sorted and matched by. */
export function foldText(text: string): string {
  const plain = text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();
  return [...plain].map((letter) => (/\p{L}/u.test(letter) ? (SPELT_OUT[letter] ?? letter) : letter)).join("");
}

function slugify(text: string): string {
  const spelt = [...foldText(text)].map((letter) => SPELT_OUT[letter] ?? letter).join("");
  const slug = spelt
    .replaceAll(/['’]/g, "")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  return shorten(slug, MAX_LENGTH);
}

/** Cuts at the last whole word that fits, or in the word when the first one alone is too long. */
function shorten(slug: string, length: number): string {
  if (slug.length <= length) return slug;
  const cut = slug.slice(0, length + 1).lastIndexOf("-");
  return slug.slice(0, cut >= MIN_LENGTH ? cut : length);
}

function numbered(slug: string, suffix: string): string {
  return `${shorten(slug, MAX_LENGTH - suffix.length - 1)}-${suffix}`;
}

function hostOf(website: string): string {
  try {
    return new URL(website).hostname.replace(/^www\./, "");
  } catch {
    return "";
  }
}

function hostLabel(website: string): string {
  return hostOf(website).split(".").at(-2) ?? "";
}
