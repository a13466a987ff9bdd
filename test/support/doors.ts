// Every door of the site as its source tree has them: what stands in no table is found here, by name.
import fs from "node:fs";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** Lists the addresses of all pages, such as `/account/[slug]/members`. */
export function pagesInSource(): string[] {
  return filesOf("app")
    .filter((file) => /(^|\/)page\.tsx?$/.test(file))
    .map(addressOf)
    .sort();
}

/** Lists all routes with each method they answer, such as `GET /badges/[file]`; files like `robots.ts` answer GET. */
export function routesInSource(): string[] {
  const files = filesOf("app");
  const routes = files
    .filter((file) => /(^|\/)route\.tsx?$/.test(file))
    .flatMap((file) => exportsOf(`app/${file}`).map((method) => ({ method, file })))
    .filter(({ method }) => METHODS.includes(method))
    .map(({ method, file }) => `${method} ${addressOf(file)}`);
  // the framework's own names for files that are an address: https://nextjs.org/docs/app/api-reference/file-conventions/metadata
  const facts = files.flatMap((file) => {
    const [, where = "", name = ""] =
      /^(.*?)((?:robots|sitemap|manifest|icon|apple-icon|opengraph-image|twitter-image|favicon)\.\w+)$/.exec(file) ??
      [];
    const ending = { "robots.ts": "robots.txt", "sitemap.ts": "sitemap.xml" }[name] ?? name;
    return name ? [`GET ${addressOf(`${where}${ending}/x`)}`] : [];
  });
  return [...routes, ...facts].sort();
}

/** Lists all server actions: the folder they are in and their name, such as `/account/[slug]/members invite`. */
export function actionsInSource(): string[] {
  return ["app", "lib"]
    .flatMap((root) => filesOf(root).map((file) => `${root}/${file}`))
    .filter((file) => /\.tsx?$/.test(file))
    .flatMap((file) => {
      const text = fs.readFileSync(file, "utf8");
      if (/^\s*["']use server["']/.test(text)) return exportsOf(file).map((name) => actionName(file, name));
      return /^\s+["']use server["'];?$/m.test(text) ? [actionName(file, "(inside)")] : [];
    })
    .sort();
}

/** Reads from the built site the id under which each action is called, by the names of `actionsInSource`. */
export function builtActions(): Map<string, string> {
  const manifest = JSON.parse(fs.readFileSync(".next/server/server-reference-manifest.json", "utf8")) as {
    node: Record<string, { filename: string; exportedName: string }>;
  };
  return new Map(
    Object.entries(manifest.node).map(([id, { filename, exportedName }]) => [actionName(filename, exportedName), id]),
  );
}

function actionName(file: string, name: string): string {
  return `${addressOf(file.replace(/^app\//, ""))} ${name}`;
}

/** `(account)/account/[slug]/page.tsx` → `/account/[slug]`: the last name goes, and so do groups in brackets. */
function addressOf(file: string): string {
  const parts = file
    .split("/")
    .slice(0, -1)
    .filter((part) => !/^\(.*\)$/.test(part));
  return `/${parts.join("/")}`;
}

/** What a file hands out, types left aside. */
function exportsOf(file: string): string[] {
  const text = fs.readFileSync(file, "utf8");
  const declared = [...text.matchAll(/^export (?:default )?(?:async )?(?:function\*?|const|let|class) (\w+)/gm)];
  // export { GET, remove as POST } from "./elsewhere"
  const listed = [...text.matchAll(/^export \{([^}]*)\}/gm)].flatMap(([, names = ""]) => names.split(","));
  return [
    ...declared.map(([, name]) => name!),
    ...listed
      .map(
        (name) =>
          name
            .trim()
            .split(/\s+as\s+/)
            .at(-1)!,
      )
      .filter((name) => name !== ""),
    ...(/^export (\*|default (?!async |function|class))/m.test(text) ? ["(unnamed)"] : []),
  ];
}

function filesOf(root: string): string[] {
  return fs.readdirSync(root, { recursive: true, encoding: "utf8" }).map((file) => file.replaceAll("\\", "/"));
}
