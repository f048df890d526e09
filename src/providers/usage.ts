import { z } from "zod";

/** Tokens of one or more requests, by kind. Input, cache write and cache read add up to all that was read. */
export const Usage = z.object({
  input: z.number().nonnegative(),
  cacheWrite: z.number().nonnegative(),
  cacheRead: z.number().nonnegative(),
  output: z.number().nonnegative(),
  /** The part of `output` that was thinking. */
  thinking: z.number().nonnegative(),
});
export type Usage = z.infer<typeof Usage>;

export const noUsage: Usage = { input: 0, cacheWrite: 0, cacheRead: 0, output: 0, thinking: 0 };

export function addUsage(a: Usage, b: Usage): Usage {
  return {
    input: a.input + b.input,
    cacheWrite: a.cacheWrite + b.cacheWrite,
    cacheRead: a.cacheRead + b.cacheRead,
    output: a.output + b.output,
    thinking: a.thinking + b.thinking,
  };
}
