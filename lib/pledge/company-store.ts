import { randomBytes } from "node:crypto";
import type { ChangeAction } from "../audit/actions.ts";
import { recordChange } from "../audit/store.ts";
import { dateOf, dayOf } from "../day.ts";
import { db, type Transaction } from "../db.ts";
import { Prisma } from "../generated/prisma/client.ts";
import { refuse } from "../refusal.ts";
import {
  type Finding,
  judgeFile,
  judgeMailbox,
  judgeOrganisations,
  judgeRecords,
  type Organisation,
  type ProofMethod,
  proofDomain,
  proofInstructions,
} from "./domain-proof.ts";
import type { LeavingPolicy } from "./leaving.ts";
import type { Profile } from "./registration.ts";
import { type DomainAnswer, fetchProofFile, findTxtRecords } from "./sources/domain.ts";
import type { InSameTransaction } from "./store.ts";

/** Who changes what, when, and what must happen in the same transaction. */
export type CompanyAct = { userId: string; now: Date; inSameTransaction?: InSameTransaction };

/** A company as its own team sees it beside its pledge. */
export type CompanyProfile = Profile & {
  companyId: string;
  slug: string;
  provenDomain: string | null;
  provenBy: ProofMethod | null;
  withdrawnOn: string | null;
  withdrawnReason: string | null;
  logoVersion: string | null;
  hiddenReason: string | null;
  deleteAfter: Date | null;
  /** What then stays of what was published, as it was told when the deletion was asked for; null before, and in old requests. */
  leavingPolicy: LeavingPolicy | null;
};

/** Answers a company's profile. Throws Refusal "not_found". */
export async function getProfile(companyId: string): Promise<CompanyProfile> {
  const company = await db.company.findUnique({ where: { id: companyId } });
  if (!company) throw refuse("not_found", "There is no such company.");
  const { slug, name, website, country, description, provenDomain, withdrawnReason, logoVersion } = company;
  return {
    companyId,
    slug,
    name,
    website,
    country,
    description,
    provenDomain,
    provenBy: company.provenBy as ProofMethod | null,
    withdrawnOn: company.withdrawnOn && dayOf(company.withdrawnOn),
    withdrawnReason,
    logoVersion,
    hiddenReason: company.hiddenReason,
    deleteAfter: company.deleteAfter,
    leavingPolicy: company.leavingPolicy,
  };
}

/**
 * Changes name, website, country and description. A website at another domain takes the proof of the old one away.
 */
export async function changeProfile(companyId: string, profile: Profile, act: CompanyAct): Promise<void> {
  await change(companyId, act, "company.changed", async (tx, company) => {
    const keepsDomain = proofDomain(profile.website) === proofDomain(company.website);
    const proof = keepsDomain ? {} : { provenDomain: null, provenBy: null, provenAt: null };
    await tx.company.update({ where: { id: companyId }, data: { ...profile, ...proof } });
    if (company.teamId) await tx.organization.update({ where: { id: company.teamId }, data: { name: profile.name } });
    const { name, website, country, description } = company;
    return { before: { name, website, country, description }, after: profile };
  });
}

/**
 * Withdraws a pledge from today on, with the reason in the company's words. What was published stays.
 *
 * @throws Refusal "invalid" on the field `reason` when it is empty or too long
 */
export async function withdrawPledge(companyId: string, reason: string, act: CompanyAct): Promise<void> {
  const words = reason.replaceAll(/[\p{Cc}\s]+/gu, " ").trim();
  if (words === "" || [...words].length > 300) {
    const sentence = words
      ? "Use at most 300 characters."
      : "Say why, in a sentence: it is shown beside the withdrawal.";
    throw refuse("invalid", sentence, { reason: sentence });
  }
  await change(companyId, act, "pledge.withdrawn", async (tx, company) => {
    if (company.withdrawnOn) throw refuse("conflict", "This pledge is withdrawn already.");
    const withdrawnOn = dayOf(act.now);
    await tx.company.update({
      where: { id: companyId },
      data: { withdrawnOn: dateOf(withdrawnOn), withdrawnReason: words },
    });
    return { after: { withdrawnOn, reason: words } };
  });
}

/** Takes a withdrawal back; the clock of the next report goes on as if it had never been. */
export async function resumePledge(companyId: string, act: CompanyAct): Promise<void> {
  await change(companyId, act, "pledge.resumed", async (tx, company) => {
    if (!company.withdrawnOn) throw refuse("conflict", "This pledge is not withdrawn.");
    await tx.company.update({ where: { id: companyId }, data: { withdrawnOn: null, withdrawnReason: null } });
    return { before: { withdrawnOn: dayOf(company.withdrawnOn), reason: company.withdrawnReason ?? "" } };
  });
}

/** What the page of a proof shows. */
export type ProofView = {
  domain: string;
  provenBy: ProofMethod | null;
  instructions: ReturnType<typeof proofInstructions>;
  checkedAt: Date | null;
  lastFinding: string | null;
};

/** Answers what to put where to prove the website's domain; the token stays the same for this company and domain. */
export async function getProof(companyId: string): Promise<ProofView> {
  const company = await db.company.findUnique({ where: { id: companyId } });
  if (!company) throw refuse("not_found", "There is no such company.");
  const domain = proofDomain(company.website);
  const key = { companyId_domain: { companyId, domain } };
  const token = randomBytes(16).toString("hex");
  // two people may look at the page for the first time at once: whoever is second finds the first one's token
  await db.domainProof.createMany({ data: { companyId, domain, token }, skipDuplicates: true });
  const proof = await db.domainProof.findUniqueOrThrow({ where: key });
  return {
    domain,
    provenBy: company.provenDomain === domain ? (company.provenBy as ProofMethod) : null,
    instructions: proofInstructions(domain, proof.token),
    checkedAt: proof.checkedAt,
    lastFinding: proof.lastFinding,
  };
}

/** How a proof is looked for; tests put their own in place of name servers and websites. */
export type Lookers = {
  txt: typeof findTxtRecords;
  file: typeof fetchProofFile;
  /** The organisations the acting member owns; this room cannot ask for them itself. */
  organisations: () => Promise<DomainAnswer<Organisation[]>>;
};

const LOOKERS: Lookers = {
  txt: findTxtRecords,
  file: fetchProofFile,
  organisations: async () => ({ kind: "failed", reason: "GitHub is not set up here." }),
};

/**
 * Looks for the proof now. A weaker proof never replaces a stronger one of the same domain.
 *
 * @throws Refusal "conflict" when another company has proven this domain
 */
export async function checkProof(
  companyId: string,
  method: ProofMethod,
  act: CompanyAct,
  lookers: Partial<Lookers> = {},
): Promise<Finding> {
  const { domain, instructions, provenBy } = await getProof(companyId);
  const token = instructions.dns.value.split("=")[1]!;
  const finding = await look(method, domain, token, act.userId, { ...LOOKERS, ...lookers });
  await db.domainProof.update({
    where: { companyId_domain: { companyId, domain } },
    data: { checkedAt: act.now, lastFinding: finding.proven ? null : finding.sentence },
  });
  if (!finding.proven || (provenBy && STRENGTH[provenBy] >= STRENGTH[method])) return finding;
  try {
    await change(companyId, act, "company.proven", async (tx) => {
      const data = { provenDomain: domain, provenBy: method, provenAt: act.now };
      await tx.company.update({ where: { id: companyId }, data });
      return { before: { provenBy }, after: { domain, provenBy: method } };
    });
  } catch (error) {
    if (!(error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002")) throw error;
    throw refuse(
      "conflict",
      `Another company here has proven ${domain}. Write to the administrator of this site to settle it.`,
    );
  }
  return finding;
}

const STRENGTH: Record<ProofMethod, number> = { mailbox: 1, github: 2, file: 3, dns: 4 };

async function look(
  method: ProofMethod,
  domain: string,
  token: string,
  userId: string,
  lookers: Lookers,
): Promise<Finding> {
  if (method === "mailbox") {
    const user = await db.user.findUniqueOrThrow({ where: { id: userId } });
    return judgeMailbox(domain, user.email, user.emailVerified);
  }
  if (method === "github") {
    const organisations = await lookers.organisations();
    return organisations.kind === "failed"
      ? { proven: false, sentence: organisations.reason }
      : judgeOrganisations(domain, organisations.value);
  }
  const { dns, file } = proofInstructions(domain, token);
  if (method === "dns") {
    const records = await lookers.txt(dns.name);
    return records.kind === "failed"
      ? { proven: false, sentence: records.reason }
      : judgeRecords(domain, records.value, token);
  }
  const answer = await lookers.file(file.url);
  return answer.kind === "failed" ? { proven: false, sentence: answer.reason } : judgeFile(domain, answer.value, token);
}

type CompanyRow = Prisma.CompanyGetPayload<object>;
type Recorded = { before?: Prisma.InputJsonObject; after?: Prisma.InputJsonObject };

/** One change of a company: locked, written down, and followed by what must happen with it. */
async function change(
  companyId: string,
  { userId, inSameTransaction }: CompanyAct,
  action: ChangeAction,
  work: (tx: Transaction, company: CompanyRow) => Promise<Recorded>,
): Promise<void> {
  await db.$transaction(async (tx) => {
    await tx.$queryRaw`select id from "Company" where id = ${companyId} for update`;
    const company = await tx.company.findUnique({ where: { id: companyId } });
    if (!company) throw refuse("not_found", "There is no such company.");
    await recordChange(tx, { actorId: userId, companyId, action, ...(await work(tx, company)) });
    await inSameTransaction?.(tx, companyId);
  });
}
