import type { RunResult } from "../store/runs/runResult.js";
import { dollars } from "../text/dollars.js";

const number = (value: number) => value.toLocaleString("en");

/** What a run took, in a few words each: model, tokens, cost and time. */
export function factsOf({ asked, milliseconds }: Pick<RunResult, "asked" | "milliseconds">): string[] {
  const time = `${(milliseconds / 1000).toFixed(1)} s`;
  if (!asked) return ["Measured on this machine; nothing was sent", time];
  const { model, usage, cost, cachedAt } = asked;
  if (cachedAt !== undefined) return [model, `From cache, ${dayAndMonth(cachedAt)}; nothing was sent`, time];
  const read = usage.input + usage.cacheWrite + usage.cacheRead;
  const thought = usage.thinking > 0 ? ` (${number(usage.thinking)} thinking)` : "";
  const facts = [model, `${number(read)} tokens in, ${number(usage.output)} out${thought}`];
  if (usage.cacheRead > 0) facts.push(`${number(usage.cacheRead)} read from the prompt cache`);
  else if (usage.cacheWrite > 0) facts.push(`${number(usage.cacheWrite)} written to the prompt cache`);
  if (cost !== undefined) facts.push(dollars(cost));
  return [...facts, time];
}

/** As “12 March”. */
const dayAndMonth = (time: string): string =>
  new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long" }).format(new Date(time));
