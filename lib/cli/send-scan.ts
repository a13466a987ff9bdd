import { createHash } from "node:crypto";
import { dayOf } from "../day.ts";
import { textsOf } from "./scan-files.ts";
import { postScan } from "./sources/site.ts";

/**
 * Sends lockfiles to the site of `TRIBUTARY_URL` as a scan of the company whose token `TRIBUTARY_TOKEN` is. The same files
 * sent twice on one day are one scan.
 *
 * @returns the exit code: 0 kept, 1 not kept, 2 the settings are missing
 */
export async function sendScan(
  paths: readonly string[],
  env: Record<string, string | undefined>,
  now: Date,
): Promise<number> {
  const site = env.TRIBUTARY_URL?.trim().replace(/\/+$/, "");
  const token = env.TRIBUTARY_TOKEN?.trim();
  if (!site || !token) {
    process.stderr.write(
      "Set TRIBUTARY_URL to the site's address and TRIBUTARY_TOKEN to a scan token of your company.\n",
    );
    return 2;
  }
  const { files, left } = textsOf(paths);
  for (const file of left) process.stderr.write(`${file}: not sent, it could not be read or holds no lockfile.\n`);
  if (files.length === 0) return 1;
  const content = createHash("sha256").update(dayOf(now));
  for (const { path, text } of files) content.update(`\0${path}\0${text}`);
  const answer = await postScan(site, token, { requestKey: content.digest("base64url"), files });
  if (answer.kind === "failed") {
    process.stderr.write(`The scan was not kept. ${answer.reason}\n`);
    return 1;
  }
  process.stdout.write(
    `Kept: ${count(answer.packages, "package")} in ${count(answer.files, "file")}.\n${answer.url}\n`,
  );
  return left.length > 0 ? 1 : 0;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
