import type { PledgeStatus } from "@/lib/pledge/status";

/** How each status reads and looks; shape and lightness differ as well as hue. */
const STATUSES: Record<
  PledgeStatus,
  { name: string; meaning: string; tone: string; shape: "full" | "half" | "ring" | "wedge" | "bar" }
> = {
  pledged: {
    name: "Pledged",
    meaning: "has promised; its first report is not due yet",
    tone: "text-river",
    shape: "ring",
  },
  on_track: {
    name: "On track",
    meaning: "has paid what this part of its year makes due",
    tone: "text-river",
    shape: "half",
  },
  met: { name: "Met", meaning: "its last report reached its pledge", tone: "text-good", shape: "full" },
  short: {
    name: "Below pledge",
    meaning: "its last report did not reach its pledge",
    tone: "text-warn",
    shape: "half",
  },
  due: { name: "Report due", meaning: "ten months since the last report", tone: "text-warn", shape: "wedge" },
  overdue: {
    name: "Overdue",
    meaning: "more than twelve months since the last report",
    tone: "text-bad",
    shape: "wedge",
  },
  lapsed: {
    name: "Lapsed",
    meaning: "more than thirteen months since the last report",
    tone: "text-quiet",
    shape: "bar",
  },
  withdrawn: { name: "Withdrawn", meaning: "has withdrawn its pledge", tone: "text-quiet", shape: "bar" },
};

export const statusName = (status: PledgeStatus): string => STATUSES[status].name;
export const statusMeaning = (status: PledgeStatus): string => STATUSES[status].meaning;

export function Status({ status }: { status: PledgeStatus }) {
  const look = STATUSES[status];
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <svg viewBox="0 0 12 12" className={`size-3 ${look.tone}`} aria-hidden="true">
        {look.shape === "full" && <circle cx="6" cy="6" r="5" fill="currentColor" />}
        {look.shape === "ring" && <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.5" />}
        {look.shape === "half" && (
          <>
            <circle cx="6" cy="6" r="4.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
            <path d="M6 1.75a4.25 4.25 0 0 1 0 8.5z" fill="currentColor" />
          </>
        )}
        {look.shape === "wedge" && <path d="M6 1 11.5 11H.5z" fill="currentColor" />}
        {look.shape === "bar" && <path d="M1 5h10v2H1z" fill="currentColor" />}
      </svg>
      {look.name}
    </span>
  );
}
