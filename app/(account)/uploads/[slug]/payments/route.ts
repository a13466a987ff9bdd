import { receive } from "@/app/_uploads/receive";
import { clock } from "@/lib/clock";
import { openImportWithSaved } from "@/lib/ledger/imports/columns-store";
import { MAX_IMPORT_BYTES } from "@/lib/ledger/imports/store";
import { refuse } from "@/lib/refusal";

const MOST_FILES = 10;

/** Takes files of payments in to be looked at; nothing is written to the ledger. */
export async function POST(request: Request, { params }: { params: Promise<{ slug: string }> }): Promise<Response> {
  const { slug } = await params;
  const page = `/account/${slug}/payments/import`;
  const rules = { slug, question: "canRecordPayment", page, maxBytes: MAX_IMPORT_BYTES + 64 * 1024 } as const;
  return receive(request, rules, async ({ form, session, company }) => {
    const files = form.getAll("files").filter((file): file is File => typeof file !== "string" && file.size > 0);
    if (files.length > MOST_FILES) throw refuse("invalid", `Choose at most ${MOST_FILES} files at once.`);
    const pasted = String(form.get("pasted") ?? "");
    const texts = [
      ...(await Promise.all(files.map(async (file) => ({ fileName: file.name, text: await textOf(file) })))),
      ...(pasted.trim() ? [{ fileName: "pasted text", text: pasted }] : []),
    ];
    if (texts.length === 0) throw refuse("invalid", "Choose a file, or paste its text.");
    const format = String(form.get("format") ?? "");
    const change = { companyId: company.companyId, actorId: session.user.id, now: clock.now() };
    const ids: string[] = [];
    for (const { fileName, text } of texts) {
      ids.push(await openImportWithSaved(change, { fileName, text, ...(format && { format }) }));
    }
    return ids.length === 1 ? `${page}/${ids[0]}` : `${page}?opened=${ids.length}`;
  });
}

/** Spreadsheets save "Unicode text" as UTF-16, and older banks send Latin-1: both are text too. */
async function textOf(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
