import type { PlanInputs } from "@/lib/plan/inputs";
import type { PlanView } from "@/lib/plan/planner";
import type { ScanSummary } from "@/lib/stack/summarise";
import type { DroppedFile } from "./kept-files";

/** What the page asks its worker. `today` is a day, because rules take time as an argument. */
export type WorkerQuestion =
  | { kind: "read"; files: DroppedFile[]; today: string }
  | { kind: "plan"; inputs: PlanInputs; today: string };

/** What the worker answers. */
export type WorkerAnswer = { kind: "read"; summary: ScanSummary } | { kind: "plan"; plan: PlanView };
