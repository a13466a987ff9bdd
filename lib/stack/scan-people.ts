import { findPeople } from "../funding/find-people.ts";
import { partiesFromEnv } from "../funding/parties.ts";
import { findProgress, type RunProgress } from "../funding/progress.ts";
import { startRun } from "../funding/resolve.ts";
import { type Sendable, sendableNames } from "../funding/sendable.ts";
import { findRunPackages, latestRunOfScan } from "../funding/store.ts";
import { packageOf } from "../purl.ts";
import { Refusal } from "../refusal.ts";
import { payeeOptionsOf } from "./payee-settings-store.ts";
import { type KnownPeople, knownPeople } from "./people.ts";
import { getScan, type Scan } from "./store.ts";
import { isReadable } from "./summarise.ts";

/**
 * Finds who can be paid for a kept scan: whom its files name, and whom all that is kept of parties' answers names, with
 * the company's own people and its preference of rails. Asks nobody. The answer has the shape of `peopleOf`, so plans can be made from it.
 *
 * @throws Refusal "not_found" when this company has no such scan
 */
export async function peopleOfScan(companyId: string, scanId: string): Promise<KnownPeople> {
  return peopleBehind(companyId, await getScan(companyId, scanId));
}

/** Finds who can be paid for a kept scan that has been loaded already; see `peopleOfScan`. */
export async function peopleBehind(companyId: string, scan: Scan): Promise<KnownPeople> {
  const options = await payeeOptionsOf(companyId);
  return knownPeople(await findPeople(scan.readings.filter(isReadable), scan.createdAt, options));
}

/** What a company says about the names of a scan before anybody outside hears them. */
export type Choices = {
  /** Packages, without version, to send although they would be kept back. */
  release?: readonly string[];
  /** Scopes and vendors whose packages stay here: `@acme`. */
  privateScopes?: readonly string[];
};

/**
 * Says which names of a kept scan would be sent, and which stay. What was agreed to at an earlier asking stays agreed,
 * no more and no less; names released now are added.
 */
export async function sendableOfScan(
  scan: Scan,
  { release = [], privateScopes = [] }: Choices = {},
): Promise<Sendable> {
  const readings = scan.readings.filter(isReadable);
  const released = new Set(release);
  const wished = sendableNames(readings, { privateScopes, release: released });
  const earlier = await latestRunOfScan(scan.id);
  const agreed = earlier ? await findRunPackages(earlier) : null;
  if (!agreed) return wished;
  const all = sendableNames(readings, { release: new Set(released) }).packages;
  const names = new Set(agreed.map(({ purl }) => packageOf(purl)));
  const added = all.filter(({ purl }) => released.has(packageOf(purl)) && !names.has(packageOf(purl)));
  const packages = [...agreed, ...added];
  const sent = new Set(packages.map(({ purl }) => packageOf(purl)));
  const withheld = sendableNames(readings).withheld.filter(({ purl }) => !sent.has(purl));
  const kept = new Set(withheld.map(({ purl }) => purl));
  for (const { purl } of all) {
    const name = packageOf(purl);
    if (!sent.has(name) && !kept.has(name)) withheld.push({ purl: name, reason: "was kept back when you asked" });
  }
  return { packages, withheld };
}

/**
 * Begins to ask outside parties in the background who can be paid for a kept scan: about what `sendableOfScan` says. What
 * is known and younger than 30 days is not asked again.
 *
 * @param request.requestKey  of the form: sent twice, it begins one run
 * @throws Refusal "not_found" when this company has no such scan
 */
export async function askAboutScan(
  companyId: string,
  scanId: string,
  request: Choices & { requestKey?: string; now: Date },
): Promise<{ runId: string; created: boolean }> {
  const { packages } = await sendableOfScan(await getScan(companyId, scanId), request);
  const requestKey = request.requestKey ? { requestKey: `${scanId}:${request.requestKey}` } : {};
  return startRun({ purpose: "scan", packages, companyId, scanId, ...requestKey }, partiesFromEnv(), request.now);
}

/**
 * Begins to ask about a scan that was just kept, where whoever keeps it wishes so. More packages than can be asked about
 * do not undo the keeping: the scan's page then says that nobody was asked.
 */
export async function askIfWished(
  companyId: string,
  scanId: string,
  { ask, ...request }: Choices & { ask: boolean; requestKey: string },
  now: Date,
): Promise<void> {
  if (!ask) return;
  await askAboutScan(companyId, scanId, { ...request, now }).catch((error) => {
    if (!(error instanceof Refusal)) throw error;
  });
}

/** Reads how far the newest asking about a scan has come; null where nobody was ever asked, or the scan is another's. */
export async function findScanProgress(companyId: string, scanId: string): Promise<RunProgress | null> {
  const runId = await latestRunOfScan(scanId);
  const progress = runId ? await findProgress(runId) : null;
  return progress?.companyId === companyId ? progress : null;
}
