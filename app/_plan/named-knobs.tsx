"use client";

import { type FormEvent, type ReactNode, useId, useState } from "react";
import { readAddress } from "@/lib/funding/channels";
import { formatMoney, parseAmount } from "@/lib/money";
import type { Namable } from "./knobs";
import type { Edit } from "./use-history";

/** Things in no lockfile: a tool, an image, a service, a foundation, with a weight or an amount. */
export function AddedKnob({ edit: { inputs, change } }: { edit: Edit }) {
  return (
    <>
      <Listed
        rows={inputs.added.map(({ id, name, points, cents }) => ({
          id,
          name,
          about:
            cents === null
              ? `counts like ${points} listed ${points === 1 ? "package" : "packages"}`
              : formatMoney(cents),
        }))}
        onRemove={(id, name) =>
          change(`removed ${name}`, { ...inputs, added: inputs.added.filter((one) => one.id !== id) })
        }
      />
      <NameForm
        submit="Add it"
        fields={[
          { name: "name", label: "Name" },
          { name: "url", label: "Where it can be paid", hint: "an address; may stay empty" },
          { name: "points", label: "Counts like so many packages", hint: "or a fixed amount below", value: "1" },
          { name: "amount", label: "Fixed amount, US dollars" },
        ]}
        onSubmit={({ name = "", url = "", points = "", amount = "" }) => {
          if (!name) return "Type a name.";
          if (url && readAddress(url).channels.length !== 1) return "That is not an address it can be paid at.";
          const cents = amount ? parseAmount(amount) : null;
          if (amount && (cents === null || cents <= 0)) return "Type an amount like 250.";
          if (cents !== null && inputs.wholeDollars && cents % 100 !== 0) return "This plan pays whole dollars.";
          const weight = Number(points);
          if (cents === null && !(weight > 0 && weight <= 1000)) return "Type a weight from 0.1 to 1000.";
          const id = `added:${crypto.randomUUID()}`;
          const addition = { id, name, url, points: cents === null ? weight : 0, cents };
          change(`added ${name}`, { ...inputs, added: [...inputs.added, addition] });
          return null;
        }}
      />
    </>
  );
}

/** Funds that get what cannot be paid, by weight; nobody unless somebody is named. */
export function FundsKnob({ edit: { inputs, change } }: { edit: Edit }) {
  return (
    <>
      <p className="label">Held money stays with you, unless you name a foundation or a fund that gets it.</p>
      <Listed
        rows={inputs.fallback.map(({ id, name, weight }) => ({ id, name, about: `weight ${weight}` }))}
        onRemove={(id, name) =>
          change(`removed ${name}`, { ...inputs, fallback: inputs.fallback.filter((one) => one.id !== id) })
        }
      />
      <NameForm
        submit="Name the fund"
        fields={[
          { name: "name", label: "Foundation or fund" },
          { name: "url", label: "Where it can be paid" },
          { name: "weight", label: "Weight beside other funds", value: "1" },
        ]}
        onSubmit={({ name = "", url = "", weight = "" }) => {
          if (!name) return "Type a name.";
          if (url && readAddress(url).channels.length !== 1) return "That is not an address it can be paid at.";
          const number = Number(weight);
          if (!(number > 0 && number <= 1000)) return "Type a weight from 0.1 to 1000.";
          const fund = { id: `fund:${crypto.randomUUID()}`, name, url, weight: number };
          change(`${name} gets what cannot be paid`, { ...inputs, fallback: [...inputs.fallback, fund] });
          return null;
        }}
      />
    </>
  );
}

/** The company's own projects and people it employs: they get nothing, and what would be theirs goes on. */
export function OwnKnob({ edit: { inputs, change }, namable }: { edit: Edit; namable: () => readonly Namable[] }) {
  const list = useId();
  const names = namable();
  return (
    <>
      <p className="label">Your own projects, and maintainers you employ, get nothing from this plan.</p>
      <Listed
        rows={inputs.exclusions.filter(({ own }) => own).map(({ id, name }) => ({ id, name, about: "" }))}
        onRemove={(id, name) =>
          change(`put ${name} back`, { ...inputs, exclusions: inputs.exclusions.filter((one) => one.id !== id) })
        }
      />
      <datalist id={list}>
        {names.map(({ id, name }) => (
          <option key={id} value={name} />
        ))}
      </datalist>
      <NameForm
        submit="Leave it out"
        fields={[{ name: "name", label: "A payee or project of this plan", list }]}
        onSubmit={({ name = "" }) => {
          const found = names.find((one) => one.name.toLowerCase() === name.toLowerCase() || one.id === name);
          if (!found) return "Nobody of that name is in this plan.";
          if (inputs.exclusions.some(({ id }) => id === found.id)) return "It is left out already.";
          const exclusion = { ...found, reason: "", own: true };
          change(`left out ${found.name}`, { ...inputs, exclusions: [...inputs.exclusions, exclusion] });
          return null;
        }}
      />
    </>
  );
}

function Listed({
  rows,
  onRemove,
}: {
  rows: { id: string; name: string; about: string }[];
  onRemove: (id: string, name: string) => void;
}) {
  if (rows.length === 0) return null;
  return (
    <ul className="border-line border-t text-small">
      {rows.map(({ id, name, about }) => (
        <li key={id} className="flex items-baseline justify-between gap-3 border-line border-b py-1">
          <span className="min-w-0 break-words">
            {name} <span className="text-quiet">{about}</span>
          </span>
          <button type="button" className="link min-h-6" onClick={() => onRemove(id, name)}>
            Remove<span className="sr-only"> {name}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

type SmallField = { name: string; label: string; hint?: string; value?: string; list?: string };

/** A few fields that become one row; answers with a sentence where they cannot. */
function NameForm({
  fields,
  submit,
  onSubmit,
}: {
  fields: SmallField[];
  submit: ReactNode;
  onSubmit: (values: Record<string, string>) => string | null;
}) {
  const id = useId();
  const [trouble, setTrouble] = useState("");
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const values: Record<string, string> = {};
    for (const [name, value] of new FormData(form)) values[name] = String(value).trim().slice(0, 2_000);
    const answer = onSubmit(values);
    setTrouble(answer ?? "");
    if (answer === null) form.reset();
  };
  return (
    <form onSubmit={send} className="grid grid-cols-1 gap-2">
      {fields.map(({ name, label, hint, value, list }) => (
        <div key={name}>
          <label htmlFor={`${id}-${name}`} className="label block">
            {label}
            {hint && `, ${hint}`}
          </label>
          <input
            id={`${id}-${name}`}
            name={name}
            list={list}
            defaultValue={value}
            autoComplete="off"
            maxLength={2000}
            className="input"
          />
        </div>
      ))}
      <p role="status" className="font-semibold text-bad text-small">
        {trouble && `▲ ${trouble}`}
      </p>
      <div>
        <button type="submit" className="button" data-kind="quiet">
          {submit}
        </button>
      </div>
    </form>
  );
}
