import { findSession } from "@/lib/auth/session";
import { requireMember } from "@/lib/auth/store";
import { findLogo } from "@/lib/pledge/logo-store";
import { Refusal } from "@/lib/refusal";

/** Serves a company's logo; its address changes with its bytes, so a public one may be kept for ever. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ version: string; size: string }> },
): Promise<Response> {
  const { version, size } = await params;
  const logo = /^\d{2,3}$/.test(size) ? await findLogo(version, Number(size)) : null;
  if (!logo || !(logo.isPublic || (await isOfTeam(request.headers, logo.slug))))
    return new Response("There is no such logo.", { status: 404 });
  const caching = logo.isPublic ? "public, max-age=31536000, immutable" : "private, no-store";
  return new Response(new Uint8Array(logo.webp), {
    headers: { "content-type": "image/webp", "cache-control": caching },
  });
}

/** A hidden company's team goes on working, and sees its own logo. */
async function isOfTeam(headers: Headers, slug: string): Promise<boolean> {
  const session = await findSession(headers);
  if (!session) return false;
  return requireMember(session.user.id, slug, "canViewCompany").then(
    () => true,
    (error) => {
      if (error instanceof Refusal) return false;
      throw error;
    },
  );
}
