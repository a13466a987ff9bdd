import type { Metadata } from "next";
import { Form } from "@/app/_form/form";
import { companyPage } from "@/app/_session";
import { Done, Notice } from "@/app/_ui/notice";
import { hostOf, longDay } from "@/app/_ui/text";
import { may, whyNot } from "@/lib/auth/permissions";
import { dayOf } from "@/lib/day";
import { env } from "@/lib/env";
import { findConnection, type GithubConnectionView, githubApp } from "@/lib/stack/github-store";
import { connect, connectApp, disconnect, scanNow, showOwned } from "./actions";

export const metadata: Metadata = { title: "Connect GitHub" };

const DONE = {
  connected: "GitHub is connected. The first scan has begun; load this page again in a moment.",
  shown: "GitHub shows us your organisations now. Connect yours below.",
  asked: "A scan has begun. Load this page again in a moment.",
  disconnected: "GitHub is disconnected; a token that was kept is deleted. Scans stay.",
};

export default async function GithubPage({
  params,
  searchParams,
}: {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ done?: string | string[] }>;
}) {
  const { slug } = await params;
  const { company } = await companyPage(slug, "canViewCompany", `/account/${slug}/scans/github`);
  const connection = await findConnection(company.companyId);
  const edits = may(company.role, "canEditCompany");
  const app = githubApp();
  return (
    <>
      <p className="mt-8">
        <a href={`/account/${slug}/scans`}>All scans</a>
      </p>
      <h1 className="mt-2">{connection ? `${connection.owner} at GitHub` : "Connect GitHub"}</h1>
      <Done said={(await searchParams).done} sentences={DONE} />
      {connection ? (
        <Connected slug={slug} connection={connection} edits={edits} scans={may(company.role, "canKeepScan")} />
      ) : (
        <p className="words mt-3 text-lead">
          {app ? "With this site’s app, or a token that may read contents," : "With a token that may read contents,"}{" "}
          the lockfiles of all your repositories are found without cloning any, and read once a week. Names of packages
          stay with your team.
        </p>
      )}
      {!edits && <Notice tone="quiet">{whyNot(company.role, "canEditCompany")}</Notice>}
      {edits && !connection && app && <ByApp slug={slug} installUrl={app.installUrl} />}
      {edits && !connection && app && <h2 className="!text-lead mt-10">With a token</h2>}
      {edits && !connection && (
        <div className={`grid gap-x-16 gap-y-10 lg:grid-cols-2 ${app ? "mt-4" : "mt-8"}`}>
          <Form
            action={connect.bind(null, slug)}
            submit="Connect"
            fields={[
              { name: "owner", label: "Organisation or user", required: true, maxLength: 100, placeholder: "acme" },
              {
                name: "token",
                label: "Token",
                required: true,
                maxLength: 255,
                hint: "It is tried at once, kept sealed, and never shown again.",
              },
            ]}
          />
          <section aria-labelledby="how">
            <h2 id="how" className="!text-lead">
              Where to get the token
            </h2>
            <ol className="mt-2 list-decimal pl-5 [&_li]:mt-1.5">
              <li>
                At{" "}
                <a
                  href={`${env.GITHUB_URL}/settings/personal-access-tokens/new`}
                  rel="noreferrer"
                >{`${hostOf(env.GITHUB_URL)}: new fine-grained token`}</a>{" "}
                choose your organisation as the resource owner.
              </li>
              <li>Choose the repositories, or all of them.</li>
              <li>Under permissions choose Contents: read-only. Nothing else is needed.</li>
            </ol>
            <p className="mt-3 text-quiet">
              Lockfiles in the first three folders of each default branch are found; forks and archived repositories are
              left out.
            </p>
          </section>
        </div>
      )}
    </>
  );
}

/** For organisations: nobody copies a token, and what is kept opens nothing by itself. */
function ByApp({ slug, installUrl }: { slug: string; installUrl: string }) {
  return (
    <section className="mt-8 grid gap-x-16 gap-y-8 border-b border-line pb-10 lg:grid-cols-2" aria-labelledby="app">
      <div>
        <h2 id="app" className="!text-lead">
          With the app, for organisations
        </h2>
        <ol className="mt-2 list-decimal pl-5 [&_li]:mt-1.5">
          <li>
            <a href={installUrl} rel="noreferrer">
              Install it at GitHub
            </a>{" "}
            and choose the repositories it may read. It asks for contents, read-only, and nothing else.
          </li>
          <li>Come back, and let GitHub show us which organisations you own, if it does not yet.</li>
          <li>Name the organisation. Only its owners can connect it.</li>
        </ol>
        <div className="mt-4">
          <Form id="show" action={showOwned.bind(null, slug)} submit="Show my organisations" kind="quiet" fields={[]} />
        </div>
      </div>
      <div>
        <Form
          id="app"
          action={connectApp.bind(null, slug)}
          submit="Connect the app"
          fields={[{ name: "owner", label: "Organisation", required: true, maxLength: 100, placeholder: "acme" }]}
        />
      </div>
    </section>
  );
}

function Connected({
  slug,
  connection,
  edits,
  scans,
}: {
  slug: string;
  connection: GithubConnectionView;
  edits: boolean;
  scans: boolean;
}) {
  const { lastRunAt, lastFinding, createdAt } = connection;
  return (
    <>
      <p className="words mt-3 text-lead">{lastFinding ?? "The first scan has not ended yet."}</p>
      <p className="mt-1 text-quiet">
        {connection.byApp ? "By the app. " : ""}
        {lastRunAt ? `Last read on ${longDay(dayOf(lastRunAt))}; once a week.` : ""} Connected on{" "}
        {longDay(dayOf(createdAt))}.
      </p>
      <div className="mt-6 flex flex-wrap gap-4">
        {scans && <Form id="now" action={scanNow.bind(null, slug)} submit="Scan now" fields={[]} />}
        {edits && <Form id="off" action={disconnect.bind(null, slug)} submit="Disconnect" kind="danger" fields={[]} />}
      </div>
    </>
  );
}
