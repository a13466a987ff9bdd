import type { Metadata } from "next";
import { FISCAL_YEAR_ENDS } from "@/app/_form/fiscal-year-ends";
import { Form } from "@/app/_form/form";
import { pledgeFields } from "@/app/_form/pledge-fields";
import { SlugHint } from "@/app/_form/slug-hint";
import { signedIn } from "@/app/_session";
import { listCountries } from "@/lib/countries";
import { register } from "./actions";

export const metadata: Metadata = { title: "Register your pledge" };

export default async function RegisterPage() {
  await signedIn("/account/register");
  const countries = listCountries().map(({ code, name }) => ({ value: code, label: name }));
  return (
    <div className="page pt-8 sm:pt-12">
      <div className="max-w-2xl">
        <h1>Register your pledge</h1>
        <p className="mt-3 mb-8 text-lead">
          Your company is listed as pledged at once. You can change the amount later, forward in time; what you promised
          stays readable.
        </p>
        <Form
          action={register}
          submit="Register the pledge"
          more="Address of your page, a limit, how developers count"
          fields={[
            { name: "requestKey", label: "", type: "hidden", value: crypto.randomUUID() },
            {
              name: "name",
              label: "Company",
              required: true,
              maxLength: 80,
              autoComplete: "organization",
              width: "half",
            },
            {
              name: "website",
              label: "Website",
              required: true,
              maxLength: 200,
              autoComplete: "url",
              placeholder: "acme.example",
              width: "half",
            },
            {
              name: "developers",
              label: "Developers you employ",
              type: "number",
              required: true,
              hint: "Full-time equivalents, on average; 14.5 is fine.",
              width: "half",
            },
            {
              name: "amountPerDeveloper",
              label: "US dollars per developer and year",
              type: "money",
              required: true,
              value: "2,000",
              prefix: "$",
              hint: "The floor of the Pledge is $2,000.",
              width: "half",
            },
            {
              name: "fiscalYearEnd",
              label: "Your fiscal year ends on",
              type: "select",
              required: true,
              value: "12-31",
              options: FISCAL_YEAR_ENDS,
              width: "half",
            },
            {
              name: "country",
              label: "Country",
              type: "select",
              value: "",
              options: [{ value: "", label: "Rather not say" }, ...countries],
              width: "half",
            },
            {
              name: "slug",
              label: "Address of your page",
              hint: "/companies/… — left empty, it is made from the name.",
              maxLength: 40,
              placeholder: "acme",
              more: true,
            },
            ...pledgeFields({ capCents: null, headcountBasis: "average" }),
            { name: "statement", label: "What you promise, in your words", type: "textarea", maxLength: 600 },
          ]}
        >
          <SlugHint />
          <p className="label">
            A pledge below the floor can be made; it is shown as what it is, below the floor of $2,000 per developer.
            Not there yet? Register what you can promise now and announce the steps up afterwards. It is said beforehand{" "}
            <a href="/methodology#leaving">what stays here if you leave</a>.
          </p>
        </Form>
      </div>
    </div>
  );
}
