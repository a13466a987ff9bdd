import type { Bound, DepthPreset, ReceiptStep, UnpaidReason } from "@/lib/allocation/types";

/** The depth dial's three places. */
export const DEPTHS: { value: DepthPreset; name: string; about: string }[] = [
  { value: "direct-first", name: "Direct first", about: "most stays with what you list" },
  { value: "balanced", name: "Balanced", about: "the published default" },
  { value: "deep", name: "Deep", about: "more flows down to the foundations" },
];

/** What each bound means, as a sentence under a receipt. */
export const BOUNDS: Record<Bound, string> = {
  pin: "Paid exactly what somebody set for it.",
  cap: "Kept at the cap: no payment may be a larger part of the budget.",
  uplift: "Kept at the most that may be paid above its entitlement.",
  minimum: "Raised to the smallest payment of this plan.",
  "own-minimum": "Raised to the least its platform takes.",
  floor: "Raised to the least that somebody set for it.",
};

/** Why a payee with an entitlement is not paid. */
export const UNPAID: Record<UnpaidReason, string> = {
  "below-minimum": "below the smallest payment",
  "too-many": "beyond the number of payments",
  "cap-below-minimum": "the cap is lower than the least it takes",
  "pinned-to-nothing": "set to nothing by hand",
  "floor-above-bound": "its floor is above what cap or uplift allow",
};

/** One step of a receipt in words. */
export function stepText(step: ReceiptStep, nameOf: (project: string) => string): string {
  switch (step.kind) {
    case "listed":
      return `listed directly by ${step.name}`;
    case "added":
      return "added by hand";
    case "passed":
      return `passed on by ${nameOf(step.project)}`;
    case "rate":
      return step.cents >= 0
        ? "a part of what others cannot be paid"
        : "less, because fixed amounts take more than their part";
    case "bound":
      return {
        pin: "set by hand",
        cap: "the cap",
        uplift: "the bound on uplift",
        minimum: "up to the smallest payment",
        "own-minimum": "up to its own minimum",
        floor: "up to its floor",
      }[step.bound];
    case "rounding":
      return "cents that do not divide";
  }
}
