import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { signedIn } from "@/app/_session";
import { CompanyMark } from "@/app/_ui/mark";
import { leave } from "@/app/(sign-in)/sign-in/actions";
import { isAdministrator } from "@/lib/auth/administrator-store";
import { listMemberships } from "@/lib/auth/store";

export const metadata: Metadata = { title: "Your account" };

export default async function AccountPage({ searchParams }: { searchParams: Promise<{ all?: string | string[] }> }) {
  const { user } = await signedIn("/account");
  const memberships = await listMemberships(user.id);
  const only = memberships.length === 1 ? memberships[0] : undefined;
  if (only && (await searchParams).all === undefined) redirect(`/account/${only.slug}`);
  return (
    <div className="page pt-8 sm:pt-12">
      <p className="label">Signed in as {user.email}</p>
      {memberships.length === 0 ? (
        <>
          <h1>Begin with a pledge</h1>
          <p className="words mt-3 mb-6 text-lead">
            Seven fields, three of them to type, about two minutes. Your company is listed at once; scans, payments and
            the report follow when you are ready. Only a member of your team can see them until you publish.
          </p>
          <a href="/account/register" className="button">
            Register your company
          </a>
        </>
      ) : (
        <>
          <h1>Your companies</h1>
          <ul className="mt-6 border-t border-ink">
            {memberships.map((company) => (
              <li key={company.slug} className="border-b border-line">
                <a href={`/account/${company.slug}`} className="flex items-center gap-4 py-3 text-ink hover:bg-sheet">
                  <CompanyMark name={company.name} />
                  <span className="font-semibold">{company.name}</span>
                  <span className="label">{company.role}</span>
                </a>
              </li>
            ))}
          </ul>
          <p className="mt-5">
            <a href="/account/register">Register another company</a>
          </p>
        </>
      )}
      <div className="mt-12 flex flex-wrap gap-x-6 gap-y-2">
        <a href="/account/me">You: name, sessions, your data</a>
        {(await isAdministrator(user.id)) && <a href="/administrator">Administer this instance</a>}
        <form action={leave}>
          <button type="submit" className="link">
            Sign out
          </button>
        </form>
      </div>
    </div>
  );
}
