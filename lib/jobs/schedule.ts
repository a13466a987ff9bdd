import type { CronItem } from "graphile-worker";
import type { Jobs } from "../queue.ts";

/**
 * Work that comes back by itself, as crontab lines in UTC. What fell due while no worker ran is done once when one runs
 * again, if that is within `backfillPeriod` milliseconds.
 */
export const schedule: (CronItem & { task: keyof Jobs })[] = [
  { task: "delete-leavers", match: "45 3 * * *", options: { backfillPeriod: 86_400_000 } },
  { task: "discard-imports", match: "50 3 * * *", options: { backfillPeriod: 86_400_000 } },
  { task: "mail-stack-changes", match: "40 8 1 * *", options: { backfillPeriod: 86_400_000 } },
  { task: "refresh-directory", match: "5 0 * * *", options: { backfillPeriod: 86_400_000 } },
  { task: "scan-connected", match: "15 2 * * *", options: { backfillPeriod: 86_400_000 } },
  // every hour, so that quiet hours and a worker that was down are caught up with
  { task: "send-reminders", match: "20 * * * *", options: { backfillPeriod: 0 } },
];
