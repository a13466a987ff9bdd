import { LineFinder } from "../syntax/line-finder.ts";
import { field, fields, isMapping, string, stringField } from "../syntax/shape.ts";
import {
  newDocument,
  newImporter,
  newPackage,
  type PnpmDocument,
  type PnpmImporter,
  type PnpmPackage,
} from "./document.ts";

/** Takes what a YAML parser made of a pnpm lockfile; for files that are YAML but not laid out as pnpm does it. */
export function fromYaml(value: unknown, text: string): PnpmDocument {
  const lines = new LineFinder(text, Number.POSITIVE_INFINITY);
  const document = newDocument();
  document.version = stringField(value, "lockfileVersion") ?? "";
  const listed = field(value, "importers");
  for (const [path, importer] of isMapping(listed) ? fields(listed) : [[".", value] as const]) {
    const found = newImporter(path, lines.find(`\n  ${path}:`) ?? 1);
    addLists(found, importer);
    document.importers.push(found);
    if (field(importer, "configDependencies") ?? field(importer, "packageManagerDependencies"))
      document.isEnvironment = true;
  }
  for (const [key, entry] of fields(field(value, "packages"))) document.packages.set(key, packageOf(key, entry, lines));
  const snapshots = field(value, "snapshots");
  if (snapshots !== undefined) {
    document.snapshots = new Map(fields(snapshots).map(([key, entry]) => [key, packageOf(key, entry, lines)]));
  }
  return document;
}

function addLists(importer: PnpmImporter, value: unknown): void {
  const lists = [
    ["dependencies", importer.dependencies],
    ["devDependencies", importer.development],
    ["optionalDependencies", importer.optional],
  ] as const;
  for (const [name, list] of lists) {
    for (const [wanted, version] of fields(field(value, name))) {
      const stated = string(version) ?? stringField(version, "version");
      if (stated !== undefined) list.push(wanted, stated);
    }
  }
}

function packageOf(key: string, value: unknown, lines: LineFinder): PnpmPackage {
  const found = newPackage(lines.find(key) ?? 1);
  const resolution = field(value, "resolution");
  found.name = stringField(value, "name");
  found.version = stringField(value, "version");
  found.tarball = stringField(resolution, "tarball");
  found.directory = stringField(resolution, "directory");
  const repository = stringField(resolution, "repo");
  if (repository !== undefined) found.repository = `${repository}#${stringField(resolution, "commit") ?? ""}`;
  found.dependencies = listOf(field(value, "dependencies"));
  found.peers = fields(field(value, "peerDependencies")).map(([name]) => name);
  found.optional = listOf(field(value, "optionalDependencies"));
  return found;
}

function listOf(value: unknown): string[] {
  const list: string[] = [];
  for (const [name, version] of fields(value)) {
    const stated = string(version);
    if (stated !== undefined) list.push(name, stated);
  }
  return list;
}
