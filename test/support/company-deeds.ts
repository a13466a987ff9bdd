// The table of a company's actions: which question of the table of permissions lets somebody do it, and how it is done.
import type { Question, Role } from "../../lib/auth/permissions.ts";
import { COMPANY_PAGES } from "./company-doors.ts";
import { logo, type Part, planInputs, type WalkedCompany } from "./walk-company.ts";

/** Something a page lets one do. */
export type Deed = {
  asks: Question;
  /** The page its form stands on. */
  page: keyof typeof COMPANY_PAGES;
  /** The button's words; none where there is no form without JavaScript, and `args` says what its script sends. */
  button?: string | RegExp;
  args?: (company: WalkedCompany) => unknown[];
  /** Which of several such forms; the last one unless said otherwise. */
  first?: true;
  fields?: Record<string, string | Blob>;
  /** What the company has, so that the form is there. */
  has?: Part[];
  /** Which ids the page is opened with, where there are several. */
  opened?: (ids: WalkedCompany["ids"]) => string;
  /** Roles that may ask and are refused for another reason, with its sentence. */
  but?: { role: Role; told: RegExp };
  /** What is answered to whom it is let, where nothing changes: the outside world of these tests answers nobody. */
  told?: RegExp;
  /** What it names belongs to the company: another company's must not be reached. Its refusal, where it is no usual one. */
  names?: true | RegExp;
};

const payment = {
  payeeName: "Sample Two",
  amount: "7",
  currency: "USD",
  paidOn: "2025-07-01",
  channel: "github-sponsors",
};
const later = () => new Date(Date.now() + 864_000_000).toISOString().slice(0, 10);

const columns = {
  "column-paidOn": "Buchungsdatum",
  "column-payeeName": "Empfänger",
  "column-amount": "Betrag",
  currency: "EUR",
  channel: "bank-transfer",
  decimal: ",",
};

const pledgeFile = JSON.stringify({
  name: "Sample",
  urlSquareLogoWithBackground: "https://sample.example/logo.svg",
  datePledged: "2024-01-01",
  description: "A sample.",
  annualReports: [
    {
      dateYearEnding: "2024-12-31",
      url: "https://sample.example/report",
      averageNumberOfDevs: 14,
      payments: 28_000,
      monetaryValueOfTime: 0,
      monetaryValueOfMaterials: 0,
    },
  ],
});

/** Actions below `/account/[slug]`, by the folder they are in and their name. */
export const COMPANY_DEEDS: Record<string, Deed> = {
  "/members invite": {
    asks: "canManageMembers",
    page: "/members",
    button: "Send the invitation",
    fields: { email: "new@permissions.example", role: "viewer" },
  },
  "/members cancel": {
    asks: "canManageMembers",
    page: "/members",
    button: "Take back",
    has: ["invitation"],
    names: true,
  },
  "/members giveRole": {
    asks: "canManageMembers",
    page: "/members",
    button: "Change the role",
    fields: { role: "finance" },
    names: true,
  },
  "/members remove": { asks: "canManageMembers", page: "/members", button: "Remove from the team", names: true },
  "/members handOver": { asks: "canManageMembers", page: "/members", button: "Hand the company over", names: true },
  "/members leave": {
    asks: "canViewCompany",
    page: "/members",
    button: "Leave the team",
    but: { role: "owner", told: /must keep an owner/ },
  },
  "/payments record": {
    asks: "canRecordPayment",
    page: "/payments",
    button: "Record the payment",
    fields: payment,
  },
  "/payments amend": {
    asks: "canRecordPayment",
    page: "/payments/[id]",
    button: "Save the correction",
    fields: payment,
    has: ["payment"],
    names: true,
  },
  "/payments assess": {
    asks: "canRecordPayment",
    page: "/payments/[id]",
    button: "Save the rule",
    fields: { rule: "foundation", partAmount: "", ruleNote: "A sample reason" },
    has: ["payment"],
    names: true,
  },
  "/payments makeVoid": {
    asks: "canRecordPayment",
    page: "/payments/[id]",
    button: "Void the payment",
    fields: { reason: "Entered twice" },
    has: ["payment"],
    names: true,
  },
  "/payments keepPageNow": {
    asks: "canRecordPayment",
    page: "/payments/[id]",
    button: "Keep the page as it is today",
    has: ["payment", "page"],
    told: /127\.0\.0\.1/,
    names: true,
  },
  "/payments convert": {
    asks: "canRecordPayment",
    page: "/payments",
    button: "Use the European Central Bank’s rates",
    has: ["euros"],
    told: /Nothing was changed; try again later\./,
  },
  "/payments decideTwins": {
    asks: "canRecordPayment",
    page: "/payments/twins",
    button: "One dollar: void the second",
    fields: { decision: "void-b" },
    has: ["twins"],
    names: /^Somebody changed one of the two meanwhile/,
  },
  "/payments/import askOpenCollective": {
    asks: "canRecordPayment",
    page: "/payments/import",
    button: "Ask Open Collective",
    fields: { account: "sample-company", from: "2025-01-01", to: "2025-12-31" },
    told: /Nothing was taken in; try again later\./,
  },
  "/payments/import askGithubSponsors": {
    asks: "canRecordPayment",
    page: "/payments/import",
    button: "Ask GitHub",
    fields: { login: "sample-co", token: "sample-token-of-enough-length", since: "2025-01-01", until: "2025-12-31" },
    told: /GitHub knows no such account/,
  },
  "/payments/import setKind": {
    asks: "canRecordPayment",
    page: "/payments/import/[id]",
    button: "Read it as this",
    fields: { format: "csv" },
    has: ["imports"],
    names: true,
  },
  "/payments/import setColumns": {
    asks: "canRecordPayment",
    page: "/payments/import/[id]",
    opened: ({ columns: id }) => `/payments/import/${id}`,
    button: "Use these columns",
    fields: columns,
    has: ["imports"],
    names: true,
  },
  "/payments/import setOptions": {
    asks: "canRecordPayment",
    page: "/payments/import/[id]",
    opened: ({ donors }) => `/payments/import/${donors}`,
    button: "Show its lines",
    fields: { payeeName: "Sample Maintainer", payeeUrl: "", payer: "Sample Co" },
    has: ["imports"],
    names: true,
  },
  "/payments/import write": {
    asks: "canRecordPayment",
    page: "/payments/import/[id]",
    button: /Add (the|\d+) payments?$/,
    has: ["imports"],
    names: true,
  },
  "/payments/import discard": {
    asks: "canRecordPayment",
    page: "/payments/import/[id]",
    button: /Discard/,
    has: ["imports"],
    names: true,
  },
  "/plan save": {
    asks: "canEditPlan",
    page: "/plan",
    args: ({ slug, ids }) => [
      slug,
      { scanId: ids.scan, requestKey: crypto.randomUUID(), note: "A sample", inputs: planInputs() },
    ],
    has: ["scans"],
    names: true,
  },
  "/plan accept": {
    asks: "canAcceptPlan",
    page: "/plan/versions/[number]",
    button: "Accept this version",
    fields: { payOn: later() },
    has: ["scans", "plan", "thirdPlan"],
    names: true,
  },
  "/plan end": {
    asks: "canAcceptPlan",
    page: "/plan/versions/[number]",
    button: "Take it back",
    has: ["scans", "plan", "thirdPlan", "accepted"],
    names: true,
  },
  "/plan recordPaid": {
    asks: "canRecordPayment",
    page: "/plan/versions/[number]",
    button: "Record them",
    fields: { paidOn: new Date().toISOString().slice(0, 10), evidenceUrl: "" },
    has: ["scans", "plan", "thirdPlan", "accepted"],
    names: true,
  },
  "/plan vote": {
    asks: "canVote",
    page: "/plan/votes",
    button: "Keep my ballot",
    fields: { multiplier: "2" },
    has: ["scans"],
  },
  "/plan nominateIt": {
    asks: "canVote",
    page: "/plan/votes",
    button: "Nominate it",
    fields: { name: "Sample Tool", url: "", reason: "We use it every day." },
    has: ["scans"],
  },
  "/report save": {
    asks: "canEditReport",
    page: "/report/[year]",
    button: "Save the draft",
    fields: { developers: "13" },
    has: ["draft"],
  },
  "/report publish": {
    asks: "canPublishReport",
    page: "/report/[year]",
    button: "Publish the report",
    has: ["payment", "draft"],
  },
  "/report withdraw": {
    asks: "canPublishReport",
    page: "/report/[year]",
    button: "Withdraw the report",
    fields: { withdrawReason: "A sample reason" },
    has: ["payment", "publication"],
    names: true,
  },
  "/report addHeadcount": {
    asks: "canEditReport",
    page: "/report/headcount",
    button: "Save the snapshot",
    fields: { fromOn: "2025-02-01", developers: "12" },
  },
  "/report dropHeadcount": {
    asks: "canEditReport",
    page: "/report/headcount",
    button: "take back",
    has: ["headcount"],
  },
  "/report/history look": {
    asks: "canPublishReport",
    page: "/report/history",
    button: "Look at what it says",
    fields: { address: "", pasted: pledgeFile },
    told: /Nothing is written yet|"found"/,
  },
  "/report/history take": {
    asks: "canPublishReport",
    page: "/report/history",
    args: ({ slug }) => [slug, {}],
    fields: { text: pledgeFile, source: "pasted text" },
  },
  "/scans ask": {
    asks: "canKeepScan",
    page: "/scans/[id]",
    button: "Agree and ask",
    has: ["scans"],
    names: true,
  },
  "/scans remove": { asks: "canKeepScan", page: "/scans/[id]", button: "Delete the scan", has: ["scans"], names: true },
  "/scans savePayees": {
    asks: "canKeepScan",
    page: "/scans",
    button: "Save",
    first: true,
    fields: { ownAccounts: "sample-org", firstRail: "" },
    has: ["scans"],
  },
  "/scans chooseMail": {
    asks: "canViewCompany",
    page: "/scans",
    button: "Save",
    fields: { wanted: "yes" },
    has: ["scans"],
  },
  "/scans/automatic makeToken": {
    asks: "canKeepScan",
    page: "/scans/automatic",
    button: "Make a token",
    fields: { name: "CI" },
  },
  "/scans/automatic revokeToken": {
    asks: "canKeepScan",
    page: "/scans/automatic",
    button: "Revoke",
    has: ["token"],
    names: true,
  },
  "/scans/github connect": {
    asks: "canEditCompany",
    page: "/scans/github",
    button: "Connect",
    fields: { owner: "sample-org", token: "github_pat_sample_0123456789" },
  },
  "/scans/github connectApp": {
    asks: "canEditCompany",
    page: "/scans/github",
    button: "Connect the app",
    fields: { owner: "sample-org" },
    told: /not linked with GitHub/,
  },
  "/scans/github showOwned": { asks: "canEditCompany", page: "/scans/github", button: "Show my organisations" },
  "/scans/github scanNow": { asks: "canKeepScan", page: "/scans/github", button: "Scan now", has: ["github"] },
  "/scans/github disconnect": { asks: "canEditCompany", page: "/scans/github", button: "Disconnect", has: ["github"] },
  "/settings saveProfile": {
    asks: "canEditCompany",
    page: "/settings",
    button: "Save the profile",
    fields: { name: "Renamed (a sample)", website: "https://renamed.example", country: "", description: "" },
  },
  "/settings uploadLogo": {
    asks: "canEditCompany",
    page: "/settings",
    button: "Upload the logo",
    fields: { logo: logo() },
  },
  "/settings dropLogo": { asks: "canEditCompany", page: "/settings", button: "Remove the logo", has: ["logo"] },
  "/settings/leaving askDeletion": {
    asks: "canLeavePledge",
    page: "/settings/leaving",
    button: "Delete the company",
    fields: { name: "Sample Tools (a sample)" },
  },
  "/settings/leaving keep": {
    asks: "canLeavePledge",
    page: "/settings/leaving",
    button: "Take it back",
    has: ["deletion"],
  },
  "/settings/pledge amend": {
    asks: "canEditPledge",
    page: "/settings/pledge",
    button: "Announce the change",
    fields: { effectiveOn: later(), developers: "15", amountPerDeveloper: "2500" },
  },
  "/settings/pledge takeBack": {
    asks: "canEditPledge",
    page: "/settings/pledge",
    button: "Take the step back",
    has: ["step"],
  },
  "/settings/pledge withdraw": {
    asks: "canLeavePledge",
    page: "/settings/pledge",
    button: "Withdraw the pledge",
    fields: { reason: "A sample reason" },
  },
  "/settings/pledge resume": {
    asks: "canLeavePledge",
    page: "/settings/pledge",
    button: "Let it stand again",
    has: ["withdrawal"],
  },
  "/settings/proof check": {
    asks: "canEditCompany",
    page: "/settings/proof",
    button: "Use my mailbox",
    told: /sample\.example/,
  },
  "/settings/proof showOrganisations": {
    asks: "canEditCompany",
    page: "/settings/proof",
    button: "Show my organisations",
  },
  "/settings/reminders choose": { asks: "canViewCompany", page: "/settings/reminders", button: "Save", first: true },
  "/settings/reminders renewCalendar": {
    asks: "canEditCompany",
    page: "/settings/reminders",
    button: "Make a new address",
  },
  "/settings/reminders saveWebhook": {
    asks: "canEditPledge",
    page: "/settings/reminders",
    button: "Save the address",
    fields: { url: "https://hooks.permissions.example/other" },
  },
  "/settings/reminders tryWebhook": {
    asks: "canEditPledge",
    page: "/settings/reminders",
    button: "Send a test",
    has: ["webhook"],
  },
};

/** The address of the page a deed is done on, below the company's. */
export function pageOf({ page, opened }: Deed, ids: WalkedCompany["ids"]): string {
  return opened?.(ids) ?? COMPANY_PAGES[page]!.at(ids);
}
