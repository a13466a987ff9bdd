import fs from "node:fs";
import { stepSentence } from "../allocation/explain.ts";
import { formatMoney } from "../money.ts";
import { answerPlan, type PlanAnswer, readPlanDocument } from "./plan-input.ts";

const HELP = `Recomputes a plan from a JSON document, so that anybody can check a published one.

  npm run plan -- INPUT.json [--json]      "-" reads standard input

{
  "budgetCents": 1000000,              whole cents
  "period": "2026",                    seeds the order of ties
  "depth": "balanced",                 or "direct-first", "deep", or { "perDependency": 0.1, "most": 0.5 }
  "minimumCents": 1000, "capShare": 0.1, "uplift": 2, "maxPayees": null, "quantumCents": 1,
  "projects": [
    { "id": "router", "points": { "web-shop": 2 }, "payees": [{ "payee": "router-collective", "weight": 1 }] },
    { "id": "strings", "multiplier": 2, "excluded": false }
  ],
  "edges": [["router", "strings"]],    the first depends on the second
  "payees": [{ "id": "router-collective", "name": "The router collective", "payable": true,
               "minimumCents": 500, "pinCents": 20000, "floorCents": 1000 }],
  "fallback": [{ "payee": "a-foundation", "weight": 1 }]
}

Only budgetCents, period, projects and edges are needed. Exit codes: 0 a plan was made, 1 the settings allow none,
2 the input could not be read.
`;

process.exitCode = run(process.argv.slice(2));

function run(args: readonly string[]): number {
  const json = args.includes("--json");
  const files = args.filter((arg) => arg !== "--json");
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(HELP);
    return 0;
  }
  const unknown = files.find((arg) => arg.startsWith("-") && arg !== "-");
  if (unknown !== undefined || files.length !== 1) {
    process.stderr.write(
      `${unknown === undefined ? "Name one input file." : `${unknown} is not an option.`}\n\n${HELP}`,
    );
    return 2;
  }
  const file = files[0]!;
  let text: string;
  try {
    text = fs.readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    process.stderr.write(`${file} could not be read: ${(error as Error).message}\n`);
    return 2;
  }
  const { document, mistakes } = readPlanDocument(text.replace(/^\uFEFF/, ""));
  if (!document) {
    process.stderr.write(`${file} is not a plan document:\n${mistakes.map((mistake) => `  ${mistake}\n`).join("")}`);
    return 2;
  }
  const answer = answerPlan(document);
  for (const { message } of answer.problems) process.stderr.write(`${message}\n`);
  process.stdout.write(json ? `${JSON.stringify(answer, null, 2)}\n` : inWords(answer));
  return answer.plan ? 0 : 1;
}

function inWords({ plan, methodVersion }: PlanAnswer): string {
  if (!plan) return "";
  const money = (cents: number): string => formatMoney(cents, "USD", { cents: "always" });
  const lines = plan.lines.flatMap(({ name, cents, share, receipt }) => [
    `${money(cents).padStart(14)}  ${name}  (${(share * 100).toFixed(2)} %)`,
    ...receipt.steps.map((step) => `${" ".repeat(16)}${stepSentence(step, (project) => project)}`),
  ]);
  const causes = [
    ["nobody to pay is known", plan.held.unreached],
    ["cap or uplift", plan.held.capped],
    ["below the minimum", plan.held.belowMinimum],
    ["beyond the number of payments", plan.held.tooMany],
    ["does not divide", plan.held.indivisible],
  ] as const;
  const held = causes
    .filter(([, cents]) => cents > 0)
    .map(([cause, cents]) => `${money(cents).padStart(14)}    ${cause}`);
  return [
    `${methodVersion}, period ${plan.period}, budget ${money(plan.budgetCents)}`,
    "",
    ...lines,
    "",
    `${money(plan.totals.pinnedCents + plan.totals.sharedCents).padStart(14)}  to ${plan.totals.payees} payees`,
    `${money(plan.held.cents).padStart(14)}  held`,
    ...held,
    "",
  ].join("\n");
}
