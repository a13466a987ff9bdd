/** One form of a page, as a browser without JavaScript sends it: hidden fields that name the action, and its buttons. */
export type PlainForm = { hidden: [name: string, value: string][]; text: string };

/** Finds the forms of a page that call a server action. */
export function formsOf(html: string): PlainForm[] {
  return [...html.matchAll(/<form\b[^>]*>([\s\S]*?)<\/form>/g)]
    .map(([, inside = ""]) => ({
      hidden: [...inside.matchAll(/<input\b[^>]*type="hidden"[^>]*>/g)].map(([input]): [string, string] => [
        attribute(input, "name"),
        attribute(input, "value"),
      ]),
      text: inside.replaceAll(/<[^>]*>/g, " "),
    }))
    .filter(({ hidden }) => hidden.some(([name]) => name.startsWith("$ACTION")));
}

/** Somebody's way to the site without a browser: their cookie, and requests that follow no redirect. */
export class Visitor {
  cookie = "";
  constructor(readonly site: string) {}

  get(path: string): Promise<Response> {
    return fetch(this.site + path, { redirect: "manual", headers: { cookie: this.cookie } });
  }

  async page(path: string): Promise<string> {
    return (await this.get(path)).text();
  }

  /** Sends a form as it stood on somebody's page, with fields typed into it. */
  async send(path: string, form: PlainForm, fields: Record<string, string | Blob> = {}): Promise<Response> {
    const body = new FormData();
    for (const [name, value] of form.hidden) if (!(name in fields)) body.append(name, value);
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    const headers = { cookie: this.cookie, origin: this.site };
    return fetch(this.site + path, { method: "POST", body, headers, redirect: "manual" });
  }

  /** Opens a link that signs in, presses its button, and keeps the cookie. */
  async open(link: string): Promise<void> {
    const path = link.slice(new URL(link).origin.length);
    const form = formsOf(await this.page(path)).find(({ text }) => text.trim() === "Sign in");
    if (!form) throw new Error(`There is no button to sign in at ${link}.`);
    const answer = await this.send(path, form);
    this.cookie = answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(";")[0])
      .join("; ");
  }
}

function attribute(tag: string, name: string): string {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? "";
  return value
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
