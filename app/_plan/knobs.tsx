"use client";

import { type ReactNode, useId } from "react";
import { RAIL_LABELS, type Rail } from "@/lib/funding/rails";
import type { Scope } from "@/lib/lockfile/types";
import { formatMoney } from "@/lib/money";
import type { PlanInputs } from "@/lib/plan/inputs";
import { MoneyKnob, NumberKnob } from "./knob-fields";
import { LazyDetails } from "./lazy-details";
import { AddedKnob, FundsKnob, OwnKnob } from "./named-knobs";
import type { Edit } from "./use-history";

const SCOPES: { scope: Scope; name: string }[] = [
  { scope: "runtime", name: "Runtime" },
  { scope: "development", name: "Development" },
  { scope: "optional", name: "Optional" },
  { scope: "unknown", name: "Not told apart" },
];
const UPLIFTS: { value: string; name: string }[] = [
  { value: "1", name: "Nothing above their part" },
  { value: "1.5", name: "Up to 1.5 times their part" },
  { value: "2", name: "Up to twice their part" },
  { value: "3", name: "Up to three times their part" },
  { value: "", name: "Everything: sweep it out" },
];

/** Who could be named as the company's own: payees and projects of the plan. */
export type Namable = { id: string; name: string };

/** Everything about a plan that is no single line: payments, repositories, scopes, rails, additions, own, fallback. */
export function Knobs({
  edit,
  repositories,
  rails,
  namable,
}: {
  edit: Edit;
  repositories: readonly string[];
  rails: readonly Rail[];
  namable: () => readonly Namable[];
}) {
  const { inputs, change } = edit;
  const set = (label: string, part: Partial<PlanInputs>, gesture?: string) =>
    change(label, { ...inputs, ...part }, gesture);
  const uplift = useId();
  const weighted = Object.values(inputs.repositoryWeights).filter((weight) => weight !== 1).length;
  return (
    <div className="grid grid-cols-1 gap-y-1">
      <Group title="Payments" said={`from ${formatMoney(inputs.minimumCents)}`} open>
        <MoneyKnob
          label="Smallest payment"
          cents={inputs.minimumCents}
          onChange={(cents) => set("the smallest payment", { minimumCents: cents ?? 0 }, "minimum")}
        />
        <NumberKnob
          label="Largest part for one payee"
          suffix="%"
          value={Math.round(inputs.capShare * 10_000) / 100}
          most={100}
          onChange={(percent) => set("the largest part", { capShare: Math.round(percent * 100) / 10_000 }, "cap")}
        />
        <NumberKnob
          label="At most so many payments"
          hint="empty for as many as can be paid"
          value={inputs.maxPayees}
          whole
          most={100_000}
          onChange={(maxPayees) => set("the number of payments", { maxPayees }, "payments")}
          onEmpty={() => set("the number of payments", { maxPayees: null }, "payments")}
        />
        <label className="flex items-start gap-2">
          <input
            type="checkbox"
            checked={inputs.wholeDollars}
            onChange={(event) => set("whole dollars", { wholeDollars: event.target.checked })}
            className="mt-1 size-4 accent-river"
          />
          <span>
            Whole dollars
            <span className="label block">GitHub’s import takes no cents</span>
          </span>
        </label>
        <div>
          <label htmlFor={uplift} className="label block">
            When others cannot be paid, a payee gets
          </label>
          <select
            id={uplift}
            value={inputs.uplift === null ? "" : String(inputs.uplift)}
            onChange={(event) =>
              set("the uplift", { uplift: event.target.value === "" ? null : Number(event.target.value) })
            }
            className="input"
          >
            {UPLIFTS.map(({ value, name }) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </select>
          <p className="label mt-1">
            What is above their part shrinks as more maintainers become payable. The rest is held.
          </p>
        </div>
      </Group>
      <Group title="Repositories" said={weighted > 0 ? `${weighted} weighted` : "all count 1"}>
        <p className="label">0 leaves a repository out, 5 counts it five times.</p>
        <div className="max-h-72 overflow-y-auto">
          {repositories.map((id) => (
            <NumberKnob
              key={id}
              label={id}
              value={inputs.repositoryWeights[id] ?? 1}
              most={5}
              beside
              onChange={(weight) =>
                set(
                  `${id} counts ×${weight}`,
                  { repositoryWeights: { ...inputs.repositoryWeights, [id]: weight } },
                  `repository ${id}`,
                )
              }
            />
          ))}
        </div>
      </Group>
      <Group title="Scopes" said={`development ×${inputs.scopeWeights.development}`}>
        {SCOPES.map(({ scope, name }) => (
          <NumberKnob
            key={scope}
            label={name}
            value={inputs.scopeWeights[scope]}
            most={5}
            beside
            onChange={(weight) =>
              set(`${name} counts ×${weight}`, { scopeWeights: { ...inputs.scopeWeights, [scope]: weight } }, scope)
            }
          />
        ))}
      </Group>
      {rails.length > 0 && (
        <Group
          title="Smallest by rail"
          said={Object.values(inputs.railMinimums).some(Boolean) ? "set" : "none of their own"}
        >
          {rails.map((rail) => (
            <MoneyKnob
              key={rail}
              label={RAIL_LABELS[rail]}
              cents={inputs.railMinimums[rail]}
              onChange={(cents) => {
                const { [rail]: _, ...others } = inputs.railMinimums;
                const railMinimums = cents === undefined ? others : { ...others, [rail]: cents };
                set(`the smallest through ${RAIL_LABELS[rail]}`, { railMinimums }, rail);
              }}
            />
          ))}
        </Group>
      )}
      <Group title="In no lockfile" said={inputs.added.length > 0 ? `${inputs.added.length} added` : "none added"}>
        <AddedKnob edit={edit} />
      </Group>
      <Group
        title="Your own"
        said={
          inputs.exclusions.some(({ own }) => own)
            ? `${inputs.exclusions.filter(({ own }) => own).length} left out`
            : "none"
        }
      >
        <OwnKnob edit={edit} namable={namable} />
      </Group>
      <Group
        title="What cannot be paid"
        said={inputs.fallback.length > 0 ? inputs.fallback.map(({ name }) => name).join(", ") : "stays with you"}
      >
        <FundsKnob edit={edit} />
      </Group>
    </div>
  );
}

function Group({ title, said, open, children }: { title: string; said: string; open?: boolean; children: ReactNode }) {
  return (
    <div className="border-line border-b py-2">
      <LazyDetails
        open={open}
        summary={
          <>
            <span className="font-semibold">{title}</span> <span className="label">{said}</span>
          </>
        }
      >
        <div className="mt-2 grid grid-cols-1 gap-3 pb-2">{children}</div>
      </LazyDetails>
    </div>
  );
}
