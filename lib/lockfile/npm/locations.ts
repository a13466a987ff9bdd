/**
 * package-lock.json and npm-shrinkwrap.json from lockfile version 2 on: `packages` maps each location on disk to what is
 * there. Rules: https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json; who depends on whom is found as
 * Node finds modules, by walking up.
 */

import type { Graph, NewPackage } from "../graph.ts";
import { LineFinder } from "../syntax/line-finder.ts";
import { field, fields, isMapping, type Mapping, string } from "../syntax/shape.ts";
import type { Scope } from "../types.ts";
import { NONE, type NpmEntry, newEntry } from "./entries.ts";
import { defaultRegistryAt, fundingOf, originOf } from "./fields.ts";
import { NpmPackages } from "./packages.ts";

/** One location, in the tree in which Node would look for modules. */
type Place = {
  location: string;
  entry: NpmEntry | null;
  /** A folder of the project itself, not of a node_modules. */
  isOwn: boolean;
  /** Index in the graph, or -1: the root without a name, a link, or a folder that only holds others. */
  index: number;
  parent: Place | null;
  /** What lies in its node_modules, by the name of the folder (the alias, where there is one); the root's are `Name`s. */
  inside: Map<string, Place> | null;
};

/** Where a name of a folder is: in the node_modules of the root, where nearly all is, and whether in some other one. */
type Name = { atRoot: Place | null; isElsewhere: boolean };

const INSIDE = "node_modules/";

/** Takes entries out of a parsed `packages`; those that are no objects become problems. */
export function entriesOf(packages: Mapping, text: string, graph: Graph): NpmEntry[] {
  const lines = new LineFinder(text);
  const entries: NpmEntry[] = [];
  for (const [location, value] of fields(packages)) {
    if (isMapping(value)) entries.push(entryOf(location, value));
    else {
      const message = `The entry "${location}" is no object and was skipped.`;
      graph.problem("unreadable-entry", "warning", message, lines.find(`"${location}"`));
    }
  }
  return entries;
}

function entryOf(location: string, value: Mapping): NpmEntry {
  return {
    ...newEntry(location),
    name: string(field(value, "name")),
    version: string(field(value, "version")),
    resolved: ownAddress(string(field(value, "resolved"))),
    license: string(field(value, "license")),
    funding: fundingOf(field(value, "funding")),
    isLink: field(value, "link") === true,
    isDevelopment: field(value, "dev") === true,
    isOptional: field(value, "optional") === true || field(value, "devOptional") === true,
    isExtraneous: field(value, "extraneous") === true,
    dependencies: namesIn(value, "dependencies"),
    development: namesIn(value, "devDependencies"),
    optional: namesIn(value, "optionalDependencies"),
    peers: namesIn(value, "peerDependencies"),
  };
}

function namesIn(value: Mapping, list: string): readonly string[] {
  const listed = field(value, list);
  return isMapping(listed) ? Object.keys(listed) : NONE;
}

/** Adds all entries to the graph. `rootName` is the name that the lockfile itself states. */
export function addLocations(
  entries: readonly NpmEntry[],
  rootName: string | undefined,
  text: string,
  graph: Graph,
): void {
  new LocationReader(rootName, new LineFinder(text), graph).read(entries);
}

class LocationReader {
  readonly #rootName: string | undefined;
  readonly #lines: LineFinder;
  readonly #graph: Graph;
  readonly #packages: NpmPackages;
  readonly #root: Place = { location: "", entry: null, isOwn: false, index: -1, parent: null, inside: null };
  readonly #places: Place[] = [];
  /** The project's own folders by path; what lies in a node_modules is found through its parents. */
  readonly #folders = new Map<string, Place>([["", this.#root]]);
  readonly #names = new Map<string, Name>();
  /** Names under which the project links to folders that state none of their own. */
  readonly #linkNames = new Map<string, string>();
  #hasWorkspaces = false;
  #parentPath = "";
  #parent = this.#root;

  constructor(rootName: string | undefined, lines: LineFinder, graph: Graph) {
    this.#rootName = rootName;
    this.#lines = lines;
    this.#graph = graph;
    this.#packages = new NpmPackages(graph);
  }

  read(entries: readonly NpmEntry[]): void {
    for (const { isLink, resolved, location } of entries) {
      if (isLink && resolved !== undefined) this.#linkNames.set(resolved, folderName(location));
    }
    for (const entry of entries) this.#add(entry);
    for (const place of this.#places) {
      const { entry } = place;
      // what npm calls extraneous lies there, but nothing in the project asks for it or for what it needs
      if (entry === null || entry.isLink || entry.isExtraneous) continue;
      if (place.isOwn) this.#listDirect(place, entry);
      else this.#connect(place, entry);
    }
    if (this.#root.entry === null && this.#places.length > 0) {
      const message = "The file does not contain the project itself, so what it lists is not known.";
      this.#graph.problem("incomplete-format", "note", message);
    }
  }

  #add(entry: NpmEntry): void {
    const { location, folder } = entry;
    const isOwn = entry.insideAt < 0;
    const place = isOwn
      ? this.#ownPlace(location)
      : this.#inside(this.#parentOf(location, entry.insideAt), folder, location);
    place.entry = entry;
    place.isOwn = isOwn;
    this.#places.push(place);
    if (entry.isLink) return;
    const name = entry.name ?? (isOwn ? this.#ownName(location) : folder);
    if (name !== undefined) {
      const found = isOwn ? ownPackage(location) : dependency(name, entry);
      place.index = this.#packages.add(found, name, entry.version);
    }
    if (place.index >= 0) {
      if (isOwn && location !== "") this.#hasWorkspaces = true;
    } else if (location !== "") {
      this.#graph.problem(
        "unreadable-entry",
        "warning",
        `The entry "${location}" has no usable name.`,
        this.#lineOf(location),
      );
    }
  }

  #nameOf(name: string): Name {
    const known = this.#names.get(name);
    if (known) return known;
    const made: Name = { atRoot: null, isElsewhere: false };
    this.#names.set(name, made);
    return made;
  }

  // the place of that name in a place's node_modules
  #inside(parent: Place, folder: string, location: string): Place {
    const name = this.#nameOf(folder);
    if (parent === this.#root) {
      name.atRoot ??= { location, entry: null, isOwn: false, index: -1, parent, inside: null };
      return name.atRoot;
    }
    name.isElsewhere = true;
    parent.inside ??= new Map();
    const known = parent.inside.get(folder);
    if (known) return known;
    const place: Place = { location, entry: null, isOwn: false, index: -1, parent, inside: null };
    parent.inside.set(folder, place);
    return place;
  }

  #ownName(location: string): string | undefined {
    return location === "" ? this.#rootName : (this.#linkNames.get(location) ?? (folderName(location) || undefined));
  }

  // a folder of the project: modules are looked for in the folders above it
  #ownPlace(location: string): Place {
    const known = this.#folders.get(location);
    if (known) return known;
    let parent = this.#root;
    for (let slash = location.lastIndexOf("/"); slash > 0; slash = location.lastIndexOf("/", slash - 1)) {
      const above = this.#folders.get(location.slice(0, slash));
      if (!above) continue;
      parent = above;
      break;
    }
    const place: Place = { location, entry: null, isOwn: false, index: -1, parent, inside: null };
    this.#folders.set(location, place);
    return place;
  }

  // the place whose node_modules begins at that offset; made where an entry of it comes later or is missing
  #parentOf(location: string, at: number): Place {
    if (at === 0) return this.#root;
    // what lies in one folder stands together
    if (at - 1 === this.#parentPath.length && location.startsWith(this.#parentPath)) return this.#parent;
    const path = location.slice(0, at - 1);
    const [first, ...folders] = path.split(`/${INSIDE}`);
    const isInside = first!.startsWith(INSIDE);
    let place = isInside ? this.#inside(this.#root, first!.slice(INSIDE.length), first!) : this.#ownPlace(first!);
    for (const folder of folders) place = this.#inside(place, folder, `${place.location}/${INSIDE}${folder}`);
    this.#parentPath = path;
    this.#parent = place;
    return place;
  }

  #placeOf(location: string): Place | undefined {
    const at = location.lastIndexOf(INSIDE);
    if (at < 0) return this.#folders.get(location);
    const parent = this.#parentOf(location, at);
    const folder = location.slice(at + INSIDE.length);
    return (parent === this.#root ? this.#names.get(folder)?.atRoot : parent.inside?.get(folder)) ?? undefined;
  }

  #connect(place: Place, entry: NpmEntry): void {
    const { index } = place;
    for (const name of entry.dependencies) {
      // npm lists what is optional in both lists at times; the optional list says more
      if (entry.optional !== NONE && entry.optional.includes(name)) continue;
      const to = this.#find(place, name);
      if (to === undefined) this.#report(place, name, "warning");
      else if (to.index >= 0 && index >= 0) this.#graph.edge(index, to.index);
    }
    for (const name of entry.optional) {
      const to = this.#find(place, name);
      // what is optional is often left out on purpose, for another platform
      if (to === undefined) this.#report(place, name, "note");
      else if (to.index >= 0 && index >= 0) this.#graph.edge(index, to.index, "optional");
    }
    for (const name of entry.peers) {
      // npm 7 and later install what peers ask for; where one is missing, nobody was to install it
      const to = this.#find(place, name);
      if (to !== undefined && to.index >= 0 && index >= 0) this.#graph.edge(index, to.index, "runtime", true);
    }
  }

  #listDirect(place: Place, entry: NpmEntry): void {
    const scopes = new Map<string, Scope>();
    for (const name of entry.peers) scopes.set(name, "runtime");
    for (const name of entry.development) scopes.set(name, "development");
    for (const name of entry.dependencies) scopes.set(name, "runtime");
    for (const name of entry.optional) scopes.set(name, "optional");
    const workspace = this.#hasWorkspaces ? place.location || "." : undefined;
    for (const [name, scope] of scopes) {
      const to = this.#find(place, name);
      if (to === undefined) {
        const isPeer = !entry.dependencies.includes(name) && !entry.development.includes(name) && scope !== "optional";
        if (!isPeer) this.#report(place, name, scope === "optional" ? "note" : "warning");
      } else if (to.index >= 0) {
        if (place.index >= 0) this.#graph.edge(place.index, to.index, scope);
        if (!this.#graph.packages[to.index]!.firstParty) this.#graph.direct(to.index, scope, workspace);
      }
    }
  }

  #find(from: Place, name: string): Place | undefined {
    const known = this.#names.get(name);
    if (known === undefined) return undefined;
    let found = known.atRoot;
    if (known.isElsewhere) {
      for (let place: Place | null = from; place !== null; place = place.parent) {
        const nearer = place.inside?.get(name);
        if (nearer === undefined || nearer.entry === null) continue;
        found = nearer;
        break;
      }
    }
    if (found === null || found.entry === null) return undefined;
    if (!found.entry.isLink) return found;
    return found.entry.resolved === undefined ? undefined : this.#placeOf(found.entry.resolved);
  }

  #report({ location }: Place, name: string, severity: "warning" | "note"): void {
    const message = `${location || "The project"} needs ${name}, which the file does not contain.`;
    this.#graph.problem("unresolved-edge", severity, message, this.#lineOf(location));
  }

  #lineOf(location: string): number | undefined {
    return this.#lines.find(`"${location}": {`);
  }
}

function folderName(location: string): string {
  const at = location.lastIndexOf(INSIDE);
  return at < 0 ? location.slice(location.lastIndexOf("/") + 1) : location.slice(at + INSIDE.length);
}

// the purl is filled in by NpmPackages
function ownPackage(location: string): NewPackage {
  return location === "" ? { purl: "", firstParty: true } : { purl: "", firstParty: true, workspace: location };
}

function dependency(name: string, entry: NpmEntry): NewPackage {
  // npm states the scope itself; "devOptional" is reached by a development and by an optional path, and the wider wins
  const scope: Scope = entry.isDevelopment ? "development" : entry.isOptional ? "optional" : "runtime";
  const { license } = entry;
  // made with all that nearly every entry has: engines pay for what is added to an object later
  const found: NewPackage =
    license === undefined ? { purl: "", depth: undefined, scope } : { purl: "", depth: undefined, scope, license };
  if (entry.funding !== undefined) found.funding = entry.funding;
  const origin = entry.resolved === undefined ? undefined : originOf(entry.resolved, name);
  if (origin !== undefined) found.origin = origin;
  return found;
}

/** An address that says more than "npm's own registry", which every other entry would repeat. */
function ownAddress(resolved: string | undefined): string | undefined {
  return resolved !== undefined && defaultRegistryAt(resolved, 0) > 0 ? undefined : resolved;
}
