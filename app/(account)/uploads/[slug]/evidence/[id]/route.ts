import { receive } from "@/app/_uploads/receive";
import { clock } from "@/lib/clock";
import { addDocument } from "@/lib/ledger/evidence-store";
import { refuse } from "@/lib/refusal";
import { refreshEntry } from "@/lib/report/directory-entry-store";

type Context = { params: Promise<{ slug: string; id: string }> };

/** Keeps a private document with a payment. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { slug, id } = await params;
  const page = `/account/${slug}/payments/${encodeURIComponent(id)}`;
  const rules = { slug, question: "canRecordPayment", page, maxBytes: 11 * 1024 * 1024 } as const;
  return receive(request, rules, async ({ form, session, company }) => {
    const file = form.get("document");
    if (!file || typeof file === "string" || file.size === 0)
      throw refuse("invalid", "Choose a PDF, PNG or JPEG file.");
    const content = new Uint8Array(await file.arrayBuffer());
    await addDocument(
      { companyId: company.companyId, actorId: session.user.id, now: clock.now(), afterwards: refreshEntry },
      id,
      { fileName: file.name, content },
    );
    return `${page}?kept=yes#evidence`;
  });
}
