import type { PlanSettings, PlanView } from "@/lib/stack/plan-of";
import type { ScanSummary } from "@/lib/stack/summarise";
import type { DroppedFile } from "./kept-files";

/** What the page asks its worker. `today` is a day, because rules take time as an argument. */
export type WorkerQuestion =
  | { kind: "read"; files: DroppedFile[]; today: string }
  | { kind: "plan"; settings: PlanSettings; today: string };

/** What the worker answers. */
export type WorkerAnswer = { kind: "read"; summary: ScanSummary } | { kind: "plan"; plan: PlanView };
