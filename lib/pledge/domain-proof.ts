/**
 * Is it really them? A company proves that its website's domain is its own by putting a token where only the domain's
 * owner can: a DNS record or a file on the site. Somebody signed in with a mailbox at the domain is a weaker proof, and
 * said so.
 */

/** How a company was proven, strongest first. */
export type ProofMethod = "dns" | "file" | "github" | "mailbox";

/** What each proof is worth, as the public page says it. */
export const PROOF_WORDS: Record<ProofMethod, string> = {
  dns: "proven by a DNS record of the domain",
  file: "proven by a file on the website",
  github: "proven by an owner of a GitHub organisation that GitHub has verified for the domain",
  mailbox: "a member of the team has a mailbox at the domain (weaker than a DNS record)",
};

const LABEL = "_tributary";
const PREFIX = "tributary-proof=";
const PATH = "/.well-known/tributary.txt";

/**
 * Names the domain a website stands for: its host without "www.".
 *
 * @example proofDomain("https://www.acme.example/oss") // → "acme.example"
 */
export function proofDomain(website: string): string {
  return new URL(website).hostname
    .toLowerCase()
    .replace(/^www\./, "")
    .replace(/\.$/, "");
}

/** What to put where: shown to the company, word for word. */
export function proofInstructions(domain: string, token: string) {
  return {
    dns: { name: `${LABEL}.${domain}`, type: "TXT", value: PREFIX + token },
    file: { url: `https://${domain}${PATH}`, content: PREFIX + token },
  } as const;
}

/** What a check found. */
export type Finding = { proven: true } | { proven: false; sentence: string };

/**
 * Judges the TXT records at the proof's name; long records arrive in parts that belong together.
 *
 * @example judgeRecords("acme.example", [["tributary-", "proof=abc"]], "abc") // → { proven: true }
 */
export function judgeRecords(domain: string, records: readonly (readonly string[])[], token: string): Finding {
  const { name } = proofInstructions(domain, token).dns;
  const texts = records.map((parts) => parts.join("").trim());
  if (texts.includes(PREFIX + token)) return { proven: true };
  if (texts.some((text) => text.startsWith(PREFIX))) {
    return { proven: false, sentence: `The record at ${name} holds another token. Copy the value shown here.` };
  }
  return texts.length > 0
    ? { proven: false, sentence: `There are TXT records at ${name}, but none begins with ${PREFIX}.` }
    : { proven: false, sentence: `There is no TXT record at ${name} yet. New records can take an hour to be seen.` };
}

/**
 * Judges the proof's file: one of its lines must be the token's, whatever else it holds. A page that the site answers
 * for any address (a styled "not found") holds no such line.
 */
export function judgeFile(domain: string, answer: { status: number; body: string }, token: string): Finding {
  const { url } = proofInstructions(domain, token).file;
  if (answer.status !== 200) return { proven: false, sentence: `${url} answers with status ${answer.status}.` };
  const lines = answer.body.split(/\r\n?|\n/).map((line) => line.trim());
  if (lines.includes(PREFIX + token)) return { proven: true };
  return lines.some((line) => line.startsWith(PREFIX))
    ? { proven: false, sentence: `${url} holds another token. Copy the line shown here.` }
    : { proven: false, sentence: `${url} has no line that begins with ${PREFIX}.` };
}

/**
 * Judges a mailbox: its address must be at the domain itself. Mail at a subdomain or a parent may be anybody's.
 */
export function judgeMailbox(domain: string, email: string, isVerified: boolean): Finding {
  const host = email.slice(email.lastIndexOf("@") + 1).toLowerCase();
  if (host !== domain) return { proven: false, sentence: `Your address is at ${host}, not at ${domain}.` };
  return isVerified ? { proven: true } : { proven: false, sentence: "Your address is not confirmed yet." };
}

/** An organisation that a member of the team owns, as its host describes it. */
export type Organisation = { login: string; website: string; isVerified: boolean };

/**
 * Judges organisations that somebody owns: one of them must be verified by its host and have its website at the domain.
 * Anybody can write any website into an organisation of their own, so without the verification it says nothing.
 */
export function judgeOrganisations(domain: string, organisations: readonly Organisation[]): Finding {
  const atDomain = organisations.filter(({ website }) => domainOf(website) === domain);
  if (atDomain.some(({ isVerified }) => isVerified)) return { proven: true };
  const [unverified] = atDomain;
  if (unverified) {
    const sentence = `${unverified.login} names ${domain} as its website, but GitHub has not verified that domain for it.`;
    return { proven: false, sentence };
  }
  return organisations.length > 0
    ? { proven: false, sentence: `None of the organisations you own has its website at ${domain}.` }
    : { proven: false, sentence: "You own no organisation at GitHub." };
}

function domainOf(website: string): string | null {
  const address = /^https?:\/\//i.test(website) ? website : `https://${website}`;
  return website && URL.canParse(address) ? proofDomain(address) : null;
}
