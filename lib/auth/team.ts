import { z } from "zod";
import { refuse } from "../refusal.ts";
import { auth } from "./auth.ts";
import { isRole, type Role } from "./permissions.ts";
import type { Membership } from "./store.ts";
import { companyOfTeam, isMember, recordTeamChange } from "./team-store.ts";
import { throttle } from "./throttle.ts";

/** Who acts: their id, and the headers their session came with. */
export type Actor = { userId: string; headers: Headers };

/**
 * Invites somebody to a company's team by e-mail; the invitation stands for seven days and a new one replaces it.
 *
 * @param company  the acting member, let in by `requireMember(…, "canManageMembers")`
 * @throws Refusal "invalid" or "conflict" on the fields `email` and `role`, or "too_many"
 */
export async function inviteMember(
  company: Membership,
  { userId, headers }: Actor,
  form: { email?: unknown; role?: unknown },
): Promise<void> {
  const { email, role } = readInvitation(form);
  if (await isMember(company.teamId, email)) {
    const sentence = "This person belongs to the team already.";
    throw refuse("conflict", sentence, { email: sentence });
  }
  await throttle("invitation", company.companyId);
  await auth().api.createInvitation({
    headers,
    body: { email, role: libraryRole(role), organizationId: company.teamId },
  });
  await recordTeamChange(company.companyId, userId, "member.invited", { email, role });
}

/**
 * Accepts an invitation for whoever is signed in, whose address must be the invited one.
 *
 * @returns the slug of the company one belongs to now
 * @throws Refusal "not_found" when it was answered, taken back or has expired; "forbidden" for another address
 */
export async function acceptInvitation(invitationId: string, { userId, headers }: Actor): Promise<string> {
  const answer = await answering(() => auth().api.acceptInvitation({ headers, body: { invitationId } }));
  const company = answer && (await companyOfTeam(answer.member.organizationId));
  if (!company) throw refuse("not_found", GONE);
  await recordTeamChange(company.companyId, userId, "member.joined", { userId, role: answer.member.role });
  return company.slug;
}

/**
 * Declines an invitation for whoever is signed in.
 *
 * @throws Refusal like `acceptInvitation`
 */
export async function declineInvitation(invitationId: string, { headers }: Actor): Promise<void> {
  await answering(() => auth().api.rejectInvitation({ headers, body: { invitationId } }));
}

const GONE = "This invitation was answered, taken back, or has expired. Ask for a new one.";

/** Turns what the auth library refuses into our words; anything else goes on to the log. */
async function answering<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (error) {
    const status = (error as { statusCode?: number }).statusCode;
    if (status === 403)
      throw refuse("forbidden", "This invitation is for another e-mail address. Sign in with that one.");
    if (status === 400 || status === 404) throw refuse("not_found", GONE);
    if (status === 401) throw refuse("unauthenticated", "Please sign in first.");
    throw error;
  }
}

const invitationForm = z.object({
  email: z
    .string({ error: "Enter an e-mail address." })
    .trim()
    .toLowerCase()
    .pipe(z.email("Enter an e-mail address, like name@company.example.").max(254, "This address is too long.")),
  role: z.string({ error: "Choose a role." }).refine(isRole, "Choose a role."),
});

function readInvitation(form: { email?: unknown; role?: unknown }): { email: string; role: Role } {
  const result = invitationForm.safeParse(form);
  if (result.success) return { email: result.data.email, role: result.data.role as Role };
  const fields: Record<string, string> = {};
  for (const issue of result.error.issues) fields[String(issue.path[0])] ??= issue.message;
  throw refuse("invalid", "Some fields need another look.", fields);
}

/** The library's type knows its own three roles only; at run time it takes those it was made with. */
function libraryRole(role: Role): "owner" {
  return role as "owner";
}
