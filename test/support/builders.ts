// Builders make one thing each, through the same doors as the site where there is one. Companies they make say that
// they are samples.
import { db } from "../../lib/db.ts";
import type { Prisma } from "../../lib/generated/prisma/client.ts";
import type { PaymentForm } from "../../lib/ledger/payment.ts";
import { recordPayment } from "../../lib/ledger/store.ts";
import type { Registration } from "../../lib/pledge/registration.ts";
import { type InSameTransaction, registerCompany } from "../../lib/pledge/store.ts";
import { refreshEntry } from "../../lib/report/directory-entry-store.ts";
import { getDraft, publishReport, saveDraft } from "../../lib/report/store.ts";

/** Makes a user as one sign-in by e-mail leaves it. */
export async function buildUser(changes: Partial<Prisma.UserUncheckedCreateInput> = {}) {
  const id = crypto.randomUUID();
  const user = { id, name: "Sample Person", email: `${id}@sample.example`, emailVerified: true };
  return db.user.create({ data: { ...user, ...changes } });
}

/** Registers a sample company through the real door; the owner is made when none is named. */
export async function buildCompany({
  ownerId,
  now = new Date("2026-08-01T12:00:00Z"),
  inSameTransaction = (tx, companyId) => refreshEntry(tx, companyId, now),
  ...changes
}: Partial<Registration> & { ownerId?: string; now?: Date; inSameTransaction?: InSameTransaction } = {}) {
  const userId = ownerId ?? (await buildUser()).id;
  const slug = changes.slug ?? `sample-${crypto.randomUUID().slice(0, 8)}`;
  const registration: Registration = {
    name: "Sample Tools (a sample)",
    website: "https://sample.example/",
    country: "DE",
    fteHundredths: 1400,
    centsPerDeveloper: 200_000,
    capCents: null,
    headcountBasis: "average",
    fiscalYearEnd: { month: 12, day: 31 },
    statement: "",
    ...changes,
    slug,
  };
  const { companyId } = await registerCompany(userId, registration, {
    requestKey: crypto.randomUUID(),
    now,
    inSameTransaction,
  });
  return { companyId, slug, ownerId: userId };
}

/** Adds a person to a company's team with a role. */
export async function buildMember(
  companyId: string,
  role: string,
  changes: Partial<Prisma.UserUncheckedCreateInput> = {},
) {
  const user = await buildUser(changes);
  const { teamId } = await db.company.findUniqueOrThrow({ where: { id: companyId } });
  await db.member.create({ data: { id: crypto.randomUUID(), organizationId: teamId!, userId: user.id, role } });
  return user;
}

/** Records a sample payment of $100 through the real door; say what matters to the test. */
export async function buildPayment(companyId: string, form: PaymentForm = {}, now = new Date("2026-08-01T12:00:00Z")) {
  const change = { companyId, actorId: null, now, afterwards: refreshEntry };
  return recordPayment(change, crypto.randomUUID(), { ...samplePayment, ...form });
}

const samplePayment: PaymentForm = {
  payeeName: "Sample Maintainer",
  payeeUrl: "https://sample.example/maintainer",
  amount: "100",
  currency: "USD",
  paidOn: "2025-06-15",
  channel: "github-sponsors",
  evidenceUrl: "https://sample.example/receipt",
};

/** Writes the developers of a year into its draft and publishes it; answers the publication. */
export async function buildPublication(
  companyId: string,
  { endOn = "2025-12-31", developers = "14", now = new Date("2026-08-01T12:00:00Z"), reason = "" } = {},
) {
  const change = { companyId, actorId: null, now };
  const { version } = await getDraft(companyId, endOn, now);
  await saveDraft(change, endOn, version, { developers });
  const { hash } = await getDraft(companyId, endOn, now);
  return publishReport(change, endOn, { hash: hash!, reason });
}
