import { parsePurl } from "../../purl.ts";
import { DEPS_DEV_SYSTEMS } from "../registries.ts";
import { type Answer, askJson, compact, isObject, type PackageFacts, text } from "./answer.ts";

/**
 * Asks deps.dev for the source repository of one version of a package. It knows nothing of funding.
 *
 * @param purl with its version
 */
export async function askDepsDev(baseUrl: string, purl: string): Promise<Answer<PackageFacts>> {
  const parts = parsePurl(purl);
  const system = DEPS_DEV_SYSTEMS[parts?.type ?? ""];
  if (!parts?.version || !system) return { outcome: "absent" };
  const separator = parts.type === "maven" ? ":" : "/";
  const name = parts.namespace ? `${parts.namespace}${separator}${parts.name}` : parts.name;
  const path = [system, "packages", name, "versions", parts.version].map(encodeURIComponent).join("/");
  return askJson("deps.dev", `${baseUrl}/v3/systems/${path}`, (json) => {
    if (!isObject(json)) return null;
    const links = Array.isArray(json.links) ? json.links.filter(isObject) : [];
    const related = Array.isArray(json.relatedProjects) ? json.relatedProjects.filter(isObject) : [];
    const source = related.find(({ relationType }) => relationType === "SOURCE_REPO");
    const project = isObject(source?.projectKey) ? text(source.projectKey.id) : undefined;
    const link = text(links.find(({ label }) => label === "SOURCE_REPO")?.url);
    return {
      outcome: "found",
      value: compact({
        repository: project ?? link,
        funding: [],
        status: json.isDeprecated === true ? "deprecated" : undefined,
      }),
    };
  });
}
