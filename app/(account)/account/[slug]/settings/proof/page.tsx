import type { Metadata } from "next";
import type { ReactNode } from "react";
import { Form } from "@/app/_form/form";
import { companyPage } from "@/app/_session";
import { Done, Notice } from "@/app/_ui/notice";
import { longDay } from "@/app/_ui/text";
import { hasGitHub } from "@/lib/auth/auth";
import { may, whyNot } from "@/lib/auth/permissions";
import { dayOf } from "@/lib/day";
import { getProof } from "@/lib/pledge/company-store";
import { PROOF_WORDS, type ProofMethod } from "@/lib/pledge/domain-proof";
import { SettingsFrame } from "../settings-frame";
import { check, showOrganisations } from "./actions";

export const metadata: Metadata = { title: "Proof of domain" };

export default async function ProofPage({
  params,
  searchParams,
}: {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ done?: string | string[] }>;
}) {
  const { slug } = await params;
  const { session, company } = await companyPage(slug, "canViewCompany", `/account/${slug}/settings/proof`);
  const proof = await getProof(company.companyId);
  const { dns, file } = proof.instructions;
  const edits = may(company.role, "canEditCompany");
  const way = (method: ProofMethod, submit: string) =>
    edits && (
      <div className="mt-4">
        <Form id={method} action={check.bind(null, slug, method)} submit={submit} kind="quiet" fields={[]} />
      </div>
    );
  return (
    <SettingsFrame slug={slug} here="/proof" title={`Proof of ${proof.domain}`}>
      <Done
        said={(await searchParams).done}
        sentences={{
          proven: `The proof for ${proof.domain} was found.`,
          shown: "GitHub shows us your organisations now. Use them below.",
        }}
      />
      {proof.provenBy ? (
        <p className="words mt-3 text-lead">
          <span aria-hidden="true" className="text-good">
            ●{" "}
          </span>
          It is you: {PROOF_WORDS[proof.provenBy]}.
        </p>
      ) : (
        <p className="words mt-3 text-lead">
          <span aria-hidden="true" className="text-warn">
            ▲{" "}
          </span>
          Not proven. Anybody could have registered this name, so the directory marks the company until you prove that
          the domain of its website is yours.
        </p>
      )}
      {!edits && <Notice tone="quiet">{whyNot(company.role, "canEditCompany")}</Notice>}
      {proof.checkedAt && proof.lastFinding && (
        <Notice tone="warn">
          Last looked on {longDay(dayOf(proof.checkedAt))}: {proof.lastFinding}
        </Notice>
      )}
      <Way title="By a DNS record" worth="the strongest">
        <p>Add this record to {proof.domain}, then look for it. It may take an hour until it is seen.</p>
        <Values
          values={[
            ["Name", dns.name],
            ["Type", dns.type],
            ["Value", dns.value],
          ]}
        />
        {way("dns", "Look for the record")}
      </Way>
      <Way title="By a file on the website" worth="as good, if the website is yours alone">
        <p>Put this line into a text file at this address.</p>
        <Values
          values={[
            ["Address", file.url],
            ["Line", file.content],
          ]}
        />
        {way("file", "Look for the file")}
      </Way>
      {hasGitHub() && (
        <Way title="By a GitHub organisation" worth="as good as GitHub’s own verification">
          <p>
            You own an organisation whose website is at {proof.domain} and whose domain GitHub has verified. First let
            GitHub show us the organisations you belong to.
          </p>
          {edits && (
            <div className="mt-4 flex flex-wrap gap-4">
              <Form
                id="show"
                action={showOrganisations.bind(null, slug)}
                submit="Show my organisations"
                kind="quiet"
                fields={[]}
              />
              <Form
                id="github"
                action={check.bind(null, slug, "github")}
                submit="Use my organisations"
                kind="quiet"
                fields={[]}
              />
            </div>
          )}
        </Way>
      )}
      <Way title="By your mailbox" worth="weaker, and said to be">
        <p>
          You are signed in as {session.user.email}. An address at {proof.domain} itself says that somebody there knows
          of this page, not that the company decided it.
        </p>
        {way("mailbox", "Use my mailbox")}
      </Way>
      <p className="words mt-8 border-t border-line pt-4 text-quiet">
        A domain belongs to one company here, the first to prove it. If somebody else has proven yours, write to the
        administrator of this site; what they decide is noted in the history.
      </p>
    </SettingsFrame>
  );
}

function Way({ title, worth, children }: { title: string; worth: string; children: ReactNode }) {
  return (
    <section className="mt-8 max-w-2xl border-t border-line pt-5">
      <h2 className="!text-lead">
        {title} <span className="label font-sans">{worth}</span>
      </h2>
      <div className="mt-2">{children}</div>
    </section>
  );
}

function Values({ values }: { values: [name: string, value: string][] }) {
  return (
    <dl className="mt-3 grid items-baseline gap-x-6 gap-y-2 border border-line bg-sheet px-4 py-3 sm:grid-cols-[5rem_minmax(0,1fr)]">
      {values.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="label">{name}</dt>
          <dd>
            <code className="break-all font-mono text-small">{value}</code>
          </dd>
        </div>
      ))}
    </dl>
  );
}
