import { packageOf, parsePurl } from "../purl.ts";

// hosts that ignore the case of owner and repository names; on others two spellings may be two repositories
const CASELESS = new Set(["github.com", "gitlab.com", "bitbucket.org", "codeberg.org"]);
// hosts where a repository is exactly owner/name, so whatever follows is a place inside it
const OWNER_AND_NAME = new Set(["github.com", "bitbucket.org", "codeberg.org", "git.sr.ht"]);
const SHORTHANDS: Readonly<Record<string, string>> = {
  github: "github.com",
  gitlab: "gitlab.com",
  bitbucket: "bitbucket.org",
};

/**
 * Normalises the address of a source repository to `host/owner/name`, or says nothing when it is not one.
 *
 * Understands what manifests hold: `git+https`, `git://`, `ssh`, `git@host:owner/name.git`, npm's `owner/name` and
 * `github:owner/name`, Maven's `scm:` prefix, and addresses of a folder inside a repository, which are the repository.
 *
 * @example repositoryId("git+ssh://git@github.com/Babel/babel.git#main") // → "github.com/babel/babel"
 */
export function repositoryId(address: string): string | null {
  let text = address
    .trim()
    .replace(/^scm:(?:git|svn|hg):/i, "")
    .replace(/^scm:/i, "");
  if (text === "" || text.length > 2_000 || /[\s\\]/.test(text)) return null;
  const shorthand = /^(github|gitlab|bitbucket):(?!\/\/)(.+)$/i.exec(text);
  if (shorthand) text = `https://${SHORTHANDS[shorthand[1]!.toLowerCase()]}/${shorthand[2]}`;
  // npm reads `owner/name` without a host as GitHub
  else if (/^[a-z\d][\w-]*\/[\w.-]+(#.*)?$/i.test(text)) text = `https://github.com/${text}`;
  // one line it matches: git@github.com:owner/name.git
  const scp = /^(?:[\w.-]+@)?([\w-]+(?:\.[\w-]+)+):(?!\/\/|\d+\/)(.+)$/.exec(text);
  if (scp) text = `https://${scp[1]}/${scp[2]}`;
  text = text.replace(/^(?:git|svn|hg)\+/i, "").replace(/^\/\//, "https://");
  if (!/^[a-z][a-z\d+.-]*:\/\//i.test(text)) text = `https://${text}`;
  const match = /^(?:https?|git|ssh|svn):\/\/(?:[^/@]*@)?([^/:?#]+)(?::\d*)?\/([^?#]*)/i.exec(text);
  if (!match) return null;
  const host = match[1]!.toLowerCase().replace(/^www\./, "");
  if (!/^[a-z\d-]+(\.[a-z\d-]+)+$/.test(host)) return null;
  return place(host, match[2]!);
}

function place(host: string, pathname: string): string | null {
  // GitLab writes `/-/tree/main`, GitHub `/tree/main`, Bitbucket and Gitea `/src/main`
  const inside = pathname.search(/\/(?:-|tree|blob|src)\//);
  let path = (inside < 0 ? pathname : pathname.slice(0, inside)).split("/").filter((part) => part !== "");
  if (OWNER_AND_NAME.has(host)) {
    if (path.length < 2) return null;
    path = path.slice(0, 2);
  }
  if (host === "gitlab.com" && path.length < 2) return null;
  if (path.length === 0) return null;
  const joined = path.join("/").replace(/\.git$/i, "");
  if (joined === "" || joined.endsWith("/")) return null;
  return `${host}/${CASELESS.has(host) ? joined.toLowerCase() : joined}`;
}

/**
 * Answers the project a package belongs to: its source repository where known, otherwise the package itself.
 *
 * A repository is known when somebody states it, or when the package's name is one by the rules of its ecosystem (Go
 * modules and Swift packages are named by their repository's address).
 *
 * @example projectOf("pkg:npm/%40babel/core@7.26.0", "https://github.com/babel/babel/tree/main/packages/babel-core")
 * // → "github.com/babel/babel"
 */
export function projectOf(purl: string, repository?: string | null): string {
  const stated = repository ? repositoryId(repository) : null;
  return stated ?? repositoryInName(purl) ?? packageOf(purl);
}

/**
 * Settles which of two projects a package belongs to when its versions or files disagree: a repository beats none, then
 * the smaller name, so that the order of files never decides.
 */
export function preferProject(known: string | undefined, other: string): string {
  if (known === undefined) return other;
  if (isRepository(known) !== isRepository(other)) return isRepository(known) ? known : other;
  return other < known ? other : known;
}

/** Tells whether a project id is a source repository rather than a package standing for itself. */
export function isRepository(projectId: string): boolean {
  return !projectId.startsWith("pkg:");
}

/** Takes a repository on GitHub apart; null for projects elsewhere. */
export function githubRepository(projectId: string): { owner: string; name: string } | null {
  const match = /^github\.com\/([^/]+)\/([^/]+)$/.exec(projectId);
  return match ? { owner: match[1]!, name: match[2]! } : null;
}

// most packages are of other ecosystems, and taking a purl apart costs more than all the rest
const NAMED_BY_PLACE = /^pkg:(?:github|bitbucket|golang|swift)\//;

function repositoryInName(purl: string): string | null {
  const parts = NAMED_BY_PLACE.test(purl) ? parsePurl(purl) : null;
  if (!parts) return null;
  const full = parts.namespace ? `${parts.namespace}/${parts.name}` : parts.name;
  if (parts.type === "github") return repositoryId(`https://github.com/${full}`);
  if (parts.type === "bitbucket") return repositoryId(`https://bitbucket.org/${full}`);
  if ((parts.type === "golang" || parts.type === "swift") && OWNER_AND_NAME.has(full.split("/")[0] ?? "")) {
    return repositoryId(`https://${full}`);
  }
  return null;
}
