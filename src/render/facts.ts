import type { RunResult } from "../pipeline/run.js";

const number = (value: number) => value.toLocaleString("en");

/** What a run took, in a few words each: model, tokens, cost and time. */
export function factsOf({ asked, milliseconds }: Pick<RunResult, "asked" | "milliseconds">): string[] {
  const time = `${(milliseconds / 1000).toFixed(1)} s`;
  if (!asked) return ["Measured on this machine; nothing was sent", time];
  const { model, usage, cost } = asked;
  const read = usage.input + usage.cacheWrite + usage.cacheRead;
  const facts = [model, `${number(read)} tokens in, ${number(usage.output)} out`];
  if (usage.cacheRead > 0) facts.push(`${number(usage.cacheRead)} read from the prompt cache`);
  else if (usage.cacheWrite > 0) facts.push(`${number(usage.cacheWrite)} written to the prompt cache`);
  if (cost !== undefined) facts.push(`US$ ${cost < 0.01 ? cost.toFixed(4) : cost.toFixed(2)}`);
  return [...facts, time];
}
