import type { Metadata } from "next";
import { Form } from "@/app/_form/form";
import { companyPage } from "@/app/_session";
import { LedgerHead } from "@/app/_ui/ledger-head";
import { Done } from "@/app/_ui/notice";
import { longDay, plural, shortDay } from "@/app/_ui/text";
import { may, ROLES, type Role, whyNot } from "@/lib/auth/permissions";
import { listTeam, type TeamInvitation, type TeamMember } from "@/lib/auth/team-store";
import { clock } from "@/lib/clock";
import { dayOf } from "@/lib/day";
import { cancel, giveRole, handOver, invite, leave, remove } from "./actions";

export const metadata: Metadata = { title: "Team" };

const DONE = {
  invited: "The invitation is on its way. It stands for seven days.",
  canceled: "The invitation was taken back; its link no longer works.",
  changed: "The role was changed.",
  removed: "They no longer belong to the team. What they did stays in the history.",
  "handed-over": "The company was handed over. You are an editor now.",
  joined: "Welcome. You belong to the team now.",
};

const ROLE_CHOICES = ROLES.map(({ role, name }) => ({ value: role, label: name }));
const roleName = (wanted: Role): string => ROLES.find(({ role }) => role === wanted)?.name ?? wanted;

export default async function MembersPage({
  params,
  searchParams,
}: {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ done?: string | string[] }>;
}) {
  const { slug } = await params;
  const { session, company } = await companyPage(slug, "canViewCompany", `/account/${slug}/members`);
  const { members, invitations } = await listTeam(company.teamId, clock.now());
  const manages = may(company.role, "canManageMembers");
  return (
    <>
      <h1 className="mt-8">Team</h1>
      <Done said={(await searchParams).done} sentences={DONE} />
      <p className="mt-2 text-quiet">
        {plural(members.length, "member")}. {manages ? "" : whyNot(company.role, "canManageMembers")}
      </p>
      <Members slug={slug} members={members} self={session.user.id} manages={manages} />
      {invitations.length > 0 && <Invitations slug={slug} invitations={invitations} manages={manages} />}
      <div className="mt-12 grid gap-x-16 gap-y-12 lg:grid-cols-[1fr_20rem]">
        {manages ? (
          <section aria-labelledby="invite" className="max-w-xl">
            <h2 id="invite" className="mb-5">
              Invite somebody
            </h2>
            <Form
              id="invite"
              action={invite.bind(null, slug)}
              submit="Send the invitation"
              fields={[
                {
                  name: "email",
                  label: "E-mail address",
                  type: "email",
                  required: true,
                  maxLength: 254,
                  hint: "They sign in with this address to accept.",
                },
                { name: "role", label: "Role", type: "select", required: true, value: "editor", options: ROLE_CHOICES },
              ]}
            />
          </section>
        ) : (
          <div />
        )}
        <section aria-labelledby="roles">
          <h2 id="roles" className="!text-lead">
            What each role may do
          </h2>
          <dl className="mt-3 border-t border-line">
            {ROLES.map(({ role, name, about }) => (
              <div key={role} className="border-b border-line py-2.5">
                <dt className="font-semibold">{name}</dt>
                <dd className="label">{about}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
      <details className="mt-12">
        <summary className="link">Leave the team</summary>
        <div className="mt-3 max-w-xl">
          <p className="mb-4 text-quiet">
            You lose sight of everything of {company.name} that is not public. The last owner cannot leave: hand the
            company over first.
          </p>
          <Form id="leave" action={leave.bind(null, slug)} submit="Leave the team" kind="danger" fields={[]} />
        </div>
      </details>
    </>
  );
}

function Members({
  slug,
  members,
  self,
  manages,
}: {
  slug: string;
  members: TeamMember[];
  self: string;
  manages: boolean;
}) {
  return (
    <table className="ledger mt-5">
      <LedgerHead columns={["Member", "Role", "Since"]} numbers={manages ? ["Change"] : []} />
      <tbody>
        {members.map((member) => (
          <tr key={member.memberId}>
            <td className="break-words">
              <span className="font-semibold">{member.name || member.email}</span>
              {member.userId === self && <span className="label"> you</span>}
              {member.name && <span className="label block">{member.email}</span>}
            </td>
            <td data-label="Role">{roleName(member.role)}</td>
            <td data-label="Since" className="whitespace-nowrap">
              {shortDay(dayOf(member.joinedAt))}
            </td>
            {manages && (
              <td className="md:w-96">
                <MemberChanges slug={slug} member={member} isSelf={member.userId === self} />
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function MemberChanges({ slug, member, isSelf }: { slug: string; member: TeamMember; isSelf: boolean }) {
  const name = member.name || member.email;
  return (
    <details>
      <summary className="link md:text-right">
        Change<span className="sr-only"> {name}</span>
      </summary>
      <div className="mt-4 grid gap-6">
        <Form
          id={`role-${member.memberId}`}
          action={giveRole.bind(null, slug, member.memberId)}
          submit="Change the role"
          kind="quiet"
          fields={[
            {
              name: "role",
              label: `Role of ${name}`,
              type: "select",
              required: true,
              value: member.role,
              options: ROLE_CHOICES,
            },
          ]}
        />
        {!isSelf && (
          <>
            <div>
              <p className="label mb-2">{name} becomes owner, and you become editor.</p>
              <Form
                id={`over-${member.memberId}`}
                action={handOver.bind(null, slug, member.memberId)}
                submit="Hand the company over"
                kind="quiet"
                fields={[]}
              />
            </div>
            <Form
              id={`remove-${member.memberId}`}
              action={remove.bind(null, slug, member.memberId)}
              submit="Remove from the team"
              kind="danger"
              fields={[]}
            />
          </>
        )}
      </div>
    </details>
  );
}

function Invitations({
  slug,
  invitations,
  manages,
}: {
  slug: string;
  invitations: TeamInvitation[];
  manages: boolean;
}) {
  return (
    <section className="mt-10" aria-labelledby="invitations">
      <h2 id="invitations">Invited</h2>
      <ul className="mt-3 border-t border-ink">
        {invitations.map((invitation) => (
          <li
            key={invitation.id}
            className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-b border-line py-2.5"
          >
            <span className="min-w-0 break-words">
              <span className="font-semibold">{invitation.email}</span>
              <span className="label block">
                {roleName(invitation.role)},{" "}
                {invitation.hasExpired
                  ? `expired on ${longDay(dayOf(invitation.expiresAt))}`
                  : `stands until ${longDay(dayOf(invitation.expiresAt))}`}
              </span>
            </span>
            {manages && (
              <Form
                id={invitation.id}
                action={cancel.bind(null, slug, invitation.id)}
                submit="Take back"
                kind="quiet"
                fields={[]}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
