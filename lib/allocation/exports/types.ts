/** One payment of an accepted plan, with the account it goes to. */
export type OrderLine = {
  payee: string;
  name: string;
  cents: number;
  /** ISO 4217. */
  currency: string;
  /** What the payee is paid through: `github-sponsors`, `open-collective`, … */
  rail: string;
  /** The account there: a GitHub login, an Open Collective slug. */
  account: string;
  /** Where a person pays by hand. */
  url: string | null;
  /** The least this payee takes there, in cents. */
  minimumCents?: number;
  /** Why this amount, in a sentence. */
  reason?: string;
};

/** A payment that the file cannot carry, and why. */
export type LeftOut = { payee: string; name: string; cents: number; reason: string };

/** A file to hand to finance or to upload. */
export type OrderFile = { name: string; text: string; rows: number; cents: number; currency: string };

/** Files and what is in none of them: `cents` of files and left out, plus `droppedCents`, are the sum of the lines. */
export type Order = {
  files: OrderFile[];
  leftOut: LeftOut[];
  /** Cents that a rail of whole dollars cannot carry, over all its rows. */
  droppedCents: number;
};
