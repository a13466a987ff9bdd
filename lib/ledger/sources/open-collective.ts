/**
 * What an account paid through Open Collective, from its GraphQL API v2 (`POST /graphql/v2`): contributions and added
 * funds that left it, with their refunds. Incognito contributions are seen only with the company's own token.
 */
import { z } from "zod";
import type { Day } from "../../day.ts";
import { fetchParty, HttpFailure } from "../../http.ts";
import { plainAmount } from "../../money.ts";

/** What came back: a file for `openImport`, or why there is none. */
export type OutgoingAnswer =
  | { outcome: "found"; text: string; transactions: number }
  | { outcome: "absent" }
  | { outcome: "failed"; reason: string };

/** Most transactions a page may hold, by the API. */
const PAGE = 1_000;
/** A hundred thousand transactions; nobody pays that many. */
const MOST_PAGES = 100;

/** The query, exported so that a test can hold it against the published schema where there is one. */
export const OUTGOING_QUERY = `query Outgoing($slug: String!, $from: DateTime, $to: DateTime, $limit: Int!, $offset: Int!) {
  account(slug: $slug, throwIfMissing: false) { slug }
  transactions(account: { slug: $slug }, kind: [CONTRIBUTION, ADDED_FUNDS], dateFrom: $from, dateTo: $to,
    includeChildrenTransactions: true, includeGiftCardTransactions: true, limit: $limit, offset: $offset,
    orderBy: { field: CREATED_AT, direction: ASC }) {
    totalCount
    nodes { id kind createdAt description isRefund isRefunded refundTransaction { id }
      amountInHostCurrency { valueInCents currency } oppositeAccount { slug name } } } }`;

const node = z.object({
  id: z.string(),
  kind: z.string(),
  createdAt: z.string(),
  description: z.string().nullish(),
  isRefund: z.boolean().nullish(),
  isRefunded: z.boolean().nullish(),
  refundTransaction: z.object({ id: z.string() }).nullish(),
  amountInHostCurrency: z.object({ valueInCents: z.number().int(), currency: z.string().length(3) }),
  oppositeAccount: z.object({ slug: z.string(), name: z.string().nullish() }).nullish(),
});
const page = z.object({
  data: z.object({
    account: z.object({ slug: z.string() }).nullable(),
    transactions: z.object({ totalCount: z.number(), nodes: z.array(node) }).nullable(),
  }),
});

/**
 * Asks for what an account paid in some days, as the CSV that its export would be: the same transactions get the same
 * keys, so importing both adds nothing twice.
 *
 * @param baseUrl the API's address without a slash at the end
 * @param options.token the company's own personal token, for what only its administrators see
 */
export async function readOutgoing(
  baseUrl: string,
  slug: string,
  days: { startOn: Day; endOn: Day },
  options: { token?: string } = {},
): Promise<OutgoingAnswer> {
  const rows: string[] = [];
  try {
    for (let number = 0; number < MOST_PAGES; number++) {
      const answer = await fetchParty(`${baseUrl}/graphql/v2`, {
        method: "POST",
        headers: { "content-type": "application/json", ...(options.token && { "personal-token": options.token }) },
        body: JSON.stringify({ query: OUTGOING_QUERY, variables: variablesOf(slug, days, number) }),
        maxBytes: 16 * 1024 * 1024,
        timeoutMs: 30_000,
      });
      if (answer.status !== 200) return failed(`it answered with status ${answer.status}`);
      const parsed = page.safeParse(JSON.parse(answer.body.toString("utf8")));
      if (!parsed.success) return failed("its answer has another shape than documented");
      const { account, transactions } = parsed.data.data;
      if (!account || !transactions) return { outcome: "absent" };
      rows.push(...transactions.nodes.map(rowOf));
      if (transactions.nodes.length < PAGE) break;
    }
  } catch (error) {
    if (error instanceof HttpFailure) return failed(error.message);
    if (error instanceof SyntaxError) return failed("its answer is not JSON");
    throw error;
  }
  return { outcome: "found", text: `${COLUMNS.join(",")}\n${rows.join("")}`, transactions: rows.length };
}

const COLUMNS = [
  "datetime",
  "shortId",
  "kind",
  "description",
  "isRefund",
  "isRefunded",
  "shortRefundId",
  "amount",
  "currency",
  "oppositeAccountSlug",
  "oppositeAccountName",
];

function variablesOf(slug: string, { startOn, endOn }: { startOn: Day; endOn: Day }, number: number) {
  return { slug, from: `${startOn}T00:00:00Z`, to: `${endOn}T23:59:59.999Z`, limit: PAGE, offset: number * PAGE };
}

function rowOf(one: z.infer<typeof node>): string {
  const { valueInCents, currency } = one.amountInHostCurrency;
  const cells = [
    one.createdAt,
    one.id.slice(0, 8),
    one.kind,
    one.description ?? "",
    one.isRefund ? "REFUND" : "",
    one.isRefunded ? "REFUNDED" : "",
    one.refundTransaction?.id.slice(0, 8) ?? "",
    // this API counts hundredths in every currency, yen too
    plainAmount(valueInCents, "USD"),
    currency,
    one.oppositeAccount?.slug ?? "",
    one.oppositeAccount?.name ?? "Incognito",
  ];
  return `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")}\n`;
}

function failed(reason: string): OutgoingAnswer {
  return { outcome: "failed", reason: `Open Collective could not be asked: ${reason}.` };
}
