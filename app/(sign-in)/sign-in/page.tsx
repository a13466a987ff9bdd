import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Form } from "@/app/_form/form";
import { currentSession } from "@/app/_session";
import { hasGitHub } from "@/lib/auth/auth";
import { ownPath } from "@/lib/auth/session";
import { sendLink, startGitHub } from "./actions";

export const metadata: Metadata = { title: "Sign in" };

type Search = { then?: string | string[]; error?: string | string[] };

/** Why a link did not work, by the word in the address; any other, such as a code of the auth library, is said in general. */
const TROUBLES: Record<string, string> = {
  gone: "That link was used already, is too old or is not complete. Ask for a new one below.",
  expired: "That link is older than fifteen minutes. Ask for a new one below.",
};

export default async function SignInPage({ searchParams }: { searchParams: Promise<Search> }) {
  const { then, error } = await searchParams;
  const target = ownPath(typeof then === "string" ? then : undefined);
  if (await currentSession()) redirect(target);
  return (
    <div className="page pt-8 sm:pt-12">
      <div className="max-w-md">
        <h1>Sign in</h1>
        <p className="mt-3 mb-6">
          Type your e-mail address and open the link we send you. There is no password, and a new address gets an
          account by itself.
        </p>
        {error ? (
          <p role="alert" className="mb-5 border-l-4 border-bad py-1 pl-4">
            {TROUBLES[String(error)] ?? "Signing in did not work. Please ask for a new link."}
          </p>
        ) : null}
        <Form
          action={sendLink}
          submit="Send the link"
          fields={[
            {
              name: "email",
              label: "E-mail address",
              type: "email",
              required: true,
              autoComplete: "email",
              maxLength: 254,
            },
            { name: "then", label: "", type: "hidden", value: target },
          ]}
        />
        {hasGitHub() && (
          <div className="mt-8 border-t border-line pt-6">
            <Form
              action={startGitHub}
              submit="Sign in with GitHub"
              kind="quiet"
              fields={[{ name: "then", label: "", type: "hidden", value: target }]}
            />
          </div>
        )}
      </div>
    </div>
  );
}
