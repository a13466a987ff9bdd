"use client";

import { type ReactNode, startTransition, useActionState, useEffect, useRef } from "react";
import type { FieldSpec, FormState } from "./form-state";

const FIELDS = "grid grid-cols-1 gap-x-6 gap-y-5 sm:grid-cols-2";

/**
 * A form whose action answers with sentences. It works without JavaScript; with it, the first wrong field is focused.
 *
 * Errors stand beside their field and in a summary that links to them; what was typed stays.
 */
export function Form({
  action,
  fields,
  submit,
  kind,
  id = "",
  more = "More",
  children,
}: {
  action: (state: FormState, form: FormData) => Promise<FormState>;
  fields: FieldSpec[];
  submit: string;
  kind?: "quiet" | "danger";
  /** Tells the fields of several forms on one page apart. */
  id?: string;
  /** What the fields marked `more` are about. */
  more?: string;
  children?: ReactNode;
}) {
  const idOf = (field: FieldSpec) => `field-${id ? `${id}-` : ""}${field.name}`;
  const [state, send, pending] = useActionState(action, {});
  const summary = useRef<HTMLDivElement>(null);
  const wrong = fields.filter((field) => state.errors?.[field.name]);
  const shown = fields.filter((field) => !field.more);
  const folded = fields.filter((field) => field.more);
  const fieldOf = (field: FieldSpec) => (
    <Field
      key={field.name}
      id={idOf(field)}
      field={field}
      value={state.values?.[field.name] ?? field.value}
      error={state.errors?.[field.name]}
    />
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the summary takes focus once per answer, and `turn` is what counts answers
  useEffect(() => {
    if (state.message) summary.current?.focus();
  }, [state.turn]);
  return (
    <form
      action={send}
      // Sent by hand where there is JavaScript: after an action the browser's form would be reset, and what was typed
      // meanwhile with it. Without JavaScript `action` does the same.
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        startTransition(() => send(form));
      }}
      noValidate
      className="grid grid-cols-1 gap-5"
    >
      {state.message ? (
        <div ref={summary} role="alert" tabIndex={-1} className="border-l-4 border-bad py-1 pl-4">
          <p className="font-semibold">{state.message}</p>
          {wrong.length > 0 && (
            <ul className="mt-1">
              {wrong.map((field) => (
                <li key={field.name}>
                  <a href={`#${idOf(field)}`}>{`${field.label}: ${state.errors?.[field.name]}`}</a>
                </li>
              ))}
            </ul>
          )}
        </div>
      ) : null}
      {state.done ? (
        <p role="status" className="border-l-4 border-good py-1 pl-4 font-semibold">
          {state.done}
        </p>
      ) : null}
      {shown.length > 0 && <div className={FIELDS}>{shown.map(fieldOf)}</div>}
      {folded.length > 0 && (
        <details open={wrong.some((field) => field.more)}>
          <summary className="link w-fit">{more}</summary>
          <div className={`mt-4 ${FIELDS}`}>{folded.map(fieldOf)}</div>
        </details>
      )}
      {children}
      <div>
        <button type="submit" className="button" data-kind={kind} disabled={pending}>
          {submit}
        </button>
      </div>
    </form>
  );
}

function Field({
  id,
  field,
  value,
  error,
}: {
  id: string;
  field: FieldSpec;
  value?: string | undefined;
  error?: string | undefined;
}) {
  if (field.type === "hidden") return <input type="hidden" name={field.name} value={value ?? ""} readOnly />;
  const described = [field.hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ") || undefined;
  const shared = {
    id,
    name: field.name,
    "aria-describedby": described,
    "aria-invalid": error ? true : undefined,
    required: field.required,
  } as const;
  if (field.type === "checkbox") {
    return (
      <div className="sm:col-span-2">
        <label htmlFor={id} className="flex items-start gap-3">
          <input
            {...shared}
            type="checkbox"
            value="yes"
            defaultChecked={value === "yes"}
            className="mt-1 size-5 accent-river"
          />
          <span>{field.label}</span>
        </label>
        <FieldNotes id={id} hint={field.hint} error={error} />
      </div>
    );
  }
  return (
    <div className={`flex flex-col justify-end ${field.width === "half" ? "" : "sm:col-span-2"}`}>
      <label htmlFor={id} className="mb-1 block font-semibold">
        {field.label}
        {field.required ? null : <span className="font-normal text-quiet"> (optional)</span>}
      </label>
      <FieldNotes id={id} hint={field.hint} error={error} />
      <div className="flex items-stretch">
        {field.prefix ? <span className="flex items-center pr-2 text-quiet">{field.prefix}</span> : null}
        <Control field={field} shared={shared} value={value} />
        {field.suffix ? <span className="flex items-center pl-2 text-quiet">{field.suffix}</span> : null}
      </div>
    </div>
  );
}

function FieldNotes({ id, hint, error }: { id: string; hint?: string | undefined; error?: string | undefined }) {
  return (
    <>
      {hint ? (
        <p id={`${id}-hint`} className="label mb-1.5">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className="mb-1.5 font-semibold text-bad text-small">
          <span aria-hidden="true">▲ </span>
          {error}
        </p>
      ) : null}
    </>
  );
}

function Control({ field, shared, value }: { field: FieldSpec; shared: object; value?: string | undefined }) {
  if (field.type === "textarea") {
    return <textarea {...shared} defaultValue={value} maxLength={field.maxLength} className="input" rows={4} />;
  }
  if (field.type === "select") {
    return (
      <select {...shared} defaultValue={value} className="input">
        {field.options?.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    );
  }
  if (field.type === "file") return <input {...shared} type="file" accept={field.accept} className="input" />;
  const numeric = field.type === "money" || field.type === "number";
  return (
    <input
      {...shared}
      // Numbers are text with a numeric keyboard: "1,234.50" must be allowed to be typed and be answered with a sentence.
      type={numeric ? "text" : (field.type ?? "text")}
      inputMode={numeric ? "decimal" : undefined}
      defaultValue={value}
      autoComplete={field.autoComplete ?? "off"}
      placeholder={field.placeholder}
      maxLength={field.maxLength}
      min={field.min}
      max={field.max}
      className="input"
    />
  );
}
