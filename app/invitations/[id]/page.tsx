import type { Metadata } from "next";
import { Form } from "@/app/_form/form";
import { currentSession } from "@/app/_session";
import { Notice } from "@/app/_ui/notice";
import { longDay } from "@/app/_ui/text";
import { leave } from "@/app/(sign-in)/sign-in/actions";
import { ROLES } from "@/lib/auth/permissions";
import { findInvitation, type InvitationView } from "@/lib/auth/team-store";
import { clock } from "@/lib/clock";
import { dayOf } from "@/lib/day";
import { accept, decline } from "./actions";

export const metadata: Metadata = { title: "Invitation", robots: { index: false } };

export default async function InvitationPage({
  params,
  searchParams,
}: {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ declined?: string | string[] }>;
}) {
  const { id } = await params;
  const [session, invitation] = await Promise.all([currentSession(), findInvitation(id, clock.now())]);
  return (
    <div className="page pt-8 sm:pt-12">
      {invitation ? (
        <Open invitation={invitation} email={session?.user.email ?? null} />
      ) : (await searchParams).declined !== undefined ? (
        <>
          <h1>You declined</h1>
          <Notice tone="good">The invitation is answered. Nothing of yours was shared.</Notice>
        </>
      ) : (
        <>
          <h1>This invitation no longer stands</h1>
          <p className="words mt-3 text-lead">
            It was answered, taken back, or is older than seven days. Ask whoever invited you for a new one.
          </p>
          <p className="mt-5">
            <a href="/account">Go to your account</a>
          </p>
        </>
      )}
    </div>
  );
}

function Open({ invitation, email }: { invitation: InvitationView; email: string | null }) {
  const role = ROLES.find((each) => each.role === invitation.role)!;
  const isInvited = email?.toLowerCase() === invitation.email.toLowerCase();
  return (
    <>
      <p className="label">{invitation.inviter} invites you</p>
      <h1>Join {invitation.company}</h1>
      <p className="words mt-3 text-lead">
        As {role.name.toLowerCase()}: {role.about}
      </p>
      <p className="mt-2 text-quiet">
        For {invitation.email}. It stands until {longDay(dayOf(invitation.expiresAt))}.
      </p>
      {isInvited ? (
        <div className="mt-6 flex flex-wrap gap-4">
          <Form id="accept" action={accept.bind(null, invitation.id)} submit="Accept" fields={[]} />
          <Form id="decline" action={decline.bind(null, invitation.id)} submit="Decline" kind="quiet" fields={[]} />
        </div>
      ) : email ? (
        <>
          <Notice tone="warn">
            You are signed in as {email}. This invitation is for {invitation.email}: sign out, then sign in with that
            address.
          </Notice>
          <form action={leave} className="mt-5">
            <button type="submit" className="button" data-kind="quiet">
              Sign out
            </button>
          </form>
        </>
      ) : (
        <a href={`/sign-in?then=${encodeURIComponent(`/invitations/${invitation.id}`)}`} className="button mt-6">
          Sign in to answer
        </a>
      )}
    </>
  );
}
