import { FORMATS } from "@/lib/lockfile/formats";

/** Every file the reader knows, from the one list of formats. */
export function FormatTable() {
  return (
    <section className="page mt-14">
      <details>
        <summary className="link">Every file that can be read ({FORMATS.length} formats)</summary>
        <table className="ledger mt-4">
          <thead>
            <tr>
              <th scope="col">Format</th>
              <th scope="col">Files</th>
              <th scope="col">Ecosystem</th>
              <th scope="col">Drop beside it for depth and use</th>
            </tr>
          </thead>
          <tbody>
            {FORMATS.map((format) => (
              <tr key={format.name}>
                <td className="font-semibold">{format.label}</td>
                <td data-label="Files">{format.files.join(", ")}</td>
                <td data-label="Ecosystem">{format.ecosystem}</td>
                <td data-label="Beside it">{format.manifests?.join(", ") ?? ""}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}
