import { DEPTHS } from "@/app/_plan/words";
import { RAIL_LABELS, type Rail } from "@/lib/funding/rails";
import { formatMoney } from "@/lib/money";
import { defaultInputs, type PlanInputs } from "@/lib/plan/inputs";
import { projectName } from "@/lib/stack/project-name";

/** What was set for a version, and only what differs from the published defaults. */
export function Settings({ inputs }: { inputs: PlanInputs }) {
  const rows = settingsOf(inputs);
  return (
    <section className="mt-10 max-w-2xl" aria-labelledby="settings">
      <h2 id="settings">What was set</h2>
      <dl className="mt-3 border-ink border-t">
        {rows.map(([name, value]) => (
          <div key={`${name} ${value}`} className="flex justify-between gap-6 border-line border-b py-1.5">
            <dt className="min-w-0 break-words text-quiet">{name}</dt>
            <dd className="min-w-0 break-words text-right">{value}</dd>
          </div>
        ))}
      </dl>
      <p className="label mt-2">Everything else is as the method says.</p>
    </section>
  );
}

function settingsOf(inputs: PlanInputs): [string, string][] {
  const usual = defaultInputs(inputs.budgetCents, inputs.period);
  const rows: [string, string][] = [
    ["Budget", formatMoney(inputs.budgetCents)],
    ["How deep it flows", DEPTHS.find(({ value }) => value === inputs.depth)!.name],
    ["Smallest payment", formatMoney(inputs.minimumCents)],
    ["Largest part for one payee", `${inputs.capShare * 100} %`],
    ["Payments in", inputs.wholeDollars ? "whole dollars" : "dollars and cents"],
    ["Above their part, when others cannot be paid", inputs.uplift === null ? "everything" : `×${inputs.uplift}`],
  ];
  if (inputs.maxPayees !== null) rows.push(["At most so many payments", String(inputs.maxPayees)]);
  for (const [id, weight] of Object.entries(inputs.repositoryWeights))
    if (weight !== 1) rows.push([id, `counts ×${weight}`]);
  for (const [scope, weight] of Object.entries(inputs.scopeWeights)) {
    if (weight !== usual.scopeWeights[scope as keyof typeof usual.scopeWeights])
      rows.push([`${scope} packages`, `count ×${weight}`]);
  }
  for (const [rail, least] of Object.entries(inputs.railMinimums)) {
    rows.push([`Smallest through ${RAIL_LABELS[rail as Rail] ?? rail}`, formatMoney(least ?? 0)]);
  }
  for (const [id, multiplier] of Object.entries(inputs.multipliers))
    rows.push([nameOf(inputs, id), `counts ×${multiplier}`]);
  for (const [id, multiplier] of Object.entries(inputs.votes)) {
    if (inputs.multipliers[id] === undefined) rows.push([nameOf(inputs, id), `counts ×${multiplier}, by vote`]);
  }
  for (const [id, cents] of Object.entries(inputs.pins))
    rows.push([nameOf(inputs, id), `exactly ${formatMoney(cents)}`]);
  for (const [id, cents] of Object.entries(inputs.floors))
    rows.push([nameOf(inputs, id), `at least ${formatMoney(cents)}`]);
  for (const { name, points, cents } of inputs.added) {
    rows.push([
      name,
      cents === null ? `added, counts like ${points} packages` : `added, exactly ${formatMoney(cents)}`,
    ]);
  }
  for (const { name, reason, own } of inputs.exclusions)
    rows.push([name, own ? "left out: your own" : `left out: ${reason}`]);
  for (const { name, weight } of inputs.fallback) rows.push([name, `gets what cannot be paid, weight ${weight}`]);
  return rows;
}

const nameOf = (inputs: PlanInputs, id: string): string =>
  inputs.added.find((one) => one.id === id)?.name ?? projectName(id);
