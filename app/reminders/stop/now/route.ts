import { stopMail } from "@/lib/mail/stop-store";
import { Refusal } from "@/lib/refusal";

/** Where mail programs send one POST when their reader presses "unsubscribe" (RFC 8058). Without cookies, as they do. */
export async function POST(request: Request): Promise<Response> {
  try {
    await stopMail(tokenOf(request));
    return new Response("You get no more of these mails.\n", { headers: { "cache-control": "no-store" } });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return new Response(`${error.message}\n`, { status: 404 });
  }
}

/** Programs that know nothing of the POST open the address: they see the page with its button, and nothing changes. */
export function GET(request: Request): Response {
  const location = `/reminders/stop?token=${encodeURIComponent(tokenOf(request))}`;
  return new Response(null, { status: 303, headers: { location } });
}

function tokenOf(request: Request): string {
  return new URL(request.url).searchParams.get("token") ?? "";
}
