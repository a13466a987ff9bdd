import type { Metadata } from "next";
import { Form } from "@/app/_form/form";
import { companyPage } from "@/app/_session";
import { Done, Notice } from "@/app/_ui/notice";
import { shortDay } from "@/app/_ui/text";
import { may, whyNot } from "@/lib/auth/permissions";
import { listScanTokens } from "@/lib/auth/scan-token-store";
import { dayOf } from "@/lib/day";
import { env } from "@/lib/env";
import { makeToken, revokeToken } from "./actions";

export const metadata: Metadata = { title: "Scan from the command line or CI" };

export default async function AutomaticScansPage({
  params,
  searchParams,
}: {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ done?: string | string[] }>;
}) {
  const { slug } = await params;
  const { company } = await companyPage(slug, "canViewCompany", `/account/${slug}/scans/automatic`);
  const tokens = await listScanTokens(company.companyId);
  const keeps = may(company.role, "canKeepScan");
  return (
    <>
      <p className="mt-8">
        <a href={`/account/${slug}/scans`}>All scans</a>
      </p>
      <h1 className="mt-2">Scan from the command line or CI</h1>
      <Done said={(await searchParams).done} sentences={{ revoked: "The token no longer works." }} />
      <p className="words mt-3">
        A scan token adds scans to {company.name} and can do nothing else: it reads nothing and changes nothing. Names
        of packages stay with your team.
      </p>
      <div className="mt-8 grid gap-x-16 gap-y-10 lg:grid-cols-2">
        <section aria-labelledby="tokens">
          <h2 id="tokens" className="!text-lead">
            Tokens
          </h2>
          {tokens.length === 0 && <p className="mt-2 text-quiet">There is none yet.</p>}
          <ul className={tokens.length ? "mt-3 border-t border-ink" : ""}>
            {tokens.map((token) => (
              <li
                key={token.id}
                className="flex flex-wrap items-center justify-between gap-4 border-b border-line py-2.5"
              >
                <span className="min-w-0 break-words">
                  <span className="font-semibold">{token.name}</span>
                  <span className="label block">
                    made {shortDay(dayOf(token.createdAt))},{" "}
                    {token.lastUsedAt ? `last used ${shortDay(dayOf(token.lastUsedAt))}` : "never used"}
                  </span>
                </span>
                {keeps && (
                  <Form
                    id={token.id}
                    action={revokeToken.bind(null, slug, token.id)}
                    submit="Revoke"
                    kind="danger"
                    fields={[]}
                  />
                )}
              </li>
            ))}
          </ul>
          {keeps ? (
            <div className="mt-6">
              <Form
                id="token"
                action={makeToken.bind(null, slug)}
                submit="Make a token"
                fields={[
                  {
                    name: "name",
                    label: "Where it will be used",
                    required: true,
                    maxLength: 60,
                    placeholder: "CI of the web app",
                  },
                ]}
              />
            </div>
          ) : (
            <Notice tone="quiet">{whyNot(company.role, "canKeepScan")}</Notice>
          )}
        </section>
        <section aria-labelledby="use" className="min-w-0">
          <h2 id="use" className="!text-lead">
            Use
          </h2>
          <p className="mt-2">From a checkout of Tributary, for any folder:</p>
          <Code>{`TRIBUTARY_URL=${env.appUrl} \\\nTRIBUTARY_TOKEN=tributary_scan_… \\\nnpm run scan -- --send ../our-repository`}</Code>
          <p className="mt-5">In CI, with nothing but curl and jq:</p>
          <Code>{`jq -n --rawfile text package-lock.json \\\n  --arg key "$CI_COMMIT_SHA" \\\n  '{requestKey: $key, files: [\n    {path: "package-lock.json", text: $text}]}' |\ncurl --fail-with-body -H "Authorization: Bearer $TRIBUTARY_TOKEN" \\\n  -H "Content-Type: application/json" \\\n  --data-binary @- ${env.appUrl}/api/v1/scans`}</Code>
          <p className="mt-3 text-quiet">
            The same <code>requestKey</code> sent twice makes one scan. Send several files, with the manifests beside
            them, for depth and scope.
          </p>
        </section>
      </div>
    </>
  );
}

function Code({ children }: { children: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard
    <pre tabIndex={0} className="mt-2 overflow-x-auto border border-line bg-sheet px-3 py-2 font-mono text-small">
      {children}
    </pre>
  );
}
