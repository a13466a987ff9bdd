import { type Answer, askJson, compact, isObject, type PackageFacts, text } from "./answer.ts";
import { readFunding } from "./npm.ts";

/** Asks Packagist. Like `composer fund`, it prefers what the default branch says over released versions. */
export function askPackagist(baseUrl: string, name: string): Promise<Answer<PackageFacts>> {
  return askJson(
    "Packagist",
    `${baseUrl}/packages/${name.split("/").map(encodeURIComponent).join("/")}.json`,
    (json) => {
      if (!isObject(json) || !isObject(json.package)) return null;
      const { package: found } = json;
      const versions = isObject(found.versions) ? Object.values(found.versions).filter(isObject) : [];
      const main = versions.find((version) => version["default-branch"] === true) ?? versions[0];
      const maintainers = Array.isArray(found.maintainers) ? found.maintainers.filter(isObject) : [];
      return {
        outcome: "found",
        value: compact({
          repository: text(found.repository),
          funding: readFunding(main?.funding),
          status: found.abandoned ? "abandoned" : undefined,
          maintainers: maintainers.length > 0 ? maintainers.flatMap(({ name }) => text(name) ?? []) : undefined,
        }),
      };
    },
  );
}
