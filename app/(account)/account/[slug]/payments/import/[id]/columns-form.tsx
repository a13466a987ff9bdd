import { Form } from "@/app/_form/form";
import type { FieldSpec } from "@/app/_form/form-state";
import { CHANNELS } from "@/lib/ledger/channels";
import { type Columns, fits, readColumns } from "@/lib/ledger/imports/columns-store";
import { MAPPED_COLUMNS, NEEDED_COLUMNS } from "@/lib/ledger/imports/mapping-form";
import { listMappings } from "@/lib/ledger/imports/mapping-store";
import type { Mapping } from "@/lib/ledger/imports/types";
import { setColumns } from "../actions";

/** Asks which column is what, beside the first rows of the file; a saved way of reading it is one click. */
export async function ColumnsForm({ slug, companyId, id }: { slug: string; companyId: string; id: string }) {
  const columns = await readColumns(companyId, id);
  const saved = (await listMappings(companyId)).filter(({ mapping }) => fits(mapping, columns.header));
  const current = saved.find(({ mapping }) => JSON.stringify(mapping) === JSON.stringify(columns.mapping));
  const form = (
    <>
      <SampleRows columns={columns} />
      {saved.length > 0 && !current && (
        <div className="mt-5 flex flex-wrap gap-3">
          {saved.map(({ name, mapping }) => (
            <Form
              key={name}
              action={setColumns.bind(null, slug, id)}
              submit={`Read it like “${name}”`}
              kind="quiet"
              fields={hiddenFields(mapping)}
            />
          ))}
        </div>
      )}
      <div className="mt-6 max-w-2xl">
        <Form
          action={setColumns.bind(null, slug, id)}
          submit={columns.isChosen ? "Read it like this" : "Use these columns"}
          kind={columns.isChosen ? "quiet" : undefined}
          fields={fieldsOf(columns)}
        />
      </div>
    </>
  );
  if (columns.isChosen) {
    return (
      <details className="mt-6">
        <summary className="link w-fit">
          {current ? `Read with your saved columns “${current.name}”. Change them` : "Change which column is what"}
        </summary>
        <div className="mt-4">{form}</div>
      </details>
    );
  }
  return (
    <section className="mt-8" aria-labelledby="columns">
      <h2 id="columns">Which column is what?</h2>
      <p className="mt-2 text-quiet">Filled in from the names of the columns and the first rows. Look it over.</p>
      <div className="mt-4">{form}</div>
    </section>
  );
}

function SampleRows({ columns }: { columns: Columns }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard
    <section className="overflow-x-auto" aria-label="First rows of the file" tabIndex={0}>
      <table className="w-max min-w-full text-small">
        <thead>
          <tr>
            {columns.header.map((name) => (
              <th key={name} scope="col" className="border-b border-ink py-1.5 pr-5 text-left font-semibold">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {columns.sample.map(({ line, cells }) => (
            <tr key={line}>
              {columns.header.map((name) => (
                <td key={name} className="max-w-64 truncate border-b border-line py-1.5 pr-5">
                  {cells[name]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function fieldsOf({ header, mapping }: Columns): FieldSpec[] {
  const choices = header.map((name) => ({ value: name, label: name }));
  const columns = Object.entries(MAPPED_COLUMNS).map(([name, label]): FieldSpec => {
    const required = NEEDED_COLUMNS.includes(name);
    return {
      name: `column-${name}`,
      label,
      type: "select",
      required,
      value: mapping.columns[name as keyof Mapping["columns"]] ?? "",
      options: [{ value: "", label: required ? "Choose a column" : "not in this file" }, ...choices],
      width: "half",
    };
  });
  return [
    ...columns,
    {
      name: "currency",
      label: "Currency where no column says it",
      required: true,
      maxLength: 3,
      value: mapping.currency,
      width: "half",
    },
    choice("channel", "Paid through", mapping.channel, CHANNELS),
    choice("decimal", "Numbers are written", mapping.decimal, {
      ".": "1,234.50 (point)",
      ",": "1.234,50 (comma)",
    }),
    {
      ...choice("dateOrder", "Days are written", mapping.dateOrder, {
        dmy: "day first, 31.12.2025",
        mdy: "month first, 12/31/2025",
      }),
      hint: "2025-12-31 is understood in any case.",
    },
    choice("sign", "Money that was paid is", mapping.sign, {
      "as-written": "a plain number",
      "outgoing-is-negative": "negative, as banks write it",
    }),
    {
      name: "saveAs",
      label: "Keep these columns as",
      maxLength: 100,
      placeholder: "Our bank",
      hint: "The next file with these columns is then read the same way.",
      width: "half",
    },
  ];
}

function choice(name: string, label: string, value: string, labels: Record<string, string>): FieldSpec {
  const options = Object.entries(labels).map(([option, words]) => ({ value: option, label: words }));
  return { name, label, type: "select", required: true, value, options, width: "half" };
}

function hiddenFields(mapping: Mapping): FieldSpec[] {
  const { columns, ...rest } = mapping;
  const values = {
    ...Object.fromEntries(Object.entries(columns).map(([name, column]) => [`column-${name}`, column ?? ""])),
    ...rest,
  };
  return Object.entries(values).map(([name, value]) => ({ name, label: "", type: "hidden", value }));
}
