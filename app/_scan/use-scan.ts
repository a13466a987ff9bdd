"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import type { ScanSummary } from "@/lib/stack/summarise";
import type { Workspace } from "@/lib/stack/workspaces";
import { askWorker } from "./ask-worker";
import { forgetFiles, keptAsking, keptFiles } from "./kept-files";

/** What the page knows: nothing dropped yet, reading, an answer, or why there is none. */
export type ScanState =
  | { kind: "waiting" }
  | { kind: "empty" }
  | { kind: "reading"; files: number }
  | { kind: "read"; summary: ScanSummary; workspaces: Workspace[]; leftOut: string[] }
  | { kind: "failed"; message: string };

const CHOICE = "tributary-left-out";

/** The workspaces this visitor left out, kept for this tab so that scan and plan speak of the same packages. */
function keptChoice(): string[] {
  try {
    return JSON.parse(sessionStorage.getItem(CHOICE) ?? "[]") as string[];
  } catch {
    return [];
  }
}

/** The day it is for the visitor, for the provenance of what the files say. */
export const today = (): string => new Date().toISOString().slice(0, 10);

/**
 * Reads the files this browser keeps, through the worker, with what was answered about them; `again` after other files
 * were dropped, `refine` when more was answered and `choose` when workspaces are left out: the page then stays as it is until the new answer is there.
 */
export function useScan(): {
  state: ScanState;
  again: () => void;
  refine: () => void;
  choose: (leftOut: string[]) => void;
  clear: () => void;
} {
  const [state, setState] = useState<ScanState>({ kind: "waiting" });
  const asked = useRef(0);
  const read = useCallback(async (isShown: boolean) => {
    const turn = ++asked.current;
    const [files, asking] = await Promise.all([keptFiles(), keptAsking()]);
    if (files.length === 0) {
      setState({ kind: "empty" });
      return;
    }
    if (!isShown) setState({ kind: "reading", files: files.length });
    try {
      const leftOut = keptChoice();
      const answers = asking?.answers ?? null;
      const { summary, workspaces } = await askWorker({ kind: "read", files, today: today(), answers, leftOut });
      // an answer that a newer question has overtaken would undo what was chosen since
      if (turn === asked.current) setState({ kind: "read", summary, workspaces, leftOut });
    } catch (error) {
      if (turn !== asked.current) return;
      setState({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
    }
  }, []);
  useEffect(() => {
    void read(false);
  }, [read]);
  const again = useCallback(() => void read(false), [read]);
  const refine = useCallback(() => void read(true), [read]);
  const choose = useCallback(
    (leftOut: string[]) => {
      sessionStorage.setItem(CHOICE, JSON.stringify(leftOut));
      // the tick follows the hand at once; the counts follow when the worker has answered
      setState((shown) => (shown.kind === "read" ? { ...shown, leftOut } : shown));
      void read(true);
    },
    [read],
  );
  return {
    state,
    again: () => {
      sessionStorage.removeItem(CHOICE);
      again();
    },
    refine,
    choose,
    clear: () => void forgetFiles().then(() => setState({ kind: "empty" })),
  };
}
