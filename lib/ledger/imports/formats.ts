/** The one list of files of payments that can be read; the import page and its tests are made from it. */

import type { Collector } from "./collect.ts";
import { delimiterOf } from "./csv.ts";
import { isActivityFile, readActivity } from "./github-activity.ts";
import { RECIPIENT_COLUMNS, readRecipientCsv, readRecipientJson } from "./github-recipient.ts";
import { readMapped } from "./mapped.ts";
import { isOpenCollective, readOpenCollective } from "./open-collective.ts";
import { REPORTER_COLUMNS, readOspGithubReporter } from "./osp-github-reporter.ts";
import { isThanksDev, readThanksDev } from "./thanks-dev.ts";
import type { ImportOptions, ImportText } from "./types.ts";

/** One kind of file. */
export type ImportFormat = {
  name: string;
  label: string;
  /** What has to be asked for because the file does not say it. */
  asks: readonly (keyof ImportOptions)[];
  /** Reads a text into a collector, which hands the rows on as they come. */
  read: (text: ImportText, options: ImportOptions, collector: Collector) => Promise<void>;
};

/** Every kind of file, the most telling first. */
export const IMPORT_FORMATS = [
  {
    name: "github-recipient-csv",
    label: "GitHub Sponsors, export of a sponsored maintainer (CSV)",
    asks: ["payeeName", "payeeUrl", "payer"],
    read: readRecipientCsv,
  },
  {
    name: "github-recipient-json",
    label: "GitHub Sponsors, export of a sponsored maintainer (JSON)",
    asks: ["payeeName", "payeeUrl", "payer"],
    read: (text, options, collector) =>
      readJson(text, collector, (value) => readRecipientJson(value, options, collector)),
  },
  {
    name: "osp-github-reporter",
    label: "GitHub Sponsors, report of osp-github-reporter (CSV)",
    asks: [],
    read: readOspGithubReporter,
  },
  {
    name: "github-activity",
    label: "GitHub Sponsors, an account’s own activity (asked with its token)",
    asks: [],
    read: (text, _options, collector) => readJson(text, collector, (value) => readActivity(value, collector)),
  },
  { name: "open-collective", label: "Open Collective, transactions (CSV)", asks: [], read: readOpenCollective },
  {
    name: "thanks-dev",
    label: "thanks.dev, donors of a maintainer (JSON)",
    asks: ["payeeName", "payeeUrl", "payer"],
    read: (text, options, collector) => readJson(text, collector, (value) => readThanksDev(value, options, collector)),
  },
  { name: "csv", label: "Any other CSV, with columns of your choice", asks: ["mapping"], read: readMapped },
] as const satisfies readonly ImportFormat[];

/** Finds a format by its name. */
export function findFormat(name: string): ImportFormat | null {
  return IMPORT_FORMATS.find((format) => format.name === name) ?? null;
}

/**
 * Tells from the content which kind of file it is; anything with a header line is at least a CSV.
 *
 * @returns the format's name, or null for JSON of an unknown shape and for nothing at all
 */
export function detectFormat(text: string): string | null {
  const start = text.replace(/^\ufeff/, "").trimStart();
  if (start === "") return null;
  if (start.startsWith("{") || start.startsWith("[")) {
    let value: unknown;
    try {
      value = JSON.parse(start);
    } catch {
      return null;
    }
    if (isActivityFile(value)) return "github-activity";
    if (isThanksDev(value)) return "thanks-dev";
    const first = Array.isArray(value) ? (value[0] as unknown) : null;
    return typeof first === "object" && first !== null && "sponsor_handle" in first ? "github-recipient-json" : null;
  }
  const line = /^[^\r\n]*/.exec(start)?.[0] ?? "";
  const header = new Set(line.split(delimiterOf(start)).map((name) => name.trim().replaceAll(/^"|"$/g, "")));
  const has = (columns: readonly string[]) => columns.every((column) => header.has(column));
  if (has(RECIPIENT_COLUMNS)) return "github-recipient-csv";
  if (has(REPORTER_COLUMNS)) return "osp-github-reporter";
  if (isOpenCollective(header)) return "open-collective";
  return "csv";
}

async function readJson(
  text: ImportText,
  collector: Collector,
  read: (value: unknown) => Promise<void>,
): Promise<void> {
  let whole = "";
  for await (const piece of text.pieces()) whole += piece;
  let value: unknown;
  try {
    value = JSON.parse(whole.replace(/^\ufeff/, ""));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    collector.problem(1, "This is not JSON.");
    return;
  }
  await read(value);
}
