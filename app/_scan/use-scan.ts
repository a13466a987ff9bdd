"use client";

import { useCallback, useEffect, useState } from "react";
import type { ScanSummary } from "@/lib/stack/summarise";
import { askWorker } from "./ask-worker";
import { forgetFiles, keptAsking, keptFiles } from "./kept-files";

/** What the page knows: nothing dropped yet, reading, an answer, or why there is none. */
export type ScanState =
  | { kind: "waiting" }
  | { kind: "empty" }
  | { kind: "reading"; files: number }
  | { kind: "read"; summary: ScanSummary }
  | { kind: "failed"; message: string };

/** The day it is for the visitor, for the provenance of what the files say. */
export const today = (): string => new Date().toISOString().slice(0, 10);

/**
 * Reads the files this browser keeps, through the worker, with what was answered about them; `again` after other files
 * were dropped, `refine` when more was answered: the page then stays as it is until the new answer is there.
 */
export function useScan(): { state: ScanState; again: () => void; refine: () => void; clear: () => void } {
  const [state, setState] = useState<ScanState>({ kind: "waiting" });
  const read = useCallback(async (isShown: boolean) => {
    const [files, asking] = await Promise.all([keptFiles(), keptAsking()]);
    if (files.length === 0) {
      setState({ kind: "empty" });
      return;
    }
    if (!isShown) setState({ kind: "reading", files: files.length });
    try {
      const answer = await askWorker({ kind: "read", files, today: today(), answers: asking?.answers ?? null });
      setState({ kind: "read", summary: answer.summary });
    } catch (error) {
      setState({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
    }
  }, []);
  useEffect(() => {
    void read(false);
  }, [read]);
  const again = useCallback(() => void read(false), [read]);
  const refine = useCallback(() => void read(true), [read]);
  return {
    state,
    again,
    refine,
    clear: () => void forgetFiles().then(() => setState({ kind: "empty" })),
  };
}
