import { z } from "zod";
import { readAddress } from "../funding/channels.ts";
import { RAILS } from "../funding/rails.ts";
import { MAX_CENTS } from "../money.ts";
import { refuse } from "../refusal.ts";
import type { PlanInputs } from "./inputs.ts";

const cents = z.number().int().min(0).max(MAX_CENTS);
const id = z.string().min(1).max(600);
const name = z.string().trim().min(1).max(200);
const url = z
  .string()
  .trim()
  .max(2_000)
  .refine((text) => text === "" || readAddress(text).channels.length === 1, "That is not an address to pay at.");
const weight = (most: number) => z.number().min(0).max(most);
// nobody sets more by hand; a bound keeps a forged request from filling the database
const some = 2_000;
const byId = <Value extends z.ZodType>(value: Value) =>
  z.record(id, value).refine((all) => Object.keys(all).length <= some, `At most ${some} of these.`);

const inputs = z.object({
  period: z.string().regex(/^\d{4}$/),
  budgetCents: cents.min(1, "The budget must be above zero."),
  depth: z.enum(["direct-first", "balanced", "deep"]),
  repositoryWeights: byId(weight(5)),
  scopeWeights: z.object({ runtime: weight(5), development: weight(5), optional: weight(5), unknown: weight(5) }),
  multipliers: byId(weight(1000)),
  votes: byId(weight(1000)),
  exclusions: z
    .array(z.object({ id, name, reason: z.string().trim().max(500), own: z.boolean() }))
    .max(some)
    .refine((all) => all.every(({ reason, own }) => own || reason !== ""), "Say why somebody is left out."),
  pins: byId(cents),
  floors: byId(cents),
  minimumCents: cents,
  railMinimums: z.partialRecord(z.enum(RAILS as [string, ...string[]]), cents),
  capShare: weight(1),
  maxPayees: z.number().int().min(0).max(100_000).nullable(),
  wholeDollars: z.boolean(),
  uplift: weight(1_000_000).nullable(),
  added: z
    .array(
      z.object({
        id: z.string().regex(/^added:[\w-]{1,64}$/),
        name,
        url,
        points: weight(1_000),
        cents: cents.nullable(),
      }),
    )
    .max(200),
  fallback: z.array(z.object({ id: z.string().regex(/^fund:[\w-]{1,64}$/), name, url, weight: weight(1_000) })).max(50),
});

/**
 * Reads the inputs of a plan as a browser sends them, trusting nothing.
 *
 * @throws Refusal "invalid" with the first sentence of what is wrong
 */
export function readInputs(value: unknown): PlanInputs {
  const parsed = inputs.safeParse(value);
  if (parsed.success) return parsed.data as PlanInputs;
  const issue = parsed.error.issues[0]!;
  throw refuse("invalid", `The plan cannot be saved: ${issue.path.join(" ")}: ${issue.message}`);
}
