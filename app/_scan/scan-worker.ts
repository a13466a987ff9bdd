/**
 * The Web Worker of the scan and plan pages: reads dropped lockfiles, finds whom the files and the parties asked name, and
 * divides a budget. It has no network of its own to use; everything it knows comes in by message and leaves by message.
 */
import type { Answers } from "@/lib/funding/from-answers";
import { sendableNames } from "@/lib/funding/sendable";
import { whoIsTold } from "@/lib/funding/told";
import type { Reading } from "@/lib/lockfile/types";
import { displayName, parsePurl } from "@/lib/purl";
import { type Planner, planner } from "@/lib/stack/plan-of";
import { readFiles } from "@/lib/stack/read-files";
import { isReadable, peopleOf, summarise } from "@/lib/stack/summarise";
import type { Offer, WorkerAnswer, WorkerQuestion } from "./messages";

let readings: Reading[] = [];
let answers: Answers | undefined;
let plan: Planner | null = null;

async function answer(question: WorkerQuestion): Promise<WorkerAnswer> {
  if (question.kind === "read") {
    plan = null;
    const bytes = new Map(question.files.map((file) => [file.path, new Uint8Array(file.bytes)]));
    readings = await readFiles(bytes);
    answers = question.answers ? new Map(question.answers.map(([source, kept]) => [source, new Map(kept)])) : undefined;
    const people = peopleOf(readings, question.today, answers);
    return { kind: "read", summary: summarise(readings, question.today, people) };
  }
  if (question.kind === "offer") return { kind: "offer", offer: makeOffer(question) };
  plan ??= planner(readings, peopleOf(readings, question.today, answers));
  return { kind: "plan", plan: plan(question.settings) };
}

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

addEventListener("message", async (event: MessageEvent<{ id: number; question: WorkerQuestion }>) => {
  const { id, question } = event.data;
  try {
    postMessage({ id, answer: await answer(question) });
  } catch (error) {
    // A mistake of ours: the page says so, and the console of the visitor's own browser keeps the details.
    console.error(error);
    postMessage({ id, failure: error instanceof Error ? error.message : String(error) });
  }
});
