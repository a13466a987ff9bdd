/**
 * The Web Worker of the scan and plan pages: reads dropped lockfiles, finds whom the files and the parties asked name, and
 * divides a budget. It has no network of its own to use; everything it knows comes in by message and leaves by message.
 */
import { answerQuestions } from "@/app/_ui/ask-worker";
import type { Answers } from "@/lib/funding/from-answers";
import { sendableNames } from "@/lib/funding/sendable";
import { whoIsTold } from "@/lib/funding/told";
import type { Reading } from "@/lib/lockfile/types";
import { type Planner, planner } from "@/lib/plan/planner";
import { planSource } from "@/lib/plan/source";
import { displayName, parsePurl } from "@/lib/purl";
import { readFiles } from "@/lib/stack/read-files";
import { isReadable, peopleOf, summarise } from "@/lib/stack/summarise";
import { withoutWorkspaces, workspacesOf } from "@/lib/stack/workspaces";
import type { Offer, WorkerAnswer, WorkerQuestion } from "./messages";

let readings: Reading[] = [];
let answers: Answers | undefined;
let plans: Planner | null = null;

answerQuestions<WorkerQuestion, WorkerAnswer>(async (question) => {
  if (question.kind === "read") {
    plans = null;
    const bytes = new Map(question.files.map((file) => [file.path, new Uint8Array(file.bytes)]));
    const all = await readFiles(bytes);
    readings = withoutWorkspaces(all, new Set(question.leftOut));
    answers = question.answers ? new Map(question.answers.map(([source, kept]) => [source, new Map(kept)])) : undefined;
    const people = peopleOf(readings, question.today, answers);
    return { kind: "read", summary: summarise(readings, question.today, people), workspaces: workspacesOf(all) };
  }
  if (question.kind === "offer") return { kind: "offer", offer: makeOffer(question) };
  plans ??= planner(planSource(readings, peopleOf(readings, question.today, answers)));
  return { kind: "plan", plan: plans.plan(question.inputs) };
});

function makeOffer({ privateScopes, release, askable }: Extract<WorkerQuestion, { kind: "offer" }>): Offer {
  const { packages, withheld } = sendableNames(readings.filter(isReadable), {
    privateScopes,
    release: new Set(release),
  });
  return {
    packages,
    names: packages.map(({ purl }) => `${displayName(purl)} ${parsePurl(purl)?.version ?? ""}`.trim()),
    withheld: withheld.map((kept) => ({ ...kept, name: displayName(kept.purl) })),
    told: whoIsTold(packages, askable),
    privateScopes,
    release,
  };
}
