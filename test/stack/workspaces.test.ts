import { describe, expect, test } from "vitest";
import type { Package, Reading } from "../../lib/lockfile/types.ts";
import { withoutWorkspaces, workspacesOf } from "../../lib/stack/workspaces.ts";

const own = (name: string, workspace: string): Package => ({
  purl: `pkg:npm/${name}`,
  depth: "unknown",
  scope: "unknown",
  firstParty: true,
  workspace,
});
const other = (name: string, depth: Package["depth"], workspace?: string): Package => ({
  purl: `pkg:npm/${name}@1.0.0`,
  depth,
  scope: "runtime",
  ...(workspace === undefined ? {} : { workspace }),
});

/** Two workspaces that share `shared`; `web` lists what `api` only needs beneath. */
const monorepo: Reading = {
  file: "yarn.lock",
  format: "yarn-berry",
  packages: [
    own("web", "packages/web"),
    own("api", "packages/api"),
    other("ui", "direct", "packages/web"),
    other("server", "direct", "packages/api"),
    other("shared", "direct", "packages/web"),
    other("leaf", "transitive"),
  ],
  edges: [
    [0, 2],
    [0, 4],
    [1, 3],
    [3, 4],
    [4, 5],
    [2, 3],
  ],
  peers: [5],
  problems: [],
};
const single: Reading = { ...monorepo, file: "one.lock", packages: [other("ui", "direct")], edges: [], peers: [] };

describe("workspaces as a choice", () => {
  test("a lockfile of one project offers none", () => {
    expect(workspacesOf([single])).toEqual([]);
  });

  test("each is listed with what it needs, itself or through what it needs", () => {
    expect(workspacesOf([monorepo, single]).map(({ name, packages }) => ({ name, packages }))).toEqual([
      { name: "packages/web", packages: 4 },
      { name: "packages/api", packages: 3 },
    ]);
  });

  test("leaving none out changes nothing", () => {
    expect(withoutWorkspaces([monorepo, single], new Set())).toEqual([monorepo, single]);
    expect(withoutWorkspaces([monorepo], new Set(["no such"]))).toEqual([monorepo]);
  });

  test("what only the one left out needs goes, and what is now only beneath is no longer direct", () => {
    const [web] = workspacesOf([monorepo]);
    const [reading] = withoutWorkspaces([monorepo], new Set([web!.id]));
    expect(reading!.packages.map(({ purl, depth }) => [purl, depth])).toEqual([
      ["pkg:npm/api", "unknown"],
      ["pkg:npm/server@1.0.0", "direct"],
      ["pkg:npm/shared@1.0.0", "transitive"],
      ["pkg:npm/leaf@1.0.0", "transitive"],
    ]);
    expect(reading!.edges).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
    expect(reading!.peers).toEqual([]);
  });

  /** A pubspec.lock: it says what is installed, and pubspec.yaml what the root lists; nothing says what needs `leaf`. */
  const withoutEdges: Reading = {
    ...monorepo,
    file: "pubspec.lock",
    packages: [own("app", "."), own("part", "part"), other("ui", "direct"), other("leaf", "transitive")],
    edges: [[0, 2]],
    peers: [],
  };

  test("what the file gives to none of them stays while any of them does", () => {
    const [app, part] = workspacesOf([withoutEdges]);
    const left = (id: string) => withoutWorkspaces([withoutEdges], new Set([id]))[0]!.packages.map(({ purl }) => purl);
    expect(left(part!.id)).toEqual(["pkg:npm/app", "pkg:npm/ui@1.0.0", "pkg:npm/leaf@1.0.0"]);
    expect(left(app!.id)).toEqual(["pkg:npm/part", "pkg:npm/leaf@1.0.0"]);
  });

  test("a file that says of none what it needs offers no choice", () => {
    expect(workspacesOf([{ ...withoutEdges, edges: [] }])).toEqual([]);
  });

  test("peers stay marked where they stay", () => {
    const [, api] = workspacesOf([monorepo]);
    const [reading] = withoutWorkspaces([monorepo], new Set([api!.id]));
    const [peer] = reading!.peers!;
    const [from, to] = reading!.edges[peer!]!;
    expect([reading!.packages[from]!.purl, reading!.packages[to]!.purl]).toEqual([
      "pkg:npm/ui@1.0.0",
      "pkg:npm/server@1.0.0",
    ]);
  });

  test("a file all of whose workspaces are left out stays, without packages", () => {
    const leftOut = new Set(workspacesOf([monorepo]).map(({ id }) => id));
    expect(withoutWorkspaces([monorepo], leftOut)).toEqual([{ ...monorepo, packages: [], edges: [], peers: [] }]);
  });
});
