import type { Askable, AskedPackage } from "@/lib/funding/plan-requests";
import type { Told } from "@/lib/funding/told";
import type { SentAnswers } from "@/lib/funding/visitor";
import type { PlanInputs } from "@/lib/plan/inputs";
import type { PlanView } from "@/lib/plan/planner";
import type { ScanSummary } from "@/lib/stack/summarise";
import type { Workspace } from "@/lib/stack/workspaces";
import type { DroppedFile } from "./kept-files";

/** Exactly what would be sent if the visitor agrees, what would not, and who would be told. */
export type Offer = {
  packages: AskedPackage[];
  /** The names among `packages`, as people write them, in the same order. */
  names: string[];
  withheld: { purl: string; name: string; reason: string }[];
  told: Told[];
  /** The choices it was made from. */
  privateScopes: string[];
  release: string[];
};

/**
 * What the page asks its worker. `today` is a day, because rules take time as an argument; `leftOut` names workspaces that
 * are not to count.
 */
export type WorkerQuestion =
  | { kind: "read"; files: DroppedFile[]; today: string; answers: SentAnswers | null; leftOut: string[] }
  | { kind: "offer"; privateScopes: string[]; release: string[]; askable: Askable }
  | { kind: "plan"; inputs: PlanInputs; today: string };

/** What the worker answers. */
export type WorkerAnswer =
  | { kind: "read"; summary: ScanSummary; workspaces: Workspace[] }
  | { kind: "offer"; offer: Offer }
  | { kind: "plan"; plan: PlanView };
