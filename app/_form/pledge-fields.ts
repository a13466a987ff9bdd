import { plainAmount } from "@/lib/money";
import { HEADCOUNT_BASES, type HeadcountBasis } from "@/lib/pledge/commitment";
import type { FieldSpec } from "./form-state";

/** What most pledges leave as it is: a cap for the year, and what counts as developers. */
export function pledgeFields(now: { capCents: number | null; headcountBasis: HeadcountBasis }): FieldSpec[] {
  return [
    {
      name: "cap",
      label: "At most, in a year",
      type: "money",
      prefix: "$",
      value: now.capCents === null ? "" : plainAmount(now.capCents),
      hint: "A limit for the whole sum, however many developers. It is shown beside the amount per developer.",
      width: "half",
      more: true,
    },
    {
      name: "headcountBasis",
      label: "How developers count",
      type: "select",
      value: now.headcountBasis,
      options: Object.entries(HEADCOUNT_BASES).map(([value, { name }]) => ({ value, label: name })),
      hint: "Full-time equivalents. The Open Source Pledge itself counts the average.",
      width: "half",
      more: true,
    },
  ];
}
