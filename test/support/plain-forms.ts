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

/** What a form's action is called with: its id, and the arguments its page gave it beside the fields. */
export type Call = { id: string; args: unknown[] };

/** Reads from a form which action it calls and with what, so that a script can call it with something else. */
export function callOf({ hidden }: PlainForm): Call {
  const values = new Map(hidden);
  const reference = [...values.keys()].find((name) => name.startsWith("$ACTION_REF_"));
  if (!reference) return { id: [...values.keys()].find((name) => name.startsWith("$ACTION_ID_"))!.slice(11), args: [] };
  const prefix = reference.replace("REF_", "");
  const { id } = JSON.parse(values.get(`${prefix}:0`)!) as { id: string };
  return { id, args: JSON.parse(values.get(`${prefix}:1`) ?? "[]") as unknown[] };
}

/** Somebody's way to the site without a browser: their cookie or token, and requests that follow no redirect. */
export class Visitor {
  cookie = "";
  /** Sent along with every request, as a command line does. */
  authorization = "";
  constructor(readonly site: string) {}

  /** Asks for anything as this person; what changes something comes from a page of the site. */
  ask(path: string, request: RequestInit = {}): Promise<Response> {
    const headers = new Headers(request.headers);
    headers.set("cookie", this.cookie);
    if (this.authorization) headers.set("authorization", this.authorization);
    if (request.method && request.method !== "GET") headers.set("origin", this.site);
    return fetch(this.site + path, { ...request, headers, redirect: "manual" });
  }

  get(path: string): Promise<Response> {
    return this.ask(path);
  }

  async page(path: string): Promise<string> {
    return (await this.get(path)).text();
  }

  /** Sends a form as it stood on somebody's page, with fields typed into it. */
  async send(path: string, form: PlainForm, fields: Record<string, string | Blob> = {}): Promise<Response> {
    const body = new FormData();
    for (const [name, value] of form.hidden) if (!(name in fields)) body.append(name, value);
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    return this.ask(path, { method: "POST", body });
  }

  /**
   * Calls a server action by its id, as a page's script does: any arguments, and the fields of a form as the last one.
   * The framework's client writes both like this (`encodeReply` of react-server-dom).
   */
  async call(path: string, { id, args }: Call, fields?: Record<string, string | Blob>): Promise<Response> {
    const headers = { "next-action": id, accept: "text/x-component" };
    if (!fields) return this.ask(path, { method: "POST", headers, body: JSON.stringify(args) });
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(`_1_${name}`, value);
    body.append("0", JSON.stringify([...args, "$K1"]));
    return this.ask(path, { method: "POST", headers, body });
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

/** The text of a page as it is read, without its marks. */
export function plainText(html: string): string {
  return unescaped(html.replaceAll(/<script\b[\s\S]*?<\/script>/g, " ").replaceAll(/<[^>]*>/g, ""));
}

function attribute(tag: string, name: string): string {
  return unescaped(new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? "");
}

function unescaped(text: string): string {
  return text
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
