import { fetchParty, type HttpAnswer, HttpFailure, type HttpOptions, retryAfterMs } from "../../http.ts";

/** What an outside party said about one subject. An outage is never mistaken for "there is none". */
export type Answer<Value> =
  | { outcome: "found"; value: Value }
  | { outcome: "absent" }
  | {
      outcome: "failed";
      /** A sentence for a reader. */
      reason: string;
      /** When the party asked us to come back, milliseconds from now. */
      retryAfterMs?: number;
      /** Trying again without a change of settings will fail again. */
      final?: true;
    };

/** A funding address as a party states it, with what it calls the platform. */
export type FundingAddress = { address: string; platform?: string };

/** What a package service says of a package, in our words. */
export type PackageFacts = {
  repository?: string;
  funding: FundingAddress[];
  /** Set when the package is withdrawn or no longer looked after, in the party's word: "deprecated", "discontinued". */
  status?: string;
  maintainers?: string[];
  /** The funding list of the source repository (FUNDING.yml), where the service carries it apart from the package's. */
  repositoryFunding?: FundingAddress[];
  archived?: boolean;
  /** Moment of the last push to the repository, ISO 8601. */
  pushedAt?: string;
};

/** Makes a failed answer. */
export function failed(reason: string, more: { retryAfterMs?: number; final?: true } = {}): Answer<never> {
  return { outcome: "failed", reason, ...more };
}

/**
 * Asks for JSON and turns everything that can go wrong into an answer: 404 and 410 are absent, all else that is not the
 * expected JSON has failed, with a reason that names the party.
 *
 * @param read turns the party's shape into ours; null when what came is not that shape
 */
export async function askJson<Value>(
  party: string,
  url: string,
  read: (json: unknown) => Answer<Value> | null,
  options: HttpOptions = {},
): Promise<Answer<Value>> {
  let answer: HttpAnswer;
  try {
    answer = await fetchParty(url, { ...options, headers: { accept: "application/json", ...options.headers } });
  } catch (error) {
    if (error instanceof HttpFailure) return failed(`${party}: ${error.message}`);
    throw error;
  }
  if (answer.status === 404 || answer.status === 410) return { outcome: "absent" };
  if (answer.status < 200 || answer.status > 299) return refused(party, answer);
  let json: unknown;
  try {
    json = JSON.parse(answer.body.toString("utf8"));
  } catch {
    return failed(`${party} sent something that is not JSON`);
  }
  return read(json) ?? failed(`${party} sent JSON in a shape that its documentation does not know`);
}

/** Turns an answer with an error status into a failed one. */
export function refused(party: string, { status, headers }: Pick<HttpAnswer, "status" | "headers">): Answer<never> {
  const wait = retryAfterMs(headers, Date.now());
  const more = wait === null ? {} : { retryAfterMs: wait };
  if (status === 429) return failed(`${party} asks us to slow down`, more);
  if (status === 401 || status === 403) {
    return failed(`${party} refuses us (${status})`, wait === null ? { final: true } : more);
  }
  return failed(`${party} answered with status ${status}`, more);
}

/** Narrows to a plain object. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Answers a non-empty string of sane length, else undefined. */
export function text(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" && value.length <= 2_000 ? value.trim() : undefined;
}

/** Keeps the defined fields only, so that stored facts hold no empty ones. */
export function compact<T extends object>(facts: T): T {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as T;
}
