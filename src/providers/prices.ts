import { z } from "zod";
import type { Usage } from "./usage.js";

/** US$ per million tokens. */
export const Price = z.object({
  input: z.number().nonnegative(),
  output: z.number().nonnegative(),
  cacheWrite: z.number().nonnegative(),
  cacheRead: z.number().nonnegative(),
  /** The prices of a request whose input is longer than this many tokens. */
  long: z
    .object({ above: z.number(), input: z.number().nonnegative(), output: z.number().nonnegative() })
    .optional(),
});
export type Price = z.infer<typeof Price>;

/** By model. */
export const PriceList = z.record(z.string(), Price);
export type PriceList = Readonly<z.infer<typeof PriceList>>;

/** What a request in a batch costs of what it costs now. */
const batchShare = 0.5;

/** What one request cost, in US$; undefined for a model whose price is not known. */
export function costOf(prices: PriceList, model: string, usage: Usage, inBatch = false): number | undefined {
  const price = Object.hasOwn(prices, model) ? prices[model] : undefined;
  if (!price) return undefined;
  const read = usage.input + usage.cacheWrite + usage.cacheRead;
  const { input, output } = price.long && read > price.long.above ? price.long : price;
  const millionths =
    usage.input * input +
    usage.output * output +
    usage.cacheWrite * price.cacheWrite +
    usage.cacheRead * price.cacheRead;
  return (millionths / 1e6) * (inBatch ? batchShare : 1);
}
