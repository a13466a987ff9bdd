import type { Reading } from "../lockfile/types.ts";

/** Answers the edges of a reading without those that are only peers: what packages stand on by their own choice. */
export function ownEdges({ edges, peers }: Pick<Reading, "edges" | "peers">): Reading["edges"] {
  if (!peers) return edges;
  const isPeer = new Set(peers);
  return edges.filter((_, at) => !isPeer.has(at));
}
