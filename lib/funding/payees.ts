import { type Channel, channelId } from "./channels.ts";
import { findIdentities } from "./identity.ts";
import { KNOWN_BODIES } from "./known-bodies.ts";
import { byText } from "./order.ts";
import { RAILS, type Rail } from "./rails.ts";
import type {
  AccountClaim,
  Judgement,
  Payee,
  PayeeChannel,
  PayeeFlag,
  ProjectShare,
  Provenance,
  Statement,
} from "./types.ts";

/** What else is known or wished when payees are put together. */
export type PayeeOptions = {
  /** Rails in the order they are preferred; rails left out follow in the default order. */
  preference?: readonly Rail[];
  /** Verdicts by `channelId`; a channel without one is unchecked. */
  judgements?: ReadonlyMap<string, Judgement>;
  /** Names people go by, by account (`github.com/ai` → "Andrey Sitnik"). */
  names?: ReadonlyMap<string, string>;
  /** What else is known about accounts than `KNOWN_BODIES`, by account. */
  flags?: ReadonlyMap<string, readonly PayeeFlag[]>;
  /** What others than projects say about accounts being the same. */
  claims?: readonly AccountClaim[];
  /** Accounts of the visitor's own staff and organisations: known, and not paid. */
  own?: ReadonlySet<string>;
};

/** Who can be paid for what. */
export type PayeeGraph = {
  /** Sorted by id. */
  payees: Payee[];
  /** Only projects with at least one payee; shares sorted by payee. */
  payeesOf: Map<string, ProjectShare[]>;
};

const DEAD: ReadonlySet<string> = new Set(["no_listing", "malformed"]);

/**
 * Puts together who can be paid: packages → project → payees, each person or body once.
 *
 * A project with several payees is shared equally. Tidelift's addresses name a package, not somebody: they are one more
 * way to pay the payee of the same list, and a payee of their own only where nobody else is named. The answer is the same
 * for any order of input.
 *
 * @param projectOf package (without version) to its project
 */
export function findPayees(
  statements: readonly Statement[],
  projectOf: ReadonlyMap<string, string>,
  options: PayeeOptions = {},
): PayeeGraph {
  const identities = findIdentities(statements, options.claims);
  const ownerOf = findOwners(statements, identities.payeeOf);
  const drafts = new Map<string, Draft>();
  const payeesOf = new Map<string, Set<string>>();
  for (const statement of statements) {
    for (const payee of ownerOf(statement)) {
      const draft = drafts.get(payee) ?? { channels: new Map(), projects: new Set() };
      drafts.set(payee, draft);
      draft.projects.add(statement.project);
      addChannel(draft, statement);
      payeesOf.set(statement.project, (payeesOf.get(statement.project) ?? new Set()).add(payee));
    }
  }
  const packagesOf = countPackages(projectOf);
  const payees = [...drafts].map(([id, draft]) =>
    finish(id, draft, packagesOf, identities.mergedBy.get(id) ?? [], options),
  );
  return {
    payees: payees.sort((a, b) => byText(a.id, b.id)),
    payeesOf: new Map(
      [...payeesOf]
        .sort(([a], [b]) => byText(a, b))
        .map(([project, ids]) => [project, [...ids].sort(byText).map((payee) => ({ payee, weight: 1 }))]),
    ),
  };
}

type Draft = { channels: Map<string, ChannelDraft>; projects: Set<string> };
type ChannelDraft = { channel: Channel; projects: Set<string>; provenance: Map<string, Provenance> };

/** Says whose statement each is; only those about packages (Tidelift) take thought. */
function findOwners(statements: readonly Statement[], payeeOf: ReadonlyMap<string, string>) {
  const named = new Map<string, Set<string>>();
  for (const { project, channel } of statements) {
    if (channel.account) named.set(project, (named.get(project) ?? new Set()).add(payeeOf.get(channel.account)!));
  }
  // the one payee of some project that names this address; with two, nobody can say whose it is
  const sole = new Map<string, Set<string>>();
  for (const { project, channel } of statements) {
    const payees = named.get(project);
    if (channel.account || payees?.size !== 1) continue;
    const id = channelId(channel);
    sole.set(id, (sole.get(id) ?? new Set()).add([...payees][0]!));
  }
  return ({ project, channel }: Statement): readonly string[] => {
    if (channel.account) return [payeeOf.get(channel.account)!];
    const owners = sole.get(channelId(channel));
    if (named.has(project)) return owners && named.get(project)!.size === 1 ? [...named.get(project)!] : [];
    return owners?.size === 1 ? [...owners] : [`${channel.rail}.com/${channel.key}`];
  };
}

function addChannel(draft: Draft, { project, channel, provenance }: Statement): void {
  const id = channelId(channel);
  const known = draft.channels.get(id) ?? { channel, projects: new Set<string>(), provenance: new Map() };
  draft.channels.set(id, known);
  known.projects.add(project);
  // two spellings of one address may differ in what they show; the smallest is shown, whatever came first
  if (byText(channel.url, known.channel.url) < 0) known.channel = channel;
  known.provenance.set(provenanceKey(provenance), provenance);
}

function provenanceKey({ source, where, subject, learnedAt }: Provenance): string {
  return [source, where, subject, learnedAt].join("\n");
}

function countPackages(projectOf: ReadonlyMap<string, string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const project of projectOf.values()) counts.set(project, (counts.get(project) ?? 0) + 1);
  return counts;
}

function finish(
  id: string,
  draft: Draft,
  packagesOf: ReadonlyMap<string, number>,
  mergedBy: string[],
  options: PayeeOptions,
): Payee {
  const channels = rankChannels(
    [...draft.channels.values()].map(({ channel, projects, provenance }) => ({
      ...channel,
      projectCount: projects.size,
      provenance: sortProvenance(provenance),
      judgement: options.judgements?.get(channelId(channel)) ?? { verdict: "unchecked" as const },
    })),
    draft.projects.size,
    options.preference,
  );
  const accounts = new Set(channels.flatMap(({ account }) => account ?? []));
  const isOwn = [...accounts].some((account) => options.own?.has(account));
  const flags = new Set(
    [...accounts].flatMap((account) => [...(KNOWN_BODIES.get(account) ?? []), ...(options.flags?.get(account) ?? [])]),
  );
  if (isOwn) flags.add("own");
  const provenance = new Map(channels.flatMap((known) => known.provenance).map((p) => [provenanceKey(p), p]));
  let packageCount = 0;
  for (const project of draft.projects) packageCount += packagesOf.get(project) ?? 0;
  return {
    id,
    name: options.names?.get(id) ?? nameOf(id, channels),
    channels,
    projects: [...draft.projects].sort(byText),
    packageCount,
    provenance: sortProvenance(provenance),
    mergedBy,
    flags: [...flags].sort(byText),
    payable: !isOwn && channels.some(({ judgement }) => !DEAD.has(judgement.verdict)),
  };
}

function nameOf(id: string, channels: readonly PayeeChannel[]): string {
  const own = channels.find(({ account }) => account === id) ?? channels[0]!;
  return own.rail === "custom" ? id : own.account ? id.slice(id.indexOf("/") + 1) : own.key;
}

function sortProvenance(provenance: ReadonlyMap<string, Provenance>): Provenance[] {
  return [...provenance].sort(([a], [b]) => byText(a, b)).map(([, value]) => value);
}

/**
 * Ranks a payee's channels, best first: working ones, then those that at least half of the payee's projects name, then by
 * the preference of rails, then the more often named.
 *
 * Half is asked for because joining accounts rests on what one package says: a stranger's package that lists its own
 * account beside a well-known collective must not become where that collective's money goes.
 */
export function rankChannels(
  channels: readonly PayeeChannel[],
  projectCount: number,
  preference: readonly Rail[] = [],
): PayeeChannel[] {
  const order = [...new Set([...preference, ...RAILS])];
  const keys = (known: PayeeChannel): number[] => [
    DEAD.has(known.judgement.verdict) ? 1 : 0,
    known.judgement.verdict === "inactive" || known.judgement.verdict === "archived" ? 1 : 0,
    known.projectCount * 2 >= projectCount ? 0 : 1,
    order.indexOf(known.rail),
    -known.projectCount,
  ];
  return [...channels].sort((a, b) => {
    const left = keys(a);
    const right = keys(b);
    const at = left.findIndex((key, index) => key !== right[index]);
    return at < 0 ? byText(a.key, b.key) : left[at]! - right[at]!;
  });
}
