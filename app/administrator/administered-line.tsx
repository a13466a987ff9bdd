import { Form } from "@/app/_form/form";
import { hostOf, longDay } from "@/app/_ui/text";
import { dayOf } from "@/lib/day";
import type { AdministeredCompany } from "@/lib/pledge/administration-store";
import { annotate, dropProof, hide, merge, show } from "./actions";

/** One company as the administrator sees it: where it stands, and what can be done about it; the only one found is open. */
export function AdministeredLine({ company, isOnly }: { company: AdministeredCompany; isOnly: boolean }) {
  const { companyId, slug, name } = company;
  return (
    <li className="border-b border-line py-3">
      <details open={isOnly}>
        <summary className="flex flex-wrap items-baseline justify-between gap-x-6">
          <span className="min-w-0 break-words">
            <span className="font-semibold underline decoration-line underline-offset-4">{name}</span>{" "}
            <span className="label">{hostOf(company.website)}</span>
          </span>
          <span className="label">{standing(company)}</span>
        </summary>
        <div className="mt-4 mb-3 grid items-start gap-x-12 gap-y-8 md:grid-cols-2">
          {company.hiddenAt ? (
            <div>
              <p className="mb-3 text-quiet">
                Hidden on {longDay(dayOf(company.hiddenAt))}: {company.hiddenReason}
              </p>
              <Form id={`show-${slug}`} action={show.bind(null, companyId, slug)} submit="Show it again" fields={[]} />
            </div>
          ) : (
            <Form
              id={`hide-${slug}`}
              action={hide.bind(null, companyId, slug)}
              submit="Hide it"
              kind="danger"
              fields={[
                {
                  name: "reason",
                  label: "Hide from every public page",
                  hint:
                    company.origin === "imported"
                      ? "Imported facts have no team; the reason stays in the history."
                      : "Its team goes on working and reads this reason.",
                  required: true,
                  maxLength: 500,
                },
              ]}
            />
          )}
          <Form
            id={`note-${slug}`}
            action={annotate.bind(null, companyId, slug)}
            submit="Save the note"
            kind="quiet"
            fields={[
              {
                name: "annotation",
                label: "Public note beside the company",
                hint: "For example a dispute. Empty takes it away.",
                value: company.annotation ?? "",
                maxLength: 500,
              },
            ]}
          />
          {company.provenDomain && (
            <div>
              <p className="mb-3 text-quiet">
                Holds {company.provenDomain}. Taking the proof lets another company prove it.
              </p>
              <Form
                id={`proof-${slug}`}
                action={dropProof.bind(null, companyId, slug)}
                submit="Take the proof"
                kind="danger"
                fields={[]}
              />
            </div>
          )}
          {company.origin === "imported" && (
            <Form
              id={`merge-${slug}`}
              action={merge.bind(null, companyId)}
              submit="Merge"
              kind="quiet"
              fields={[
                {
                  name: "into",
                  label: "Merge into a registered company",
                  hint: "The end of its address, like acme. Imported reports move there and this page goes.",
                  required: true,
                  maxLength: 40,
                },
              ]}
            />
          )}
        </div>
        {!company.hiddenAt && !company.deleteAfter && (
          <p>
            <a href={`/companies/${slug}`}>Public page</a>
          </p>
        )}
      </details>
    </li>
  );
}

function standing(company: AdministeredCompany): string {
  if (company.hiddenAt) return "hidden";
  if (company.deleteAfter) return "being deleted";
  if (company.origin === "imported") return "imported facts";
  return company.provenDomain ? "proven" : "not proven";
}
