import type { Jobs } from "../queue.ts";
import { deleteLeaversJob } from "./delete-leavers.ts";
import { deliverWebhookJob } from "./deliver-webhook.ts";
import { discardImportsJob } from "./discard-imports.ts";
import { keepEvidenceJob } from "./keep-evidence.ts";
import { mailStackChangesJob } from "./mail-stack-changes.ts";
import { readImportJob } from "./read-import.ts";
import { refreshDirectoryJob } from "./refresh-directory.ts";
import { resolveBatchJob } from "./resolve-batch.ts";
import { resolveRefreshJob } from "./resolve-refresh.ts";
import { scanConnectedJob } from "./scan-connected.ts";
import { scanGithubJob } from "./scan-github.ts";
import { sendMailJob } from "./send-mail.ts";
import { sendRemindersJob } from "./send-reminders.ts";

/** What a job may know about its own run. */
export type JobRun = {
  /** The same through all attempts of one piece of work. */
  id: string;
  /** 1 the first time. */
  attempt: number;
  now: Date;
  /** Fires when the worker must stop: long work should pause at its next safe point by throwing. */
  signal: AbortSignal;
};

/** All background work, one line per job. A job wakes a verb of a room and holds no rule of its own. */
export const jobs: { [Name in keyof Jobs]: (input: Jobs[Name], run: JobRun) => Promise<void> } = {
  "delete-leavers": deleteLeaversJob,
  "deliver-webhook": deliverWebhookJob,
  "mail-stack-changes": mailStackChangesJob,
  "discard-imports": discardImportsJob,
  "keep-evidence": keepEvidenceJob,
  "read-import": readImportJob,
  "refresh-directory": refreshDirectoryJob,
  "resolve-batch": resolveBatchJob,
  "resolve-refresh": resolveRefreshJob,
  "scan-connected": scanConnectedJob,
  "scan-github": scanGithubJob,
  "send-mail": sendMailJob,
  "send-reminders": sendRemindersJob,
};
