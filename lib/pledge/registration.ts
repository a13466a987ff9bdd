import { z } from "zod";
import { isCountry } from "../countries.ts";
import { MAX_CENTS, parseAmount } from "../money.ts";
import { refuse } from "../refusal.ts";
import { type HeadcountBasis, isHeadcountBasis } from "./commitment.ts";
import { type FiscalYearEnd, parseFiscalYearEnd } from "./fiscal-year.ts";
import { readDevelopers } from "./floor.ts";
import { slugTrouble } from "./slug.ts";

/** A million dollars per developer: five hundred times the floor. Times the most developers it stays far below MAX_CENTS. */
const MAX_CENTS_PER_DEVELOPER = 100_000_000;

/** What the form of a new company says, read and checked. */
export type Registration = PledgeTerms & {
  name: string;
  /** Absolute http(s) address. */
  website: string;
  /** ISO 3166-1 code, null when not said. */
  country: string | null;
  slug: string;
  fiscalYearEnd: FiscalYearEnd;
};

/** What a company says of itself beside its pledge. */
export type Profile = {
  name: string;
  website: string;
  country: string | null;
  /** Markdown; shown with `renderMarkdown`. */
  description: string;
};

/** What a pledge promises: developers in hundredths of a full-time equivalent, cents per developer and year. */
export type PledgeTerms = {
  fteHundredths: number;
  centsPerDeveloper: number;
  /** The most that is promised for a year, however many developers; null without such a cap. */
  capCents: number | null;
  /** What is counted as developers. */
  headcountBasis: HeadcountBasis;
  statement: string;
};

const text = (missing: string) => z.string({ error: missing }).transform((value) => tidy(value));

const name = text("Enter the company's name.")
  .refine((value) => value.length > 0, "Enter the company's name.")
  .refine((value) => [...value].length <= 80, "Use at most 80 characters.")
  .refine((value) => /[\p{L}\p{N}\p{S}\p{P}]/u.test(value), "Enter a name that can be seen.");

const website = text("Enter the company's website.").transform((value, context) => {
  const address = readWebsite(value);
  if (address.trouble !== undefined) context.addIssue({ code: "custom", message: address.trouble });
  return address.url ?? z.NEVER;
});

const country = z
  .string()
  .optional()
  .transform((value) => value?.trim().toUpperCase() || null)
  .refine((value) => value === null || isCountry(value), "Choose a country from the list.");

const developers = text("Enter how many developers the company employs.").transform((value, context) => {
  const hundredths = readDevelopers(value);
  const trouble = developersTrouble(value, hundredths);
  if (trouble) context.addIssue({ code: "custom", message: trouble });
  return hundredths ?? z.NEVER;
});

const amountPerDeveloper = text("Enter the amount per developer.").transform((value, context) => {
  const cents = parseAmount(value, "USD");
  const trouble = amountTrouble(value, cents);
  if (trouble) context.addIssue({ code: "custom", message: trouble });
  return cents ?? z.NEVER;
});

const cap = z
  .string()
  .optional()
  .transform((value, context) => {
    if (!value?.trim()) return null;
    const cents = parseAmount(value, "USD");
    if (cents !== null && cents > 0 && cents < MAX_CENTS) return cents;
    context.addIssue({
      code: "custom",
      message: "Enter an amount in US dollars above zero, or leave this empty for no limit.",
    });
    return z.NEVER;
  });

const headcountBasis = z
  .string()
  .optional()
  .transform((value, context) => {
    const basis = value || "average";
    if (isHeadcountBasis(basis)) return basis;
    context.addIssue({ code: "custom", message: "Choose from the list what counts as your developers." });
    return z.NEVER;
  });

const fiscalYearEnd = text("Choose the day your fiscal year ends.").transform((value, context) => {
  const end = parseFiscalYearEnd(value);
  if (!end) context.addIssue({ code: "custom", message: "Choose the day your fiscal year ends, like 12-31." });
  return end ?? z.NEVER;
});

const slug = text("Enter an address for your page.")
  .transform((value) => value.toLowerCase())
  .superRefine((value, context) => {
    const trouble = slugTrouble(value);
    if (trouble) context.addIssue({ code: "custom", message: trouble });
  });

const statement = z
  .string()
  .optional()
  .transform((value) => tidyLines(value ?? ""))
  .refine((value) => [...value].length <= 600, "Use at most 600 characters.");

const registrationForm = z.object({
  name,
  website,
  country,
  developers,
  amountPerDeveloper,
  fiscalYearEnd,
  slug,
  cap,
  headcountBasis,
  statement,
});

/** The fields a registration form has, by the names its inputs bear. */
export type RegistrationField = keyof z.input<typeof registrationForm>;

const description = z
  .string()
  .optional()
  // indentation and blank lines mean something in Markdown
  .transform((value) =>
    (value ?? "")
      .normalize("NFC")
      .replaceAll(/\r\n?/g, "\n")
      .replaceAll(/[^\P{Cc}\n]/gu, " ")
      .trim(),
  )
  .refine((value) => [...value].length <= 4000, "Use at most 4,000 characters.");

const profileForm = z.object({ name, website, country, description });

const amendmentForm = z.object({ developers, amountPerDeveloper, cap, headcountBasis, statement });

/**
 * Reads the form of a new company: texts as typed, keyed by field name.
 *
 * Developers are read like "14" or "12.5", amounts like "2,000" or "$2,000.50", the fiscal year end like "12-31"; a
 * website without a scheme gets https. Unknown fields are ignored.
 *
 * @throws Refusal "invalid" with one sentence per field
 */
export function readRegistration(form: Record<string, unknown>): Registration {
  const { developers, amountPerDeveloper, cap: capCents, ...rest } = parseForm(registrationForm, form);
  return { ...rest, fteHundredths: developers, centsPerDeveloper: amountPerDeveloper, capCents };
}

/**
 * Reads the form that changes a pledge from some day on: developers, amountPerDeveloper, cap, headcountBasis, statement.
 *
 * No cap means no limit; developers are averaged over the year unless it is said otherwise.
 *
 * @throws Refusal "invalid" with one sentence per field
 */
export function readPledgeTerms(form: Record<string, unknown>): PledgeTerms {
  const { developers, amountPerDeveloper, cap: capCents, ...rest } = parseForm(amendmentForm, form);
  return { fteHundredths: developers, centsPerDeveloper: amountPerDeveloper, capCents, ...rest };
}

/**
 * Reads the form of a company's profile: name, website, country, description.
 *
 * @throws Refusal "invalid" with one sentence per field
 */
export function readProfile(form: Record<string, unknown>): Profile {
  return parseForm(profileForm, form);
}

/**
 * Reads an address typed by a person into an absolute one, or says what is wrong with it.
 *
 * @example readWebsite("acme.example") // → { url: "https://acme.example/" }
 */
export function readWebsite(
  value: string,
): { url: string; trouble?: undefined } | { url?: undefined; trouble: string } {
  if (value === "") return { trouble: "Enter the company's website." };
  if (value.length > 200) return { trouble: "Use an address of at most 200 characters." };
  const withScheme = /^[a-z][a-z0-9+.-]*:/i.test(value) && !/^[^/]+:\d+(\/|$)/.test(value) ? value : `https://${value}`;
  const url = URL.canParse(withScheme) ? new URL(withScheme) : null;
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:")) {
    return { trouble: "Enter a web address, like https://acme.example." };
  }
  if (url.username || url.password) return { trouble: "Leave the user name and password out of the address." };
  // a public name has a dot and a top level of letters; that leaves out localhost and addresses in numbers
  if (!/\.(?:[a-z]{2,}|xn--[a-z0-9-]+)\.?$/.test(url.hostname)) {
    return { trouble: "Enter the address of a public website, like https://acme.example." };
  }
  return { url: url.href };
}

function developersTrouble(value: string, hundredths: number | null): string | null {
  if (value === "") return "Enter how many developers the company employs.";
  if (hundredths === 0) return "Enter at least one developer: a pledge is an amount for each of them.";
  if (hundredths !== null) return null;
  if (/^-[\d.,]+$/.test(value)) return "Developers cannot be fewer than zero.";
  if (/^[\d,]{7,}(\.\d*)?$/.test(value))
    return "That is more developers than any company employs. Please check the number.";
  return "Enter a number, like 14 or 12.5.";
}

function amountTrouble(value: string, cents: number | null): string | null {
  if (value === "") return "Enter the amount per developer.";
  const tooMuch = "That is more than a million dollars per developer. Please check the amount.";
  if (cents === null) {
    return /^\$?[\d,]{10,}(\.\d*)?$/.test(value) ? tooMuch : "Enter an amount in US dollars, like 2,000 or 2500.50.";
  }
  if (cents < 0) return "The amount cannot be negative.";
  if (cents === 0) return "Enter an amount above zero.";
  return cents > MAX_CENTS_PER_DEVELOPER ? tooMuch : null;
}

function parseForm<Output>(shape: z.ZodType<Output>, form: Record<string, unknown>): Output {
  const result = shape.safeParse(form);
  if (result.success) return result.data;
  const fields: Record<string, string> = {};
  for (const issue of result.error.issues) fields[String(issue.path[0] ?? "form")] ??= issue.message;
  throw refuse("invalid", "Some fields need another look.", fields);
}

/** Drops what cannot be seen or would turn the text around it (control and direction characters), and folds blanks. */
function tidy(value: string): string {
  return value
    .normalize("NFC")
    .replaceAll(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu, " ")
    .replaceAll(/\s+/gu, " ")
    .trim();
}

function tidyLines(value: string): string {
  return value
    .replaceAll(/\r\n?/g, "\n")
    .split("\n")
    .map(tidy)
    .join("\n")
    .replaceAll(/\n{3,}/g, "\n\n")
    .trim();
}
