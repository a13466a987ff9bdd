import { z } from "zod";
import { countryName, isCountry } from "../countries.ts";
import { PLEDGE_STATUSES } from "../pledge/status.ts";
import { SIZE_BANDS } from "./size-band.ts";

/** How many companies one page of the directory shows. */
export const PAGE_SIZE = 25;

/** The orders of the directory; names go up, everything else has the latest or largest first. */
export const SORTS = [
  { sort: "name", name: "Name" },
  { sort: "joined", name: "Newest first" },
  { sort: "paid", name: "Total paid" },
  { sort: "per-developer", name: "Paid per developer" },
] as const;

const bands = SIZE_BANDS.map(({ band }) => band);
const sorts = SORTS.map(({ sort }) => sort);

const shape = {
  q: z.string().transform(readSearchText).pipe(z.string().max(100)),
  size: z.enum(bands as [(typeof bands)[number], ...typeof bands]),
  country: z
    .string()
    .transform((code) => code.toUpperCase())
    .refine(isCountry),
  status: z.enum(PLEDGE_STATUSES),
  origin: z.enum(["registered", "imported"]),
  proof: z.enum(["proven", "unproven"]),
  sort: z.enum(sorts as [(typeof sorts)[number], ...typeof sorts]),
  page: z.coerce.number().int().min(1).max(1_000_000),
};

const SENTENCES: Record<keyof typeof shape, string> = {
  q: "The search text was too long and was left out.",
  size: "There is no such size, so companies of all sizes are shown.",
  country: "There is no such country, so companies of all countries are shown.",
  status: "There is no such status, so companies of every status are shown.",
  origin: "There is no such origin, so all companies are shown.",
  proof: "There is no such proof, so proven and unproven companies are shown.",
  sort: "There is no such order, so companies are shown by name.",
  page: "There is no such page, so the first one is shown.",
};

/** What the directory is asked for; everything that narrows it is null when not asked. */
export type DirectoryQuery = {
  q: string;
  size: z.output<typeof shape.size> | null;
  country: string | null;
  status: z.output<typeof shape.status> | null;
  origin: z.output<typeof shape.origin> | null;
  /** Whether the company has proven that it is who it says; unproven ones are listed apart. Imported ones count as neither. */
  proof: z.output<typeof shape.proof> | null;
  sort: z.output<typeof shape.sort>;
  /** From 1. */
  page: number;
};

/** Search parameters as the framework hands them to a page, or as an address carries them. */
export type SearchParams = Record<string, string | string[] | undefined> | URLSearchParams;

/**
 * Reads the directory's address. Never throws: a value that means nothing is left out and said in `notes`, one sentence
 * each, for the top of the page. Of a parameter given several times the last counts; empty ones are not given.
 *
 * @example readDirectoryQuery({ status: "met", sort: "paid" }).query // → { q: "", status: "met", sort: "paid", page: 1, … }
 */
export function readDirectoryQuery(params: SearchParams): { query: DirectoryQuery; notes: string[] } {
  const notes: string[] = [];
  const read = <Key extends keyof typeof shape>(key: Key): z.output<(typeof shape)[Key]> | null => {
    const value = lastOf(params, key);
    if (!value) return null;
    const result = shape[key].safeParse(value);
    if (!result.success) notes.push(SENTENCES[key]);
    return result.success ? (result.data as z.output<(typeof shape)[Key]>) : null;
  };
  const query: DirectoryQuery = {
    q: read("q") ?? "",
    size: read("size"),
    country: read("country"),
    status: read("status"),
    origin: read("origin"),
    proof: read("proof"),
    sort: read("sort") ?? "name",
    page: read("page") ?? 1,
  };
  return { query, notes };
}

/**
 * Writes a query as the search part of an address, the shortest that `readDirectoryQuery` reads the same: what stands
 * at its default is left out.
 *
 * @param changes  what is to differ; a change other than of the page leads to the first page
 * @example directorySearch(query, { page: 2 }) // → "?status=met&page=2"
 */
export function directorySearch(query: DirectoryQuery, changes: Partial<DirectoryQuery> = {}): string {
  const wanted = { ...query, page: 1, ...changes };
  const params = new URLSearchParams();
  for (const key of ["q", "size", "country", "status", "origin", "proof"] as const)
    if (wanted[key]) params.set(key, wanted[key]);
  if (wanted.sort !== "name") params.set("sort", wanted.sort);
  if (wanted.page > 1) params.set("page", String(wanted.page));
  return params.size ? `?${params}` : "";
}

/**
 * Tells whether a query narrows the directory at all; an empty answer then says so and offers to clear it.
 */
export function isNarrowed(query: DirectoryQuery): boolean {
  return Boolean(query.q || query.size || query.country || query.status || query.origin || query.proof);
}

/**
 * Says in words what a query is narrowed to, for the page's title and its announcement to screen readers.
 *
 * @example describeQuery(query) // → ["matching “acme”", "in Germany"]
 */
export function describeQuery(query: DirectoryQuery): string[] {
  const size = SIZE_BANDS.find(({ band }) => band === query.size);
  return [
    ...(query.q ? [`matching “${query.q}”`] : []),
    ...(query.country ? [`in ${countryName(query.country)}`] : []),
    ...(size ? [`with ${size.name}`] : []),
  ];
}

function lastOf(params: SearchParams, key: string): string | undefined {
  const value = params instanceof URLSearchParams ? params.getAll(key) : params[key];
  return Array.isArray(value) ? value.at(-1) : value;
}

/** The database cannot hold a zero character, and half of a surrogate pair is no text. */
function readSearchText(value: string): string {
  return value
    .toWellFormed()
    .replaceAll(/\p{Cc}/gu, " ")
    .replaceAll(/\s+/gu, " ")
    .trim();
}
