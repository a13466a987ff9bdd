import { Readable } from "node:stream";
import { createGzip } from "node:zlib";
import { dayOf } from "../day.ts";
import { db } from "../db.ts";
import { refuse } from "../refusal.ts";
import { TAR_END, tarEntry } from "./tar.ts";

/**
 * What of each table is in a company's archive, by the table's name in the schema: the file, or why it is left out. A test
 * finds every table that belongs to a company, so that a new one cannot be forgotten here.
 */
export const IN_ARCHIVE: Readonly<Record<string, { file: string } | { leftOut: string }>> = {
  Company: { file: "company" },
  Pledge: { file: "pledges" },
  FormerPledgeStep: { file: "former-steps" },
  DomainProof: { file: "domain-proofs" },
  CompanyLogo: { file: "logo.webp" },
  ReminderSent: { file: "reminders" },
  ReminderStop: { file: "reminders" },
  StackMail: { file: "reminders" },
  ScanToken: { file: "connections" },
  GithubConnection: { file: "connections" },
  Organization: { file: "team" },
  Member: { file: "team" },
  Invitation: { file: "team" },
  Scan: { file: "scans/" },
  ScanFile: { file: "scans/" },
  ScanPackage: { file: "scans/" },
  FundingRun: { file: "asking" },
  FundingBatch: { file: "asking" },
  PlanVersion: { file: "plans" },
  ScheduledPayment: { file: "scheduled-payments" },
  PlanBallot: { file: "votes" },
  PlanNomination: { file: "votes" },
  Payment: { file: "payments" },
  PaymentEvent: { file: "payments" },
  PaymentEvidence: { file: "evidence/" },
  PaymentImport: { file: "imports" },
  ImportLine: { leftOut: "it is what was read of a waiting file, which is in imports" },
  ImportMapping: { file: "imports" },
  KeptTwins: { file: "imports" },
  HeadcountSnapshot: { file: "developers" },
  ReportDraft: { file: "drafts" },
  Publication: { file: "reports" },
  AuditEntry: { file: "changes" },
  DirectoryEntry: { leftOut: "it is derived from the pledge, the payments and the reports, which are all there" },
};

/**
 * Exports everything this site knows of a company as one archive (tar, gzipped): a JSON file for each kind of thing, one
 * for each scan, the logo, and each document that proves a payment. Money is in minor units beside its currency, developers
 * in hundredths. Tokens and secrets are left out: they open doors, and whoever has the archive need not have them. Nothing
 * is held in memory but one file at a time.
 *
 * @throws Refusal "not_found"
 */
export async function exportCompany(companyId: string, now: Date): Promise<{ name: string; archive: ReadableStream }> {
  const company = await db.company.findUnique({
    where: { id: companyId },
    omit: { calendarToken: true, requestKey: true, webhookSecret: true },
  });
  if (!company) throw refuse("not_found", "There is no such company.");
  const folder = `${company.slug}-${dayOf(now)}`;
  const entries = Readable.from(archiveOf(companyId, company, folder, now));
  const archive = Readable.toWeb(entries.pipe(createGzip())) as ReadableStream;
  return { name: `${folder}.tar.gz`, archive };
}

async function* archiveOf(companyId: string, company: object, folder: string, now: Date): AsyncGenerator<Buffer> {
  const json = (name: string, value: unknown) => tarEntry(`${folder}/${name}.json`, Buffer.from(jsonText(value)), now);
  yield json("company", company);
  for (const [name, read] of Object.entries(FILES)) yield json(name, await read(companyId));
  for (const { id, createdAt } of await scansOf(companyId))
    yield json(`scans/${dayOf(createdAt)}-${id.slice(0, 8)}`, await readScan(id));
  yield* evidenceOf(companyId, folder, now);
  const logo = await db.companyLogo.findFirst({ where: { companyId }, orderBy: { size: "desc" } });
  if (logo) yield tarEntry(`${folder}/logo.webp`, logo.webp, now);
  yield TAR_END;
}

const person = { select: { name: true, email: true } } as const;

/** The JSON files that are one each, by name, and how each is read. */
const FILES: Record<string, (companyId: string) => Promise<unknown>> = {
  pledges: (companyId) => db.pledge.findMany({ where: { companyId }, orderBy: { effectiveOn: "asc" } }),
  "former-steps": (companyId) => db.formerPledgeStep.findMany({ where: { companyId }, orderBy: { endedAt: "asc" } }),
  "domain-proofs": (companyId) => db.domainProof.findMany({ where: { companyId }, omit: { token: true } }),
  team: (companyId) =>
    db.organization.findFirst({
      where: { company: { id: companyId } },
      select: {
        name: true,
        slug: true,
        createdAt: true,
        members: { select: { role: true, createdAt: true, user: person } },
        invitations: {
          select: { email: true, role: true, status: true, createdAt: true, expiresAt: true, inviter: person },
        },
      },
    }),
  reminders: async (companyId) => ({
    sent: await db.reminderSent.findMany({ where: { companyId }, orderBy: { sentAt: "asc" } }),
    stopped: await db.reminderStop.findMany({ where: { companyId }, include: { user: person } }),
    stackMails: await db.stackMail.findMany({ where: { companyId }, include: { user: person } }),
  }),
  connections: async (companyId) => ({
    github: await db.githubConnection.findUnique({ where: { companyId }, omit: { sealedToken: true } }),
    scanTokens: await db.scanToken.findMany({ where: { companyId }, omit: { tokenHash: true } }),
  }),
  asking: (companyId) =>
    db.fundingRun.findMany({
      where: { companyId },
      // the packages asked about are those of the scans
      omit: { packages: true, requestKey: true },
      include: { batches: { orderBy: [{ stage: "asc" }, { position: "asc" }] } },
      orderBy: { createdAt: "asc" },
    }),
  plans: (companyId) => db.planVersion.findMany({ where: { companyId }, orderBy: { number: "asc" } }),
  "scheduled-payments": (companyId) =>
    db.scheduledPayment.findMany({ where: { companyId }, orderBy: [{ planId: "asc" }, { position: "asc" }] }),
  votes: async (companyId) => ({
    ballots: await db.planBallot.findMany({
      where: { companyId },
      include: { voter: person },
      orderBy: { votedAt: "asc" },
    }),
    nominations: await db.planNomination.findMany({ where: { companyId }, orderBy: { createdAt: "asc" } }),
  }),
  payments: (companyId) =>
    db.payment.findMany({
      where: { companyId },
      include: { events: { orderBy: { version: "asc" } } },
      orderBy: { paidOn: "asc" },
    }),
  imports: async (companyId) => ({
    imports: await db.paymentImport.findMany({ where: { companyId }, orderBy: { createdAt: "asc" } }),
    mappings: await db.importMapping.findMany({ where: { companyId } }),
    keptTwins: await db.keptTwins.findMany({ where: { companyId } }),
  }),
  developers: (companyId) => db.headcountSnapshot.findMany({ where: { companyId }, orderBy: { fromOn: "asc" } }),
  drafts: (companyId) => db.reportDraft.findMany({ where: { companyId }, orderBy: { periodEndOn: "asc" } }),
  reports: (companyId) => db.publication.findMany({ where: { companyId }, orderBy: { publishedAt: "asc" } }),
  changes: (companyId) => db.auditEntry.findMany({ where: { companyId }, orderBy: { at: "asc" } }),
};

function scansOf(companyId: string) {
  return db.scan.findMany({
    where: { companyId },
    select: { id: true, createdAt: true },
    orderBy: { createdAt: "asc" },
  });
}

function readScan(id: string) {
  return db.scan.findUnique({
    where: { id },
    omit: { requestKey: true },
    include: {
      files: {
        include: { packages: { orderBy: { position: "asc" }, omit: { fileId: true } } },
        orderBy: { position: "asc" },
      },
    },
  });
}

/** Each document with what it is and which payment it proves; the document itself beside it, under its own hash. */
async function* evidenceOf(companyId: string, folder: string, now: Date): AsyncGenerator<Buffer> {
  const where = { payment: { companyId } };
  const all = await db.paymentEvidence.findMany({ where, omit: { content: true }, orderBy: { seenAt: "asc" } });
  if (all.length === 0) return;
  const nameOf = (one: { id: string; sha256: string }) => `${one.id.slice(0, 8)}-${one.sha256.slice(0, 16)}`;
  const listed = all.map((one) => ({ ...one, document: `evidence/${nameOf(one)}` }));
  yield tarEntry(`${folder}/evidence/all.json`, Buffer.from(jsonText(listed)), now);
  for (const one of all) {
    const kept = await db.paymentEvidence.findUnique({ where: { id: one.id }, select: { content: true } });
    if (kept) yield tarEntry(`${folder}/evidence/${nameOf(one)}`, kept.content, now);
  }
}

function jsonText(value: unknown): string {
  return JSON.stringify(value, (_, part) => (typeof part === "bigint" ? Number(part) : part), 2);
}
