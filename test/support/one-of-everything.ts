import { db } from "../../lib/db.ts";
import { buildCompany, buildMember, buildPayment, buildPublication } from "./builders.ts";

const on = new Date("2026-01-01");

/** What tells that a row of a table is in a text, where it is not "mark of" and the table's name. */
export const MARKS: Record<string, string> = {
  Member: "member-of-everything@sample.example",
  ReminderStop: "stops-of-everything@sample.example",
  StackMail: "wants-of-everything@sample.example",
  PlanBallot: "mark of PlanBallot",
  CompanyLogo: "mark of CompanyLogo",
};

/**
 * Makes a company that has a row in every table a company can have rows in, each with its mark; secrets say "a secret of".
 * The tests that use it find the tables in the schema, so a new table fails them until it is filled here.
 */
export async function oneOfEverything(): Promise<{ companyId: string; slug: string; ownerId: string }> {
  const made = await buildCompany({ slug: `everything-${crypto.randomUUID().slice(0, 8)}` });
  const { companyId, ownerId } = made;
  const mark = (table: string) => `mark of ${table}`;
  const secret = (table: string) => `a secret of ${table} ${crypto.randomUUID()}`;
  const { teamId } = await db.company.update({
    where: { id: companyId },
    data: {
      description: mark("Company"),
      calendarToken: secret("Company"),
      webhookUrl: "https://hooks.sample.example",
      webhookSecret: secret("Company"),
    },
  });
  await db.organization.update({ where: { id: teamId! }, data: { name: mark("Organization") } });
  await buildMember(companyId, "viewer", { email: MARKS.Member! });
  const stops = await buildMember(companyId, "owner", { email: MARKS.ReminderStop! });
  const wants = await buildMember(companyId, "viewer", { email: MARKS.StackMail! });
  await db.invitation.create({
    data: {
      id: crypto.randomUUID(),
      organizationId: teamId!,
      email: mark("Invitation"),
      role: "viewer",
      status: "pending",
      expiresAt: on,
      inviterId: ownerId,
    },
  });
  await db.pledge.updateMany({ where: { companyId }, data: { statement: mark("Pledge") } });
  await db.formerPledgeStep.create({
    data: {
      companyId,
      effectiveOn: on,
      centsPerDeveloper: 1n,
      fteHundredths: 100,
      headcountBasis: "average",
      announcedAt: on,
      endedAt: on,
      endedById: mark("FormerPledgeStep"),
      wasReplaced: true,
    },
  });
  await db.domainProof.create({
    data: { companyId, domain: "sample.example", token: secret("DomainProof"), lastFinding: mark("DomainProof") },
  });
  await db.companyLogo.create({ data: { companyId, size: 64, version: "1", webp: Buffer.from(mark("CompanyLogo")) } });
  await db.reminderSent.create({ data: { companyId, kind: mark("ReminderSent"), anchorOn: on } });
  await db.reminderStop.create({ data: { companyId, userId: stops.id } });
  await db.stackMail.create({ data: { companyId, userId: wants.id } });
  await db.scanToken.create({ data: { companyId, name: mark("ScanToken"), tokenHash: secret("ScanToken") } });
  await db.githubConnection.create({
    data: { companyId, owner: mark("GithubConnection"), sealedToken: secret("GithubConnection") },
  });
  const scan = await db.scan.create({
    data: {
      companyId,
      createdById: mark("Scan"),
      files: {
        create: {
          position: 0,
          file: mark("ScanFile"),
          format: "package-lock",
          edges: [],
          problems: [],
          packageCount: 1,
          packages: {
            create: { position: 0, purl: mark("ScanPackage"), depth: "direct", scope: "runtime", funding: [] },
          },
        },
      },
    },
  });
  await db.fundingRun.create({
    data: {
      companyId,
      scanId: scan.id,
      purpose: mark("FundingRun"),
      packages: [],
      batches: { create: { stage: 0, position: 0, source: mark("FundingBatch"), subjects: [] } },
    },
  });
  const payment = await buildPayment(companyId, { payeeName: mark("Payment"), note: mark("PaymentEvent") });
  await db.paymentEvidence.create({
    data: {
      paymentId: payment.id,
      grade: "D",
      kind: "document",
      sha256: "0".repeat(64),
      content: Buffer.from(mark("PaymentEvidence")),
      seenAt: on,
    },
  });
  await db.paymentImport.create({
    data: {
      companyId,
      format: "csv",
      fileName: mark("PaymentImport"),
      fileHash: "0",
      options: {},
      lines: {
        create: { position: 0, line: 2, key: "k", facts: {}, countedCents: 1n, paymentId: crypto.randomUUID() },
      },
    },
  });
  await db.importMapping.create({ data: { companyId, name: mark("ImportMapping"), mapping: {} } });
  await db.keptTwins.create({
    data: { a: `a ${companyId}`, b: `b ${companyId}`, companyId, decidedById: mark("KeptTwins") },
  });
  await db.headcountSnapshot.create({
    data: { companyId, fromOn: on, fteHundredths: 100, note: mark("HeadcountSnapshot") },
  });
  await buildPublication(companyId);
  await db.publication.updateMany({ where: { companyId }, data: { reason: mark("Publication") } });
  await db.reportDraft.updateMany({ where: { companyId }, data: { statement: mark("ReportDraft") } });
  const plan = await db.planVersion.create({
    data: {
      companyId,
      number: 1,
      requestKey: "one",
      period: "2026",
      note: mark("PlanVersion"),
      inputs: {},
      result: {},
      methodVersion: "1",
      budgetCents: 1n,
      paidCents: 1n,
      heldCents: 0n,
      payeeCount: 1,
    },
  });
  await db.scheduledPayment.create({
    data: {
      planId: plan.id,
      companyId,
      position: 0,
      payee: "somebody",
      payeeName: mark("ScheduledPayment"),
      cents: 1n,
      rail: "other",
      account: "",
      reason: "",
      payOn: on,
    },
  });
  await db.planBallot.create({
    data: { companyId, period: "2026", subject: mark("PlanBallot"), voterId: ownerId, multiplier: 1 },
  });
  await db.planNomination.create({
    data: { companyId, period: "2026", name: mark("PlanNomination"), url: "https://sample.example", reason: "" },
  });
  await db.auditEntry.create({ data: { companyId, action: mark("AuditEntry") } });
  return made;
}
