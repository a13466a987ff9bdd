/**
 * Who may do what in a company's team. Every permission is a question with a name; this table is the only place that
 * answers them, and the auth library's own roles are made from it.
 */

/** What a member of a company's team is there for. */
export type Role = "owner" | "editor" | "finance" | "viewer";

/** Everything one can ask about a member's role. */
export type Question =
  | "canViewCompany"
  | "canKeepScan"
  | "canEditPlan"
  | "canAcceptPlan"
  | "canVote"
  | "canRecordPayment"
  | "canEditReport"
  | "canPublishReport"
  | "canEditPledge"
  | "canEditCompany"
  | "canManageMembers"
  | "canViewHistory"
  | "canExportCompany"
  | "canLeavePledge";

/** The roles, strongest first, with what each is for: shown beside the choice. */
export const ROLES: readonly { role: Role; name: string; about: string }[] = [
  { role: "owner", name: "Owner", about: "Everything, including the pledge, publishing and the team." },
  { role: "editor", name: "Editor", about: "Scans, the plan, the company’s profile and drafts of the report." },
  { role: "finance", name: "Finance", about: "Payments, and drafting and publishing the report." },
  { role: "viewer", name: "Viewer", about: "Reads everything of the company and votes on the plan; changes nothing." },
];

const everyone: readonly Role[] = ["owner", "editor", "finance", "viewer"];

const TABLE: Record<Question, { roles: readonly Role[]; deed: string }> = {
  canViewCompany: { roles: everyone, deed: "see the company’s account" },
  canViewHistory: { roles: everyone, deed: "see the company’s history of changes" },
  canKeepScan: { roles: ["owner", "editor"], deed: "keep scans" },
  canEditPlan: { roles: ["owner", "editor", "finance"], deed: "change the plan" },
  canAcceptPlan: { roles: ["owner"], deed: "accept a plan" },
  canVote: { roles: everyone, deed: "vote on the plan" },
  canRecordPayment: { roles: ["owner", "finance"], deed: "record payments" },
  canEditReport: { roles: ["owner", "editor", "finance"], deed: "draft reports" },
  canPublishReport: { roles: ["owner", "finance"], deed: "publish reports" },
  canEditCompany: { roles: ["owner", "editor"], deed: "change the company’s profile, proof and connections" },
  canEditPledge: { roles: ["owner"], deed: "change the pledge and its webhook" },
  canManageMembers: { roles: ["owner"], deed: "manage the team" },
  canExportCompany: { roles: ["owner"], deed: "export everything" },
  canLeavePledge: { roles: ["owner"], deed: "withdraw the pledge or delete the company" },
};

/** All questions, for the test that walks every door with every role. */
export const QUESTIONS = Object.keys(TABLE) as Question[];

/** Tells whether a text is one of the four roles. */
export function isRole(text: string): text is Role {
  return ROLES.some(({ role }) => role === text);
}

/**
 * Answers a question for a role.
 *
 * @example may("finance", "canRecordPayment") // → true; may("viewer", "canKeepScan") // → false
 */
export function may(role: Role, question: Question): boolean {
  return TABLE[question].roles.includes(role);
}

/**
 * Says why a role may not, and who may.
 *
 * @example whyNot("viewer", "canPublishReport")
 * // → "Your role here is viewer. Only owners and finance can publish reports."
 */
export function whyNot(role: Role, question: Question): string {
  const { roles, deed } = TABLE[question];
  return `Your role here is ${role}. Only ${listOf(roles)} can ${deed}.`;
}

/** Tells whether members of this role publish the annual report. */
export const canPublishReport = (role: Role): boolean => may(role, "canPublishReport");
/** Tells whether members of this role record, edit and void payments. */
export const canRecordPayment = (role: Role): boolean => may(role, "canRecordPayment");
/** Tells whether members of this role change the pledge. */
export const canEditPledge = (role: Role): boolean => may(role, "canEditPledge");
/** Tells whether members of this role invite, remove and promote others. */
export const canManageMembers = (role: Role): boolean => may(role, "canManageMembers");
/** Tells whether members of this role keep scans with the company. */
export const canKeepScan = (role: Role): boolean => may(role, "canKeepScan");

function listOf(roles: readonly Role[]): string {
  const plural = roles.map((role) => (role === "finance" ? "finance" : `${role}s`));
  return plural.length < 2 ? plural.join("") : `${plural.slice(0, -1).join(", ")} and ${plural.at(-1)}`;
}
