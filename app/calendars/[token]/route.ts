import { clock } from "@/lib/clock";
import { findCalendar } from "@/lib/pledge/reminder-store";

/** Serves the dates of a company's next report to calendar programs, which know only the secret address. */
export async function GET(_: Request, { params }: { params: Promise<{ token: string }> }): Promise<Response> {
  const { token } = await params;
  const calendar = await findCalendar(token.replace(/\.ics$/, ""), clock.now());
  if (calendar === null) return new Response("There is no such calendar.", { status: 404 });
  return new Response(calendar, {
    headers: { "content-type": "text/calendar; charset=utf-8", "cache-control": "private, max-age=3600" },
  });
}
