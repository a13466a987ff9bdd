import { type NextRequest, NextResponse } from "next/server";

/**
 * Sends every page with a strict Content-Security-Policy: scripts only with this answer's nonce, nothing from elsewhere.
 *
 * Next writes inline scripts that start a page; a nonce is the only way to allow those and no others, and it is why pages
 * are rendered per request. `next dev` evaluates code strings for its error pages, so there, and only there, eval is allowed.
 */
export function proxy(request: NextRequest) {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(18))).toString("base64");
  const development = process.env.NODE_ENV === "development";
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ""}`,
    `style-src 'self'${development ? " 'unsafe-inline'" : ` 'nonce-${nonce}'`}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  headers.set("content-security-policy", policy);
  const answer = NextResponse.next({ request: { headers } });
  answer.headers.set("content-security-policy", policy);
  answer.headers.set("referrer-policy", "strict-origin-when-cross-origin");
  answer.headers.set("x-content-type-options", "nosniff");
  answer.headers.set("permissions-policy", "camera=(), microphone=(), geolocation=(), interest-cohort=()");
  return answer;
}

export const config = {
  // Files of the build never need a policy of their own. Uploads answer with a redirect only, and a body that passes
  // through here would be copied and cut off at 10 MB.
  matcher: [{ source: "/((?!_next/static|_next/image|icon.svg|uploads/).*)" }],
};
