import { env } from "../env.ts";
import { scanGithub } from "../stack/github-store.ts";
import type { JobRun } from "./list.ts";

declare module "../queue.ts" {
  interface Jobs {
    "scan-github": { companyId: string };
  }
}

/** Scans the repositories of one connected company. */
export function scanGithubJob({ companyId }: { companyId: string }, { now }: JobRun): Promise<void> {
  return scanGithub(companyId, env.GITHUB_API_URL, now);
}
