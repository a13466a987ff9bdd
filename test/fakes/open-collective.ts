import { buildSchema, graphql } from "graphql";
import { type Fake, serve } from "./serve.ts";
import type { FakeTransaction, World } from "./world.ts";

// the part of Open Collective's GraphQL API v2 that the house asks for, with its names and nullability
const schema = buildSchema(`
  scalar DateTime
  enum Currency { USD EUR GBP JPY }
  enum TransactionType { DEBIT CREDIT }
  enum TransactionKind { CONTRIBUTION ADDED_FUNDS EXPENSE HOST_FEE PAYMENT_PROCESSOR_FEE PLATFORM_TIP }
  enum DateTimeField { CREATED_AT EFFECTIVE_DATE }
  enum OrderDirection { ASC DESC }
  input ChronologicalOrderInput { field: DateTimeField! = CREATED_AT, direction: OrderDirection! = DESC }
  input AccountReferenceInput { id: String slug: String }
  type Amount { valueInCents: Int currency: Currency }
  type Transaction {
    id: String! type: TransactionType! kind: TransactionKind createdAt: DateTime! description: String
    isRefund: Boolean isRefunded: Boolean refundTransaction: Transaction
    amountInHostCurrency: Amount! oppositeAccount: Account
  }
  type TransactionCollection { offset: Int limit: Int totalCount: Int nodes: [Transaction] }
  enum AccountType { COLLECTIVE ORGANIZATION INDIVIDUAL FUND PROJECT EVENT VENDOR BOT }
  interface Account {
    slug: String! name: String type: AccountType! isActive: Boolean! isArchived: Boolean! githubHandle: String
  }
  interface AccountWithHost { host: Host }
  type Host { slug: String! name: String }
  type Collective implements Account & AccountWithHost {
    slug: String! name: String type: AccountType! isActive: Boolean! isArchived: Boolean! githubHandle: String host: Host
  }
  type Query {
    account(slug: String, throwIfMissing: Boolean = true): Account
    collective(slug: String, githubHandle: String, throwIfMissing: Boolean = true): Collective
    transactions(
      account: [AccountReferenceInput!] type: TransactionType kind: [TransactionKind] dateFrom: DateTime dateTo: DateTime
      includeChildrenTransactions: Boolean! = false includeGiftCardTransactions: Boolean! = false
      limit: Int! = 100 offset: Int! = 0 orderBy: ChronologicalOrderInput! = { field: CREATED_AT, direction: DESC }
    ): TransactionCollection!
  }
`);

/** Starts an Open Collective that executes the queries it gets. */
export function fakeOpenCollective(world: World, options: { port?: number; delayMs?: number } = {}): Promise<Fake> {
  return serve(async ({ method, body }, url) => {
    if (method !== "POST" || url.pathname !== "/graphql/v2") return null;
    const { query, variables } = JSON.parse(body) as { query: string; variables?: Record<string, unknown> };
    type Arguments = { slug?: string; githubHandle?: string; throwIfMissing: boolean };
    const account = ({ slug, githubHandle: handle, throwIfMissing }: Arguments) => {
      const found = slug
        ? world.collectives.get(slug.toLowerCase())
        : [...world.collectives.values()].find(({ githubHandle }) => githubHandle === handle);
      if (!found && throwIfMissing) throw new Error(`No account found with slug ${slug}`);
      if (!found) return null;
      const { host, archived = false, active, name, githubHandle } = found;
      return {
        __typename: "Collective",
        slug: found.slug,
        name,
        type: "COLLECTIVE",
        isActive: active,
        isArchived: archived,
        githubHandle: githubHandle ?? null,
        host: host ? { slug: host, name: host } : null,
      };
    };
    const result = await graphql({
      schema,
      source: query,
      variableValues: variables ?? {},
      rootValue: { account, collective: account, transactions: (asked: Asked) => transactionsOf(world, asked) },
    });
    return { json: result };
  }, options);
}

type Asked = {
  account: { slug?: string }[];
  kind?: string[];
  dateFrom?: string;
  dateTo?: string;
  limit: number;
  offset: number;
};

const MOST_NODES = 1_000;

function transactionsOf(world: World, { account, kind, dateFrom = "", dateTo = "9", limit, offset }: Asked) {
  if (limit > MOST_NODES) throw new Error(`Cannot fetch more than ${MOST_NODES} transactions at the same time`);
  const all = account
    .flatMap(({ slug }) => world.collectives.get(slug ?? "")?.transactions ?? [])
    .filter(({ at, kind: its = "CONTRIBUTION" }) => at >= dateFrom && at <= dateTo && (kind?.includes(its) ?? true))
    .sort((a, b) => (a.at < b.at ? -1 : 1));
  const node = (one: FakeTransaction): object => ({
    id: one.id,
    type: one.amountMinor < 0 ? "DEBIT" : "CREDIT",
    kind: one.kind ?? "CONTRIBUTION",
    createdAt: one.at,
    description: one.description ?? "Monthly financial contribution",
    isRefund: one.isRefund ?? false,
    isRefunded: one.isRefunded ?? false,
    refundTransaction: one.refundId ? { id: one.refundId } : null,
    amountInHostCurrency: { valueInCents: one.amountMinor, currency: one.currency ?? "USD" },
    oppositeAccount: { __typename: "Collective", slug: one.payee, name: one.payeeName ?? one.payee },
  });
  return { offset, limit, totalCount: all.length, nodes: all.slice(offset, offset + limit).map(node) };
}
