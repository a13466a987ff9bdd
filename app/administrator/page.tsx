import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Form } from "@/app/_form/form";
import { signedIn } from "@/app/_session";
import { Done } from "@/app/_ui/notice";
import { isAdministrator, listAdministrators } from "@/lib/auth/administrator-store";
import { findCompanies } from "@/lib/pledge/administration-store";
import { appoint, claim, dismiss } from "./actions";
import { AdministeredLine } from "./administered-line";

export const metadata: Metadata = { title: "Administration", robots: { index: false } };

const DONE = {
  claimed: "You administer this instance. The link is used up.",
  appointed: "They administer this instance too.",
  dismissed: "They no longer administer this instance.",
  hidden: "The company is hidden. Its team reads your reason.",
  shown: "The company is public again.",
  annotated: "The note was changed.",
  "proof-taken": "The proof is taken. Whoever proves the domain next holds it.",
  merged: "The imported facts belong to the registered company now.",
};

type Search = { token?: string | string[]; q?: string | string[]; done?: string | string[] };

export default async function AdministratorPage({ searchParams }: { searchParams: Promise<Search> }) {
  const { token, q, done } = await searchParams;
  const link = typeof token === "string" ? token : null;
  const { user } = await signedIn(
    link === null ? "/administrator" : `/administrator?token=${encodeURIComponent(link)}`,
  );
  if (!(await isAdministrator(user.id))) {
    if (link === null) notFound();
    return <Claim token={link} email={user.email} />;
  }
  const wanted = typeof q === "string" ? q : "";
  const [companies, administrators] = await Promise.all([findCompanies(wanted), listAdministrators()]);
  return (
    <div className="page pt-8 sm:pt-12">
      <h1>Administration</h1>
      <Done said={done} sentences={DONE} />
      <p className="words mt-3">
        Hide, annotate and merge companies, settle who holds a domain. Everything you do is in the{" "}
        <a href="/administrator/history">history of the instance</a>, which nobody can edit.
      </p>
      <form method="get" action="/administrator" className="mt-6 flex max-w-xl items-end gap-3">
        <div className="min-w-0 flex-1">
          <label htmlFor="find" className="label block">
            Name, address or website
          </label>
          <input id="find" type="search" name="q" defaultValue={wanted} maxLength={100} className="input" />
        </div>
        <button type="submit" className="button">
          Find
        </button>
      </form>
      {companies.length === 0 ? (
        <p className="mt-8 text-lead">No company like that is here.</p>
      ) : (
        <ul className="mt-6 border-t border-ink">
          {companies.map((company) => (
            <AdministeredLine key={company.companyId} company={company} isOnly={companies.length === 1} />
          ))}
        </ul>
      )}
      <section className="mt-12 max-w-xl" aria-labelledby="administrators">
        <h2 id="administrators">Administrators</h2>
        <ul className="mt-3 mb-6 border-t border-ink">
          {administrators.map((one) => (
            <li
              key={one.userId}
              className="flex flex-wrap items-center justify-between gap-4 border-b border-line py-2.5"
            >
              <span className="min-w-0 break-words">
                <span className="font-semibold">{one.name || one.email}</span>
                {one.name && <span className="label block">{one.email}</span>}
              </span>
              {administrators.length > 1 && (
                <Form
                  id={one.userId}
                  action={dismiss.bind(null, one.userId)}
                  submit={one.userId === user.id ? "Step down" : "Dismiss"}
                  kind="quiet"
                  fields={[]}
                />
              )}
            </li>
          ))}
        </ul>
        <Form
          id="appoint"
          action={appoint}
          submit="Appoint"
          kind="quiet"
          fields={[
            {
              name: "email",
              label: "Appoint another",
              type: "email",
              required: true,
              hint: "The e-mail address of somebody who has an account here.",
            },
          ]}
        />
      </section>
    </div>
  );
}

function Claim({ token, email }: { token: string; email: string }) {
  return (
    <div className="page pt-8 sm:pt-12">
      <h1>Administer this instance</h1>
      <p className="words mt-3 mb-5 text-lead">
        This link was printed where the site was started. With it {email} becomes the first administrator; after that it
        is used up.
      </p>
      <Form action={claim.bind(null, token)} submit="Become administrator" fields={[]} />
    </div>
  );
}
