import { byCodePoint } from "./order.ts";
import type { ReachedAndNot } from "./payee-entitlements.ts";
import type { AllocationProblem, Claim, MoneySettings, PayeeInput } from "./types.ts";

/**
 * Puts pins, floors and each payee's own minimum beside the entitlements, ready to be settled.
 *
 * A pin needs no entitlement: that is how something outside every lockfile is paid a fixed amount. A pin for a payee who
 * cannot be paid is a problem, and so is a floor for one to whom no money comes.
 */
export function claimsFor(
  reached: ReachedAndNot,
  payees: ReadonlyMap<string, PayeeInput>,
  settings: Pick<MoneySettings, "pins" | "floors">,
): { claims: Claim[]; problems: AllocationProblem[] } {
  const problems: AllocationProblem[] = [];
  const claims = new Map<string, Claim>();
  for (const { payee, share } of reached.payees) {
    const minimumCents = payees.get(payee)?.minimumCents;
    claims.set(payee, minimumCents === undefined ? { payee, share } : { payee, share, minimumCents });
  }
  for (const [payee, pinCents] of Object.entries(settings.pins ?? {})) {
    if (payees.get(payee)?.payable === false) {
      const message = `${payees.get(payee)?.name ?? payee} is pinned but cannot be paid.`;
      problems.push({ code: "pin-not-payable", message, about: payee });
    }
    claims.set(payee, { payee, share: 0, ...claims.get(payee), pinCents });
  }
  for (const [payee, floorCents] of Object.entries(settings.floors ?? {})) {
    const claim = claims.get(payee);
    if (claim) claims.set(payee, { ...claim, floorCents });
    else {
      const message = `The floor of ${payee} changes nothing: no money comes to this payee.`;
      problems.push({ code: "unknown-payee", message, about: payee });
    }
  }
  return { claims: [...claims.values()].sort((a, b) => byCodePoint(a.payee, b.payee)), problems };
}
