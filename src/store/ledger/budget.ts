import { UserError } from "../../errors.js";
import { dollars } from "../../text/dollars.js";

/** US$; Infinity where there is no bound. */
export interface Caps {
  daily: number;
  command: number;
}

/** What one command has spent and may still spend. US$. */
export class CommandBudget {
  spent = 0;
  /** Whether the person has said that a model may be asked whose price is not known, so that no budget holds. */
  allowsUnknownPrice: boolean;
  /** What this one may spend, where that is less than any command may. US$. */
  readonly most: number;

  constructor({ allowsUnknownPrice = false, most = Number.POSITIVE_INFINITY } = {}) {
    this.allowsUnknownPrice = allowsUnknownPrice;
    this.most = most;
  }

  /** For requests whose price is not known yet, at most. */
  open = 0;
}

/**
 * @param taken what is spent and what may come to it, of each budget. US$.
 * @param more what is wanted, at most
 * @throws UserError when a budget does not suffice
 */
export function refuseAbove(caps: Caps, taken: Caps, more: number): void {
  for (const which of ["command", "daily"] as const) {
    if (taken[which] + more <= caps[which] + rounding) continue;
    const isDaily = which === "daily";
    throw new UserError({
      code: isDaily ? "budgetDaily" : "budgetCommand",
      problem: `Nothing was sent: the budget of ${dollars(caps[which])} ${isDaily ? "today" : "for one command"} does not suffice.`,
      advice: `${dollars(taken[which])} of it is taken, and this can cost up to ${dollars(more)}. Raise the budget, or go on ${isDaily ? "tomorrow" : "with fewer pictures"}.`,
    });
  }
}

/** @throws UserError: what has no known price is not sent without an explicit yes, since no budget would hold */
export function refuseUnpriced(model: string): never {
  throw new UserError({
    code: "priceUnknown",
    problem: `Nothing was sent: the price of ${model} is not known, so that no budget would hold.`,
    advice:
      "Set its price in the setting screenshotWorkbench.prices; on the command line, say --allow-unknown-price.",
  });
}

/** Sums of many small amounts are not exact. US$. */
const rounding = 1e-9;
