import type { PriceList } from "../prices.js";

/** The month in which the prices below were published. */
export const pricesAsOf = "October 2026";

export const publishedPrices: PriceList = {
  "claude-haiku-5-5": {
    input: 0.1,
    output: 0.5,
    cacheWrite: 0.125,
    cacheRead: 0.01,
    long: { above: 100_000, input: 0.5, output: 2.5 },
  },
  "claude-sonnet-5-5": { input: 2, output: 10, cacheWrite: 2.5, cacheRead: 0.1 },
  "claude-opus-5-5": { input: 4, output: 20, cacheWrite: 5, cacheRead: 0.2 },
  "claude-fable-5-2": { input: 10, output: 50, cacheWrite: 12.5, cacheRead: 1 },
};
