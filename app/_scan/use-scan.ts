"use client";

import { useCallback, useEffect, useState } from "react";
import type { ScanSummary } from "@/lib/stack/summarise";
import { askWorker } from "./ask-worker";
import { forgetFiles, keptFiles } from "./kept-files";

/** What the page knows: nothing dropped yet, reading, an answer, or why there is none. */
export type ScanState =
  | { kind: "waiting" }
  | { kind: "empty" }
  | { kind: "reading"; files: number }
  | { kind: "read"; summary: ScanSummary }
  | { kind: "failed"; message: string };

/** The day it is for the visitor, for the provenance of what the files say. */
export const today = (): string => new Date().toISOString().slice(0, 10);

/** Reads the files this browser keeps, through the worker; `again` after other files were dropped. */
export function useScan(): { state: ScanState; again: () => void; clear: () => void } {
  const [state, setState] = useState<ScanState>({ kind: "waiting" });
  const again = useCallback(async () => {
    const files = await keptFiles();
    if (files.length === 0) {
      setState({ kind: "empty" });
      return;
    }
    setState({ kind: "reading", files: files.length });
    try {
      const answer = await askWorker({ kind: "read", files, today: today() });
      setState({ kind: "read", summary: answer.summary });
    } catch (error) {
      setState({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
    }
  }, []);
  useEffect(() => {
    void again();
  }, [again]);
  return {
    state,
    again: () => void again(),
    clear: () => void forgetFiles().then(() => setState({ kind: "empty" })),
  };
}
