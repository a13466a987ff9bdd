import { byCodePoint } from "./order.ts";
import type { Entitlements } from "./types.ts";

/** How far a project stands from the company's own manifests: listed there, one step below, or deeper. */
export type Band = "direct" | "second" | "deeper";

/** Where the money goes by depth; shares of the whole. */
export type BandFlow = {
  band: Band;
  /** Projects that money reaches. */
  projects: number;
  /** What comes into the band from outside it. */
  received: number;
  /** What stays there. */
  kept: number;
};

/** One project in the picture. */
export type FlowNode = { project: string; band: Band; received: number; kept: number; restart: number };

/** Money moving from one pictured project to another, or from a repository to a project. */
export type FlowLink = { from: string; to: string; share: number };

/** What the picture of a plan is drawn from. */
export type Flows = {
  bands: BandFlow[];
  /** Sums between bands; `from: "company"` is the start. Money that moves within a band is not shown here. */
  between: { from: "company" | Band; to: Band; share: number }[];
  /** The projects that most money passes through, largest first. */
  nodes: FlowNode[];
  /** Flows between the nodes above, largest first. */
  links: FlowLink[];
  /** From repositories (by id) to the nodes above. */
  fromRepositories: FlowLink[];
};

const BANDS: readonly Band[] = ["direct", "second", "deeper"];

/**
 * Says which band each project is in: 0 direct, 1 second, 2 deeper, 3 where no money comes; by the shortest way down
 * from what is listed directly.
 */
export function bandsOf(entitlements: Entitlements): Uint8Array {
  const { graph, restart, edgeFlow } = entitlements;
  const band = new Uint8Array(graph.projects.length).fill(3);
  let level: number[] = [];
  for (let i = 0; i < band.length; i++) {
    if (restart[i]! > 0) {
      band[i] = 0;
      level.push(i);
    }
  }
  for (let depth = 1; level.length > 0; depth++) {
    const below: number[] = [];
    for (const project of level) {
      for (let e = graph.offsets[project]!; e < graph.offsets[project + 1]!; e++) {
        const target = graph.targets[e]!;
        if (band[target] !== 3 || !(edgeFlow[e]! > 0)) continue;
        band[target] = Math.min(depth, 2);
        below.push(target);
      }
    }
    level = below;
  }
  return band;
}

/**
 * Adds up where money flows, for the picture of a plan: by band, and between the `most` projects that most passes through.
 */
export function flowsOf(entitlements: Entitlements, most = 40): Flows {
  const { graph, kept, received, restart, edgeFlow } = entitlements;
  const band = bandsOf(entitlements);
  const bands: BandFlow[] = BANDS.map((name) => ({ band: name, projects: 0, received: 0, kept: 0 }));
  const between = [0, 1, 2, 3].map(() => [0, 0, 0]);
  const seen: number[] = [];
  for (let i = 0; i < band.length; i++) {
    const at = band[i]!;
    if (at === 3) continue;
    seen.push(i);
    const into = bands[at]!;
    into.projects++;
    into.kept += kept[i]!;
    between[3]![at]! += restart[i]!;
    for (let e = graph.offsets[i]!; e < graph.offsets[i + 1]!; e++) {
      const flow = edgeFlow[e]!;
      if (flow > 0) between[at]![band[graph.targets[e]!]!]! += flow;
    }
  }
  BANDS.forEach((_, to) => {
    for (let from = 0; from < 4; from++) if (from !== to) bands[to]!.received += between[from]![to]!;
  });
  seen.sort((a, b) => received[b]! - received[a]! || a - b);
  const shown = seen.slice(0, most);
  const picked = new Set(shown);
  const links: FlowLink[] = [];
  const nodes = shown.map((i): FlowNode => {
    for (let e = graph.offsets[i]!; e < graph.offsets[i + 1]!; e++) {
      const target = graph.targets[e]!;
      if (!picked.has(target) || !(edgeFlow[e]! > 0)) continue;
      links.push({ from: graph.projects[i]!, to: graph.projects[target]!, share: edgeFlow[e]! });
    }
    return {
      project: graph.projects[i]!,
      band: BANDS[band[i]!]!,
      received: received[i]!,
      kept: kept[i]!,
      restart: restart[i]!,
    };
  });
  const fromRepositories: FlowLink[] = [];
  for (const { repository, project, points } of graph.directUse) {
    const share = points * entitlements.multiplier[project]! * entitlements.perPoint;
    if (picked.has(project) && restart[project]! > 0) {
      fromRepositories.push({ from: repository, to: graph.projects[project]!, share });
    }
  }
  const largest = (a: FlowLink, b: FlowLink): number =>
    b.share - a.share || byCodePoint(a.from, b.from) || byCodePoint(a.to, b.to);
  return {
    bands,
    between: between
      .flatMap((row, from) =>
        row.map((share, to) => ({ from: from === 3 ? ("company" as const) : BANDS[from]!, to: BANDS[to]!, share })),
      )
      .filter(({ from, to, share }) => share > 0 && from !== to),
    nodes,
    links: links.sort(largest),
    fromRepositories: fromRepositories.sort(largest),
  };
}
