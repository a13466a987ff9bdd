// Companies for the walk through every door: a team of four and one of everything that a door may lead to.
import { db } from "../../lib/db.ts";
import { addDocument } from "../../lib/ledger/evidence-store.ts";
import { openImport } from "../../lib/ledger/imports/store.ts";
import { defaultInputs } from "../../lib/plan/inputs.ts";
import { acceptPlan } from "../../lib/plan/schedule-store.ts";
import { savePlan } from "../../lib/plan/store.ts";
import { setLogo } from "../../lib/pledge/logo-store.ts";
import { amendPledge } from "../../lib/pledge/store.ts";
import { saveHeadcount } from "../../lib/report/headcount-store.ts";
import { getDraft, saveDraft } from "../../lib/report/store.ts";
import { keepScan } from "../../lib/stack/store.ts";
import { buildCompany, buildPayment, buildPublication } from "./builders.ts";
import { bankExport, githubReport, thanksDevDonors } from "./mixed-rails.ts";

/** Who belongs to the team; the guest is one more viewer, for others to act upon. */
export type Team = { owner: string } & Partial<Record<"editor" | "finance" | "viewer" | "guest", string>>;

/** A company of the walk, with the ids of what was built into it; what was not built has an empty id. */
export type WalkedCompany = {
  id: string;
  slug: string;
  teamId: string;
  ids: Record<
    "scan" | "earlier" | "payment" | "evidence" | "imported" | "columns" | "donors" | "publication",
    string
  > & {
    plan: number;
  };
};

/** Words in everything that is for the team only: no public page may ever hold them. */
export const SECRET = "kept-to-ourselves";

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);

/** A logo small enough to type. */
export const logo = () =>
  new Blob(['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>']);

/** Puts something into a company; what it leads to by an id is written down in `ids`. */
type Build = (company: WalkedCompany, team: Team, now: Date) => Promise<unknown>;

const PARTS = {
  invitation: ({ teamId }, { owner }) => {
    const invited = { email: `invited@${SECRET}.example`, role: "viewer", status: "pending", expiresAt: inTenDays() };
    return db.invitation.create({
      data: { id: crypto.randomUUID(), organizationId: teamId, inviterId: owner, ...invited },
    });
  },
  scans: async ({ id, ids }, _, now) => {
    ids.earlier = await keep(id, "one", 2, now);
    ids.scan = await keep(id, "two", 1, now);
  },
  // over before it began: nothing goes on in the background while the walk looks for changes
  asked: ({ id, ids }, _, now) =>
    db.fundingRun.create({
      data: { purpose: "scan", companyId: id, scanId: ids.scan, packages: [], finishedAt: now, createdAt: now },
    }),
  token: ({ id }) => db.scanToken.create({ data: { companyId: id, name: SECRET, tokenHash: crypto.randomUUID() } }),
  payment: async ({ id, ids }, _, now) => {
    ids.payment = (await buildPayment(id, { note: SECRET, evidenceUrl: "" }, now)).id;
  },
  evidence: async ({ id, ids }, { owner }, now) => {
    const change = { companyId: id, actorId: owner, now, afterwards: async () => {} };
    await addDocument(change, ids.payment, { fileName: `${SECRET}.png`, content: new Uint8Array(PNG) });
    ids.evidence = (await db.paymentEvidence.findFirstOrThrow({ where: { paymentId: ids.payment } })).id;
  },
  // loopback is never asked: the answer comes at once, and from nobody
  page: ({ ids }) =>
    db.payment.update({ where: { id: ids.payment }, data: { evidenceUrl: "https://127.0.0.1/receipt" } }),
  twins: async ({ id }, _, now) => {
    const one = { payeeName: "Sample Twin", amount: "40", paidOn: "2025-06-10", evidenceUrl: "" };
    await buildPayment(id, { ...one, channel: "github-sponsors" }, now);
    await buildPayment(id, { ...one, channel: "open-collective", paidOn: "2025-06-12" }, now);
  },
  euros: ({ id }, _, now) => buildPayment(id, { currency: "EUR", paidOn: "2025-06-11" }, now),
  imports: async ({ id, ids }, { owner }, now) => {
    const open = (text: string) =>
      openImport({ companyId: id, actorId: owner, now }, { fileName: `${SECRET}.csv`, text });
    ids.imported = await open(githubReport());
    ids.columns = await open(bankExport());
    ids.donors = await open(thanksDevDonors());
  },
  headcount: ({ id }, { owner }, now) =>
    saveHeadcount({ companyId: id, actorId: owner, now }, { fromOn: "2025-01-01", developers: "12" }),
  draft: async ({ id }, _, now) => {
    const { version } = await getDraft(id, "2025-12-31", now);
    await saveDraft({ companyId: id, actorId: null, now }, "2025-12-31", version, { developers: "14" });
  },
  publication: async ({ id, ids }, _, now) => {
    ids.publication = (await buildPublication(id, { now })).id;
  },
  plan: async (company, { owner }, now) => {
    await savedPlan(company, owner, now);
    await savedPlan(company, owner, now);
  },
  thirdPlan: (company, { owner }, now) => savedPlan(company, owner, now),
  accepted: ({ id, ids }, { owner }, now) =>
    acceptPlan({ companyId: id, userId: owner, now }, ids.plan, inTenDays().toISOString().slice(0, 10)),
  step: ({ id }, { owner }, now) =>
    amendPledge(
      id,
      {
        effectiveOn: inTenDays().toISOString().slice(0, 10),
        fteHundredths: 1500,
        centsPerDeveloper: 250_000,
        capCents: null,
        headcountBasis: "average",
        statement: "",
      },
      { userId: owner, now },
    ),
  logo: async ({ id }, { owner }, now) =>
    setLogo(id, new Uint8Array(await logo().arrayBuffer()), { userId: owner, now }),
  github: ({ id }) => db.githubConnection.create({ data: { companyId: id, owner: "sample-org", sealedToken: "x" } }),
  webhook: ({ id }) => {
    const webhook = { webhookUrl: `https://hooks.${SECRET}.example/`, webhookSecret: SECRET };
    return db.company.update({ where: { id }, data: webhook });
  },
  withdrawal: ({ id }, _, now) =>
    db.company.update({ where: { id }, data: { withdrawnOn: now, withdrawnReason: "A sample reason" } }),
  deletion: ({ id }) => db.company.update({ where: { id }, data: { deleteAfter: inTenDays() } }),
} satisfies Record<string, Build>;

/** Something a company may have; those named later may need those before. */
export type Part = keyof typeof PARTS;

/** Everything a page may show; what ends a pledge or a company stands apart. */
export const EVERYTHING = (Object.keys(PARTS) as Part[]).filter(
  (part) => !["withdrawal", "deletion", "page", "thirdPlan"].includes(part),
);

/** Builds a company with its team and the parts that are asked for, in the order of the list above. */
export async function buildWalked(team: Team, parts: readonly Part[], named: { name?: string; slug?: string } = {}) {
  const now = new Date();
  const { companyId: id, slug } = await buildCompany({ ownerId: team.owner, ...named });
  const { teamId } = await db.company.findUniqueOrThrow({ where: { id } });
  const others = (["editor", "finance", "viewer", "guest"] as const).flatMap((who, index) => {
    const role = who === "guest" ? "viewer" : who;
    // the page lists them by this: the guest is last, whose form the walk takes
    const createdAt = new Date(now.getTime() + 60_000 * (index + 1));
    const userId = team[who];
    return userId ? [{ id: crypto.randomUUID(), organizationId: teamId!, userId, role, createdAt }] : [];
  });
  await db.member.createMany({ data: others });
  const none = { scan: "", earlier: "", payment: "", evidence: "", imported: "", columns: "", donors: "" };
  const company: WalkedCompany = { id, slug, teamId: teamId!, ids: { ...none, publication: "", plan: 0 } };
  for (const part of Object.keys(PARTS) as Part[])
    if (parts.includes(part)) await (PARTS[part] as Build)(company, team, now);
  return company;
}

/** The plan a form sends, made from nothing but defaults. */
export const planInputs = () => ({ ...defaultInputs(100_000, "2026"), capShare: 1 });

/** A lockfile of one package that can be paid, and one whose name is nobody's business. */
export function lockfile(name: string): string {
  return JSON.stringify({
    name: "sample",
    lockfileVersion: 3,
    packages: {
      "": { name: "sample", dependencies: { [name]: "^1.0.0", [`@${SECRET}/inside`]: "^1.0.0" } },
      [`node_modules/${name}`]: { version: "1.0.0", funding: "https://github.com/sponsors/sample-maintainer" },
      [`node_modules/@${SECRET}/inside`]: { version: "1.0.0" },
    },
  });
}

async function savedPlan({ id, ids }: WalkedCompany, userId: string, now: Date): Promise<void> {
  const form = { scanId: ids.scan, note: SECRET, inputs: planInputs() };
  ids.plan = (await savePlan({ companyId: id, userId, now }, crypto.randomUUID(), form)).number;
}

async function keep(companyId: string, name: string, daysAgo: number, now: Date): Promise<string> {
  const files = new Map([["package-lock.json", lockfile(name)]]);
  const at = new Date(now.getTime() - 86_400_000 * daysAgo);
  return (await keepScan(companyId, files, { userId: null, requestKey: crypto.randomUUID(), now: at })).id;
}

const inTenDays = () => new Date(Date.now() + 864_000_000);

let parts: Promise<string> | undefined;

/**
 * Everything the database holds of a company, as one text: any change at all shows. The tables are found by their keys:
 * those that name a company or its team, those that hang on one of these, and so on.
 */
export async function fingerprint({ id, teamId }: Pick<WalkedCompany, "id" | "teamId">): Promise<string> {
  parts ??= ownedTables();
  const [sum] = await db.$queryRawUnsafe<{ sum: string }[]>(
    `select md5(string_agg(t || row, ';' order by t, row)) as sum from (${await parts}) all_of_it`,
    id,
    teamId,
  );
  return sum!.sum;
}

async function ownedTables(): Promise<string> {
  const keys = await db.$queryRaw<{ child: string; column: string; parent: string }[]>`
    select c.conrelid::regclass::text as child, a.attname as column, c.confrelid::regclass::text as parent
    from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'f' and c.connamespace = 'public'::regnamespace and array_length(c.conkey, 1) = 1`;
  const conditions = new Map([
    ['"Company"', ["x.id = $1"]],
    ["organization", ["x.id = $2"]],
  ]);
  const walk = (parent: string, where: string, seen: readonly string[]) => {
    for (const key of keys.filter((one) => one.parent === parent && !seen.includes(one.child))) {
      const condition = `x."${key.column}" in (select x.id from ${parent} x where ${where})`;
      conditions.set(key.child, [...(conditions.get(key.child) ?? []), condition]);
      walk(key.child, condition, [...seen, key.child]);
    }
  };
  walk('"Company"', "x.id = $1", ['"Company"']);
  walk("organization", "x.id = $2", ["organization", '"Company"']);
  return [...conditions]
    .map(([table, any]) => `select '${table}' as t, x::text as row from ${table} x where ${any.join(" or ")}`)
    .join(" union all ");
}
