import { dollars } from "../text/dollars.js";
import type { Estimate } from "./estimate.js";

const count = (tokens: number): string => Math.round(tokens).toLocaleString("en");

/** An estimate in words, without a full stop. */
export function describeEstimate({
  visualTokens,
  promptTokens,
  isPromptCached,
  outputTokens,
  cost,
}: Estimate): string {
  const prompt = `about ${count(promptTokens)} of prompt${isPromptCached ? ", most likely cached" : ""}`;
  const price = cost === undefined ? "price not known" : `about ${dollars(cost)}`;
  return `${count(visualTokens)} visual tokens, ${prompt}, about ${count(outputTokens)} of answer: ${price}`;
}
