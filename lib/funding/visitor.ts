import { refuse } from "../refusal.ts";
import { loadAnswersFor } from "./find-people.ts";
import type { KeptAnswer } from "./from-answers.ts";
import { partiesFromEnv } from "./parties.ts";
import type { AskedPackage } from "./plan-requests.ts";
import { findProgress, type RunProgress } from "./progress.ts";
import { startRun } from "./resolve.ts";
import { findRunPackages } from "./store.ts";
import type { SourceName } from "./types.ts";

/** Answers as they travel to a visitor's browser: by source, then by subject. */
export type SentAnswers = [source: SourceName, answers: [subject: string, answer: KeptAnswer][]][];

/**
 * Begins to ask for a visitor without an account, about exactly the packages they agreed to send.
 *
 * @throws Refusal "invalid" for more packages than a visitor may ask about
 */
export function startVisitorRun(
  packages: readonly AskedPackage[],
  requestKey: string,
  now: Date,
): Promise<{ runId: string; created: boolean }> {
  return startRun({ purpose: "visitor", packages, requestKey: `visitor:${requestKey}` }, partiesFromEnv(), now);
}

/**
 * Reads how far a visitor's run has come. Whoever knows the run's id, which nobody can guess, may.
 *
 * @throws Refusal "not_found" for an id that is none, or of a run that is over for more than a week, or no visitor's
 */
export async function getVisitorProgress(runId: string): Promise<RunProgress> {
  const progress = await findProgress(runId);
  if (progress?.purpose !== "visitor") throw gone();
  return progress;
}

/**
 * Answers everything that is kept about the packages of a visitor's run, for the visitor's browser to put together with
 * what the files say.
 *
 * @throws Refusal "not_found" as `getVisitorProgress`
 */
export async function getVisitorAnswers(runId: string): Promise<SentAnswers> {
  await getVisitorProgress(runId);
  const packages = await findRunPackages(runId);
  if (!packages) throw gone();
  const answers = await loadAnswersFor(packages);
  return [...answers].map(([source, kept]): SentAnswers[number] => [source, [...kept]]);
}

function gone() {
  return refuse(
    "not_found",
    "These answers are no longer kept: what is asked without an account is forgotten after a week. Ask again to have them.",
  );
}
