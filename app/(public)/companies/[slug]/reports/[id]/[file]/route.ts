import { problemResponse } from "@/lib/api/problem";
import { env } from "@/lib/env";
import { refuse } from "@/lib/refusal";
import { reportCsv } from "@/lib/report/exports/csv";
import { reportJson } from "@/lib/report/exports/json";
import { reportMarkdown } from "@/lib/report/exports/markdown";
import { getPublication } from "@/lib/report/store";

type Context = { params: Promise<{ slug: string; id: string; file: string }> };

/** A publication as a file: the lines as CSV, everything as JSON, a post as Markdown. All have the same total. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  try {
    const { slug, id, file } = await params;
    const publication = await getPublication(slug, id);
    const { body } = publication;
    if (!body || publication.withdrawnAt) throw refuse("not_found", "There is no such file.");
    const address = `${env.appUrl}/companies/${slug}/reports/${id}`;
    if (file === "report.csv")
      return asFile(reportCsv(body), "text/csv; charset=utf-8", `${slug}-${body.period.endOn}.csv`);
    if (file === "report.json") return asFile(reportJson(publication, address), "application/json; charset=utf-8");
    if (file === "report.md")
      return asFile(reportMarkdown({ ...publication, body }, address), "text/markdown; charset=utf-8");
    throw refuse("not_found", "There is no such file.");
  } catch (error) {
    return problemResponse(error);
  }
}

function asFile(text: string, type: string, name?: string): Response {
  const headers: Record<string, string> = { "content-type": type, "access-control-allow-origin": "*" };
  if (name) headers["content-disposition"] = `attachment; filename="${name}"`;
  return new Response(text, { headers });
}
