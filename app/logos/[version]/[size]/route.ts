import { findLogo } from "@/lib/pledge/logo-store";

/** Serves a company's logo; its address changes with its bytes, so it may be kept for ever. */
export async function GET(
  _: Request,
  { params }: { params: Promise<{ version: string; size: string }> },
): Promise<Response> {
  const { version, size } = await params;
  const webp = /^\d{2,3}$/.test(size) ? await findLogo(version, Number(size)) : null;
  if (!webp) return new Response("There is no such logo.", { status: 404 });
  return new Response(new Uint8Array(webp), {
    headers: { "content-type": "image/webp", "cache-control": "public, max-age=31536000, immutable" },
  });
}
