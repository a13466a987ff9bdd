import { findSession, requestSignInLink, signInByLink } from "../../lib/auth/session.ts";
import { queuedMail } from "./queued-mail.ts";

process.env.AUTH_SECRET ||= "a secret of these tests and of nothing else";

let address = 0;

/** Signs somebody in through the real door: asks for the link, uses the one in the mail, keeps the cookie. */
export async function signIn(email: string): Promise<{ userId: string; sessionId: string; headers: Headers }> {
  const from = {
    "x-forwarded-for": `192.0.2.${++address % 256}`,
    "user-agent": "Mozilla/5.0 (X11; Linux) Firefox/140.0",
  };
  await requestSignInLink(email, new Headers(from));
  const token = tokenOf((await queuedMail(email)).at(-1)!.text);
  const cookie = (await signInByLink(token, new Headers(from))).map((each) => each.split(";")[0]).join("; ");
  const headers = new Headers({ ...from, cookie, origin: "http://localhost:3000" });
  const session = await findSession(headers);
  return { userId: session!.user.id, sessionId: session!.id, headers };
}

/** The token of the sign-in link in a mail. */
export function tokenOf(mail: string): string {
  return new URL(/http\S+/.exec(mail)![0]).searchParams.get("token")!;
}
