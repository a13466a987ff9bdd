import { recordChange } from "../audit/store.ts";
import { db, type Transaction } from "../db.ts";
import { Prisma, type ScanFile, type ScanPackage } from "../generated/prisma/client.ts";
import { isFatal } from "../lockfile/read-lockfile.ts";
import type { Package, Problem, Reading } from "../lockfile/types.ts";
import { refuse } from "../refusal.ts";
import { ownEdges } from "./own-edges.ts";
import { readFiles } from "./read-files.ts";

/** Bytes of all files of one scan together; the largest monorepos known stay below a tenth of it. */
export const MAX_SCAN_BYTES = 40 * 1024 * 1024;
/** Lockfiles and manifests of one scan. */
export const MAX_SCAN_FILES = 500;
/** Packages of one scan over all its files. */
export const MAX_SCAN_PACKAGES = 200_000;
/** Edges of one scan over all its files. */
export const MAX_SCAN_EDGES = 1_000_000;

const ROWS_AT_ONCE = 20_000;

/** A kept scan without its packages. */
export type ScanHead = {
  id: string;
  createdAt: Date;
  /** Files of the scan, also those that could not be read. */
  files: number;
  /** Packages over all files, without the company's own; a package in two files counts twice. */
  packages: number;
};

/** A kept scan, read back as its files said it: what summaries and plans are made from. */
export type Scan = ScanHead & { readings: Reading[] };

/**
 * Keeps a scan with a company.
 *
 * The texts are read again here and only this reading is trusted; the texts themselves are not kept. The same form sent
 * twice (same `requestKey`) makes one scan. Kept scans are for the company's team only: names of packages never become
 * public, since some are the company's own.
 *
 * @param files  text by path, lockfiles and the manifests beside them
 * @throws Refusal "invalid" when nothing could be read (with the problems in its sentence) or a limit is reached
 */
export async function keepScan(
  companyId: string,
  files: ReadonlyMap<string, string>,
  { userId, requestKey, now }: { userId: string | null; requestKey: string; now: Date },
): Promise<ScanHead & { created: boolean }> {
  const ownKey = `${companyId}:${requestKey}`; // nobody else's key can hit it
  const earlier = await findByKey(ownKey);
  if (earlier) return { ...earlier, created: false };
  refuseTooMuch(files);
  const readings = await readFiles(files);
  refuseUnusable(readings);
  try {
    const id = await db.$transaction((tx) => insertScan(tx, { companyId, userId, requestKey: ownKey, now, readings }), {
      timeout: 60_000,
    });
    return { ...headOf(id, now, readings), created: true };
  } catch (error) {
    if (!(error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002")) throw error;
    const twin = await findByKey(ownKey);
    if (!twin) throw error;
    return { ...twin, created: false };
  }
}

/** Lists a company's scans, newest first, at most `limit`. */
export async function listScans(companyId: string, limit = 100): Promise<ScanHead[]> {
  const scans = await db.scan.findMany({
    where: { companyId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: limit,
    include: { files: { select: { packageCount: true } } },
  });
  return scans.map(({ id, createdAt, files }) => toHead(id, createdAt, files));
}

/** Finds a company's newest scan; null while it has none. */
export async function latestScan(companyId: string): Promise<ScanHead | null> {
  return (await listScans(companyId, 1))[0] ?? null;
}

/**
 * Answers one scan with everything its files said.
 *
 * @throws Refusal "not_found" when this company has no such scan, also when another one has
 */
export async function getScan(companyId: string, scanId: string): Promise<Scan> {
  const scan = await db.scan.findFirst({
    where: { id: scanId, companyId },
    include: { files: { orderBy: { position: "asc" } } },
  });
  if (!scan) throw refuse("not_found", "There is no such scan.");
  const packages = await db.$queryRaw<ScanPackage[]>`
    select p.* from "ScanPackage" p join "ScanFile" f on f.id = p."fileId"
    where f."scanId" = ${scanId} order by f.position, p.position`;
  const byFile = new Map<string, ScanPackage[]>();
  for (const row of packages) {
    const rows = byFile.get(row.fileId);
    if (rows) rows.push(row);
    else byFile.set(row.fileId, [row]);
  }
  return {
    ...toHead(scan.id, scan.createdAt, scan.files),
    readings: scan.files.map((file) => toReading(file, byFile.get(file.id) ?? [])),
  };
}

/**
 * Deletes a scan and everything it said.
 *
 * @throws Refusal "not_found" when this company has no such scan
 */
export async function deleteScan(companyId: string, scanId: string, userId: string): Promise<void> {
  await db.$transaction(async (tx) => {
    const { count } = await tx.scan.deleteMany({ where: { id: scanId, companyId } });
    if (count === 0) throw refuse("not_found", "There is no such scan.");
    await recordChange(tx, { actorId: userId, companyId, action: "scan.deleted", before: { scanId } });
  });
}

/** What may be told in public of a company's stack: sums, never a name. */
export type StackCounts = { scannedAt: Date; packages: number; ecosystems: { ecosystem: string; packages: number }[] };

/**
 * Counts the distinct packages of a company's newest scan by ecosystem, without the company's own: the only thing of a
 * scan that is meant for public pages. Null while it has none.
 */
export async function countStack(companyId: string): Promise<StackCounts | null> {
  const newest = await latestScan(companyId);
  if (!newest) return null;
  const ecosystems = await db.$queryRaw<{ ecosystem: string; packages: number }[]>`
    select substring(p.purl from '^pkg:([^/]+)/') as ecosystem,
      count(distinct regexp_replace(p.purl, '@[^@/]*$', ''))::int as packages
    from "ScanPackage" p join "ScanFile" f on f.id = p."fileId"
    where f."scanId" = ${newest.id} and not p."firstParty" group by 1 order by 2 desc, 1`;
  return {
    scannedAt: newest.createdAt,
    packages: ecosystems.reduce((sum, { packages }) => sum + packages, 0),
    ecosystems,
  };
}

function refuseTooMuch(files: ReadonlyMap<string, string>): void {
  if (files.size === 0) throw refuse("invalid", "Choose at least one lockfile.");
  if (files.size > MAX_SCAN_FILES) throw refuse("invalid", `Choose at most ${MAX_SCAN_FILES} files at once.`);
  let bytes = 0;
  for (const text of files.values()) bytes += Buffer.byteLength(text);
  if (bytes > MAX_SCAN_BYTES) {
    throw refuse(
      "invalid",
      `The files are larger than ${MAX_SCAN_BYTES / 1024 / 1024} MB together. Keep them in several scans.`,
    );
  }
}

function refuseUnusable(readings: readonly Reading[]): void {
  if (readings.every(isFatal)) {
    const reasons = readings.flatMap(({ file, problems }) =>
      problems
        .filter(({ severity }) => severity === "fatal")
        .map(({ message, line }) => `${file}${line ? `, line ${line}` : ""}: ${message}`),
    );
    throw refuse("invalid", `None of the files could be read. ${reasons.slice(0, 5).join(" ")}`);
  }
  const sum = (count: (reading: Reading) => number) => readings.reduce((total, reading) => total + count(reading), 0);
  if (sum(({ packages }) => packages.length) > MAX_SCAN_PACKAGES || sum(({ edges }) => edges.length) > MAX_SCAN_EDGES) {
    throw refuse("invalid", "The files list more packages than one scan can hold. Keep them in several scans.");
  }
}

type NewScan = { companyId: string; userId: string | null; requestKey: string; now: Date; readings: Reading[] };

async function insertScan(tx: Transaction, { companyId, userId, requestKey, now, readings }: NewScan): Promise<string> {
  const scan = await tx.scan.create({ data: { companyId, requestKey, createdById: userId, createdAt: now } });
  for (const [position, reading] of readings.entries()) {
    const fileId = crypto.randomUUID();
    // peers are not kept: nothing that is made of a kept scan weighs them
    const usable = isFatal(reading)
      ? { ...reading, packages: [], edges: [] }
      : { ...reading, edges: ownEdges(reading) };
    await tx.$executeRaw`
      insert into "ScanFile" (id, "scanId", position, file, format, edges, problems, "packageCount")
      values (${fileId}, ${scan.id}, ${position}, ${clean(reading.file)}, ${reading.format ?? ""},
        ${`{${usable.edges.flat().join(",")}}`}::int[], ${cleanJson(reading.problems)}::jsonb, ${countOwn(usable)})`;
    for (let from = 0; from < usable.packages.length; from += ROWS_AT_ONCE)
      await insertPackages(tx, fileId, usable.packages.slice(from, from + ROWS_AT_ONCE), from);
  }
  const { files, packages } = headOf(scan.id, now, readings);
  await recordChange(tx, {
    actorId: userId,
    companyId,
    action: "scan.kept",
    after: { scanId: scan.id, files, packages },
  });
  return scan.id;
}

/**
 * Inserts packages column by column: nine times faster than row by row through the client. An empty text stands for what
 * the file does not say; funding addresses travel as JSON, since arrays of arrays must be rectangular.
 */
async function insertPackages(tx: Transaction, fileId: string, packages: Package[], from: number): Promise<void> {
  const column = (value: (found: Package) => string | undefined) => packages.map((found) => clean(value(found) ?? ""));
  await tx.$executeRaw`
    insert into "ScanPackage"
      ("fileId", position, purl, depth, scope, workspace, "firstParty", origin, repository, license, funding)
    select ${fileId}, ${from}::int + n - 1, purl, depth, scope, nullif(workspace, ''), first_party, nullif(origin, ''),
      nullif(repository, ''), nullif(license, ''),
      case when funding = '' then '{}' else array(select jsonb_array_elements_text(funding::jsonb)) end
    from unnest(
      ${column((found) => found.purl)}::text[], ${column((found) => found.depth)}::text[],
      ${column((found) => found.scope)}::text[], ${column((found) => found.workspace)}::text[],
      ${packages.map((found) => found.firstParty === true)}::boolean[], ${column((found) => found.origin)}::text[],
      ${column((found) => found.repository)}::text[], ${column((found) => found.license)}::text[],
      ${column((found) => (found.funding?.length ? cleanJson(found.funding) : ""))}::text[]
    ) with ordinality as t(purl, depth, scope, workspace, first_party, origin, repository, license, funding, n)`;
}

/** The database can hold neither a zero character nor half of a surrogate pair. */
function clean(text: string): string {
  return text.toWellFormed().replaceAll("\0", "");
}

function cleanJson(value: unknown): string {
  return JSON.stringify(value, (_, part) => (typeof part === "string" ? clean(part) : part));
}

async function findByKey(requestKey: string): Promise<ScanHead | null> {
  const scan = await db.scan.findUnique({
    where: { requestKey },
    include: { files: { select: { packageCount: true } } },
  });
  return scan && toHead(scan.id, scan.createdAt, scan.files);
}

function countOwn({ packages }: Reading): number {
  return packages.filter((found) => !found.firstParty).length;
}

function headOf(id: string, createdAt: Date, readings: readonly Reading[]): ScanHead {
  return toHead(
    id,
    createdAt,
    readings.map((reading) => ({ packageCount: isFatal(reading) ? 0 : countOwn(reading) })),
  );
}

function toHead(id: string, createdAt: Date, files: { packageCount: number }[]): ScanHead {
  return {
    id,
    createdAt,
    files: files.length,
    packages: files.reduce((sum, file) => sum + file.packageCount, 0),
  };
}

function toReading(file: ScanFile, rows: ScanPackage[]): Reading {
  const edges: [number, number][] = [];
  for (let at = 0; at + 1 < file.edges.length; at += 2) edges.push([file.edges[at]!, file.edges[at + 1]!]);
  return {
    file: file.file,
    format: file.format || null,
    problems: file.problems as Problem[],
    edges,
    packages: rows.map(toPackage),
  };
}

function toPackage(row: ScanPackage): Package {
  return {
    purl: row.purl,
    depth: row.depth as Package["depth"],
    scope: row.scope as Package["scope"],
    ...(row.workspace === null ? {} : { workspace: row.workspace }),
    ...(row.firstParty ? { firstParty: true as const } : {}),
    ...(row.origin === null ? {} : { origin: row.origin }),
    ...(row.funding.length ? { funding: row.funding } : {}),
    ...(row.repository === null ? {} : { repository: row.repository }),
    ...(row.license === null ? {} : { license: row.license }),
  };
}
