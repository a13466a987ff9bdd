import { LedgerHead } from "@/app/_ui/ledger-head";
import { FORMATS } from "@/lib/lockfile/formats";

/** Every file the reader knows, from the one list of formats. */
export function FormatTable() {
  return (
    <section className="page mt-14">
      <details>
        <summary className="link">Every file that can be read ({FORMATS.length} formats)</summary>
        <table className="ledger mt-4">
          <LedgerHead columns={["Format", "Files", "Ecosystem", "Drop beside it for depth and use"]} />
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
