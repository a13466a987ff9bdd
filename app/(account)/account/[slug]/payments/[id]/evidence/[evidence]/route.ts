import { memberEndpoint } from "@/lib/api/endpoint";
import { getEvidence } from "@/lib/ledger/evidence-store";

/**
 * Hands a member of the team what proves a payment, as a download: what others wrote is never run under this site's name.
 */
export const GET = memberEndpoint({
  question: "canViewCompany",
  run: async ({ company, params }) => {
    const { content, ...evidence } = await getEvidence(company.companyId, params.evidence ?? "");
    const mediaType = evidence.mediaType ?? "application/octet-stream";
    // a kept page is shown as its source
    const isSource = /^text\/|json|xhtml/.test(mediaType);
    const ending = isSource ? "txt" : mediaType.split("/")[1];
    const name = evidence.fileName ?? `page-${evidence.seenAt.toISOString().slice(0, 10)}.${ending}`;
    return new Response(new Uint8Array(content), {
      headers: {
        "content-type": isSource ? "text/plain; charset=utf-8" : mediaType,
        "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(name)}`,
        "content-security-policy": "sandbox; default-src 'none'",
        "x-content-type-options": "nosniff",
      },
    });
  },
});
