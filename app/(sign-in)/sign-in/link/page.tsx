import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Form } from "@/app/_form/form";
import { ownPath } from "@/lib/auth/session";
import { findSignInLink } from "@/lib/auth/store";
import { clock } from "@/lib/clock";
import { openLink } from "../actions";

// "no-referrer" would make browsers without JavaScript send the form with `Origin: null`, which is refused as foreign
export const metadata: Metadata = { title: "Sign in", robots: { index: false }, referrer: "same-origin" };

type Search = { token?: string | string[]; then?: string | string[] };

/** Where a mailed link leads. Opening it changes nothing, since the guards of mailboxes open links too: the button signs in. */
export default async function LinkPage({ searchParams }: { searchParams: Promise<Search> }) {
  const { token, then } = await searchParams;
  const given = typeof token === "string" ? token : "";
  const target = ownPath(typeof then === "string" ? then : undefined);
  const now = clock.now();
  const link = await findSignInLink(given, now);
  if (typeof link === "string") redirect(`/sign-in?error=${link}&then=${encodeURIComponent(target)}`);
  const minutes = Math.max(1, Math.floor((link.expiresAt.getTime() - now.getTime()) / 60_000));
  return (
    <div className="page pt-8 sm:pt-12">
      <div className="max-w-md">
        <h1>Sign in to Tributary</h1>
        <p className="mt-3 mb-6 text-lead">
          As <strong className="break-all">{link.email}</strong>.
        </p>
        <Form
          action={openLink}
          submit="Sign in"
          fields={[
            { name: "token", label: "", type: "hidden", value: given },
            { name: "then", label: "", type: "hidden", value: target },
          ]}
        />
        <p className="label mt-6">
          This link works once, for another {minutes} {minutes === 1 ? "minute" : "minutes"}. You did not ask for it?
          Then close this page; nobody is signed in by opening it.
        </p>
      </div>
    </div>
  );
}
