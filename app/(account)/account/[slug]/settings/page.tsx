import type { Metadata } from "next";
import { Form } from "@/app/_form/form";
import { companyPage } from "@/app/_session";
import { CompanyLogo } from "@/app/_ui/company-logo";
import { Done, Notice } from "@/app/_ui/notice";
import { may, whyNot } from "@/lib/auth/permissions";
import { countryName, listCountries } from "@/lib/countries";
import { type CompanyProfile, getProfile } from "@/lib/pledge/company-store";
import { dropLogo, saveProfile, uploadLogo } from "./actions";
import { SettingsFrame } from "./settings-frame";

export const metadata: Metadata = { title: "Profile" };

const DONE = {
  saved: "The profile was changed.",
  logo: "The logo is in place. It is served from here, as pictures of our own making.",
  "no-logo": "The logo is gone; the drawn mark stands in its place.",
};

export default async function ProfilePage({
  params,
  searchParams,
}: {
  params: Promise<{ slug: string }>;
  searchParams: Promise<{ done?: string | string[] }>;
}) {
  const { slug } = await params;
  const { company } = await companyPage(slug, "canViewCompany", `/account/${slug}/settings`);
  const profile = await getProfile(company.companyId);
  const countries = listCountries().map(({ code, name }) => ({ value: code, label: name }));
  const edits = may(company.role, "canEditCompany");
  return (
    <SettingsFrame slug={slug} here="" title="Profile">
      <Done said={(await searchParams).done} sentences={DONE} />
      {!edits && <Notice tone="quiet">{whyNot(company.role, "canEditCompany")}</Notice>}
      <section className="mt-6" aria-labelledby="logo">
        <h2 id="logo" className="!text-lead">
          Logo
        </h2>
        <div className="mt-3 flex flex-wrap items-start gap-6">
          <CompanyLogo name={profile.name} version={profile.logoVersion} size={96} />
          {edits && (
            <div className="min-w-0 max-w-md flex-1 basis-64">
              <Form
                id="logo"
                action={uploadLogo.bind(null, slug)}
                submit="Upload the logo"
                kind="quiet"
                fields={[
                  {
                    name: "logo",
                    label: "Picture",
                    type: "file",
                    required: true,
                    accept: "image/png,image/jpeg,image/webp,image/gif,image/svg+xml",
                    hint: "PNG, JPEG, WebP, GIF or SVG, at most 2 MB. Square ones look best.",
                  },
                ]}
              />
              {profile.logoVersion && (
                <div className="mt-4">
                  <Form
                    id="no-logo"
                    action={dropLogo.bind(null, slug)}
                    submit="Remove the logo"
                    kind="danger"
                    fields={[]}
                  />
                </div>
              )}
            </div>
          )}
        </div>
      </section>
      {!edits && <InWords profile={profile} />}
      {edits && (
        <section className="mt-10 max-w-2xl border-t border-line pt-6" aria-labelledby="words">
          <h2 id="words" className="!text-lead mb-4">
            In words
          </h2>
          <Form
            id="profile"
            action={saveProfile.bind(null, slug)}
            submit="Save the profile"
            fields={[
              { name: "name", label: "Company", required: true, maxLength: 80, value: profile.name, width: "half" },
              {
                name: "country",
                label: "Country",
                type: "select",
                value: profile.country ?? "",
                options: [{ value: "", label: "Rather not say" }, ...countries],
                width: "half",
              },
              {
                name: "website",
                label: "Website",
                required: true,
                maxLength: 200,
                value: profile.website,
                ...(profile.provenDomain ? { hint: "At another domain, the proof has to be made again." } : {}),
              },
              {
                name: "description",
                label: "About the company",
                type: "textarea",
                maxLength: 4000,
                value: profile.description,
                hint: "Markdown: *emphasis*, lists, quotes and links. No headings, pictures or HTML.",
              },
            ]}
          />
        </section>
      )}
    </SettingsFrame>
  );
}

/** What is said of the company, for those who only read it. */
function InWords({ profile: { name, website, country, description } }: { profile: CompanyProfile }) {
  const said = [
    ["Company", name],
    ["Website", website],
    ["Country", country ? countryName(country) : "not said"],
    ["About the company", description || "nothing yet"],
  ] as const;
  return (
    <dl className="mt-10 max-w-2xl border-line border-t">
      {said.map(([label, words]) => (
        <div key={label} className="border-line border-b py-2.5">
          <dt className="label">{label}</dt>
          <dd className="whitespace-pre-wrap break-words">{words}</dd>
        </div>
      ))}
    </dl>
  );
}
