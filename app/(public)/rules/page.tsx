import type { Metadata } from "next";
import { Prose } from "@/app/_ui/prose";
import { RULES, RULES_VERSION } from "@/lib/ledger/eligibility";
import { GRADES } from "@/lib/ledger/evidence";
import { HEADCOUNT_METHOD } from "@/lib/report/headcount";
import { METHOD_VERSION, METHODS } from "@/lib/report/method";

export const metadata: Metadata = {
  title: "The rules a payment counts by",
  description:
    "Which payments count toward a pledge, how sure anybody can be of them, and how a report's total comes about.",
};

const VERDICTS = [
  { verdict: "counts", title: "Counts in full" },
  { verdict: "partly", title: "Counts in part" },
  { verdict: "not", title: "Does not count" },
] as const;

export default function RulesPage() {
  return (
    <Prose
      title="The rules a payment counts by"
      lead="Every payment in a ledger stands under one of these rules. Whoever chooses another than the first says why, and the ledger keeps who it was. What does not count stays visible on the report, with its reason."
    >
      <p className="text-quiet">
        Version {RULES_VERSION}, after the Open Source Pledge. Each report names the version it was made by.
      </p>
      {VERDICTS.map(({ verdict, title }) => (
        <section key={verdict} aria-labelledby={verdict}>
          <h2 id={verdict}>{title}</h2>
          <dl className="mt-2 max-w-[48rem] border-t border-ink">
            {RULES.filter((rule) => rule.verdict === verdict).map((rule) => (
              <div key={rule.code} id={`rule-${rule.code}`} className="gap-6 border-b border-line py-2.5 sm:flex">
                <dt className="shrink-0 font-semibold sm:w-56">{rule.label}</dt>
                <dd>{rule.sentence}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <section aria-labelledby="grades">
        <h2 id="grades">How sure anybody can be</h2>
        <p>Each line of a report carries a grade, and a report says how many of its dollars are of which.</p>
        <dl className="mt-3 max-w-[48rem] border-t border-ink">
          {Object.entries(GRADES).map(([grade, meaning]) => (
            <div key={grade} className="flex gap-6 border-b border-line py-2.5">
              <dt className="w-8 shrink-0 font-semibold">{grade}</dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
        <p>
          Documents stay with the company and are kept with their hash. Public pages are kept as they were on the day
          they were seen, because a one-time sponsorship is visible for a month only.
        </p>
      </section>
      <section aria-labelledby="total">
        <h2 id="total">How the total comes about</h2>
        <p className="text-quiet">Method {METHOD_VERSION}.</p>
        <ul>
          {(METHODS[METHOD_VERSION] ?? []).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="developers">
        <h2 id="developers">How developers are counted</h2>
        <p>{HEADCOUNT_METHOD}</p>
        <p>
          A company may type the figure instead; then the report says so. Contractors and staff paid to work on open
          source are shown apart and never change it.
        </p>
      </section>
    </Prose>
  );
}
