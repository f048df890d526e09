import { costOf, type PriceList } from "../providers/anthropic/prices.js";
import { mostTokens, textTokens } from "../providers/anthropic/tokens.js";
import { noUsage } from "../providers/anthropic/usage.js";
import type { RecentUsage } from "../store/ledger/recentUsage.js";
import type { Workflow } from "../workflows/workflow.js";

/** What a question will take, about. */
export interface Estimate {
  visualTokens: number;
  /** Of the prompt, the form of the answer and the question. */
  promptTokens: number;
  isPromptCached: boolean;
  outputTokens: number;
  /** US$; undefined when the model's price is not known. */
  cost: number | undefined;
  /** US$ if the answer is as long as it may be. */
  atMost: number | undefined;
}

/** The form of an answer is part of the prompt: about as many tokens as a workflow's schema has. */
const formTokens = 1200;
/** What a picture's marks add to the question, before they are known. */
const usualMarks = 600;

/**
 * @param visualTokens of the prepared picture
 * @param question what follows the picture, once it is known
 */
export function estimate(
  workflow: Workflow,
  visualTokens: number,
  {
    model,
    prices,
    recentUsage,
    question,
  }: { model: string; prices: PriceList; recentUsage: RecentUsage; question?: string },
  inBatch = false,
): Estimate {
  const fixed = textTokens(workflow.systemPrompt) + formTokens;
  const own = question === undefined ? usualMarks : textTokens(question);
  const outputTokens = recentUsage.output ?? workflow.usualOutput;
  const isPromptCached = recentUsage.isPromptCached && !inBatch;
  const prompt = isPromptCached ? { cacheRead: fixed } : { cacheWrite: fixed };
  const expected = { ...noUsage, ...prompt, input: visualTokens + own, output: outputTokens };
  const most = mostTokens(Buffer.byteLength(workflow.systemPrompt)) + formTokens + own * 2 + visualTokens;
  const worst = { ...noUsage, cacheWrite: most, output: workflow.maxTokens };
  return {
    visualTokens,
    promptTokens: fixed + own,
    isPromptCached,
    outputTokens,
    cost: costOf(prices, model, expected, inBatch),
    atMost: costOf(prices, model, worst, inBatch),
  };
}
