"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { Offer } from "@/app/_scan/messages";
import type { RunProgress } from "@/lib/funding/progress";
import type { SentAnswers } from "@/lib/funding/visitor";
import { type KeptAsking, keepAsking, keptAsking } from "../_scan/kept-files";
import { today } from "../_scan/use-scan";
import { followRun } from "./follow-run";

/** How far a visitor's asking is. */
export type Asking =
  | { kind: "unknown" }
  | { kind: "none" }
  | { kind: "starting" }
  | { kind: "running"; packages: number; progress: RunProgress | null }
  | { kind: "done"; packages: number; finishedOn: string; progress: RunProgress | null };

/** The run is not kept any more. */
class Forgotten extends Error {}

/**
 * Asks outside parties on the visitor's behalf, watches, and keeps the answers in this browser. A reload goes on where it
 * was; `onAnswers` is called when there is more to read.
 */
export function useAsking(onAnswers: () => void) {
  const [asking, setAsking] = useState<Asking>({ kind: "unknown" });
  const [trouble, setTrouble] = useState<string | null>(null);
  const stop = useRef<() => void>(() => {});

  const fetchAnswers = useCallback(
    async (kept: KeptAsking, isOver: boolean) => {
      const response = await fetch(`/api/v1/asking/${kept.runId}/answers`);
      const said = (await response.json()) as { answers?: SentAnswers; detail?: string };
      if (response.status === 404) throw new Forgotten(said.detail);
      if (!said.answers) throw new Error(said.detail);
      await keepAsking({ ...kept, answers: said.answers, finishedOn: isOver ? today() : null });
      onAnswers();
    },
    [onAnswers],
  );

  const follow = useCallback(
    (kept: KeptAsking) => {
      let last: RunProgress | null = null;
      const { packages, runId } = kept;
      setAsking({ kind: "running", packages, progress: null });
      const lose = async (error: unknown) => {
        if (!(error instanceof Forgotten)) {
          setTrouble("The answers could not be fetched now. Reload the page to try again.");
          return;
        }
        setTrouble(error.message);
        await keepAsking(null);
        setAsking({ kind: "none" });
      };
      stop.current = followRun(`/api/v1/asking/${runId}/progress`, {
        progress: (progress) => {
          last = progress;
          setAsking({ kind: "running", packages, progress });
        },
        finished: () =>
          void fetchAnswers(kept, true).then(
            () => setAsking({ kind: "done", packages, finishedOn: today(), progress: last }),
            lose,
          ),
        // an event stream tells no reason; the address of the answers does
        lost: () =>
          void fetchAnswers(kept, false).then(
            () => setTrouble("The progress cannot be watched now. Reload the page to see how far it is."),
            lose,
          ),
      });
    },
    [fetchAnswers],
  );

  useEffect(() => {
    void keptAsking().then((kept) => {
      if (!kept) setAsking({ kind: "none" });
      else if (kept.finishedOn) {
        setAsking({ kind: "done", packages: kept.packages, finishedOn: kept.finishedOn, progress: null });
      } else follow(kept);
    });
    return () => stop.current();
  }, [follow]);

  const begin = async (offer: Offer, requestKey: string) => {
    setTrouble(null);
    setAsking({ kind: "starting" });
    try {
      const response = await fetch("/api/v1/asking", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ requestKey, packages: offer.packages }),
      });
      const said = (await response.json()) as { runId?: string; detail?: string };
      if (!said.runId) throw new Error(said.detail ?? "The site could not begin.");
      const kept = { runId: said.runId, packages: offer.packages.length, answers: null, finishedOn: null };
      await keepAsking(kept);
      follow(kept);
    } catch (error) {
      setTrouble(error instanceof TypeError ? "The site cannot be reached." : (error as Error).message);
      setAsking({ kind: "none" });
    }
  };

  /** Reads what has been answered so far, while others are still being waited for. */
  const readSoFar = async () => {
    const kept = await keptAsking();
    if (kept) await fetchAnswers(kept, false).catch((error: Error) => setTrouble(error.message));
  };

  return { asking, trouble, begin, readSoFar };
}
