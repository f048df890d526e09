import { CancelledError } from "../../errors.js";
import { type AskSettings, runKey } from "../../store/runs/askSettings.js";
import { dollars } from "../../text/dollars.js";
import type { Workflow } from "../../workflows/workflow.js";
import { type Estimate, estimate } from "../estimate.js";
import { askSettings, type SettingsRequest } from "../settings.js";
import type { RunDependencies, RunSettings } from "../types.js";

/** Of more pictures than this, so many are looked at, evenly spread. */
const mostLookedAt = 120;

/** A picture that may be asked about, or several that are asked about together. */
export interface Candidate {
  pictures(): Promise<SettingsRequest["pictures"]>;
  /** Its visual tokens, without decoding it. */
  visualTokens(): Promise<number>;
}

/** What a command on many pictures will take, about. */
export interface Forecast {
  pictures: number;
  /** Those that were asked about already, about: they cost nothing more. */
  asked: number;
  /** Visual tokens of the others. */
  visualTokens: number;
  /** US$ now, and at half price later; undefined when the model's price is not known. */
  cost: number | undefined;
  later: number | undefined;
  /** US$ if every answer is as long as it may be. */
  atMost: number | undefined;
  /** Whether not all pictures were looked at. */
  isSample: boolean;
}

/**
 * What a workflow on many pictures will cost: identical ones are paid once, and those that were asked about not at all.
 *
 * @throws CancelledError when the signal aborts
 */
export async function forecast(
  workflow: Workflow,
  candidates: readonly Candidate[],
  settings: RunSettings,
  {
    cache,
    batches,
    ledger,
    prices,
    provider,
  }: Pick<RunDependencies, "cache" | "batches" | "ledger" | "prices" | "provider">,
  signal?: AbortSignal,
): Promise<Forecast> {
  const step = Math.max(1, candidates.length / mostLookedAt);
  const sample = Array.from(
    { length: Math.min(candidates.length, mostLookedAt) },
    (_, index) => candidates[Math.floor(index * step)],
  );
  const { model } = settings;
  const recentUsage = await ledger.recentUsage(workflow.id, model);
  const most = provider.limitsFor(model).visualTokens;
  const seen = new Set<string>();
  const now: Estimate[] = [];
  const later: Estimate[] = [];
  let asked = 0;
  const isAsked = async (question: AskSettings): Promise<boolean> =>
    (await batches.isPending(runKey(question))) || (await cache.findAnswer(question)) !== undefined;
  for (const candidate of sample) {
    if (!candidate) continue;
    if (signal?.aborted) throw new CancelledError();
    const pictures = await candidate.pictures().catch(() => undefined);
    const question = pictures && askSettings({ workflow, pictures, settings }, provider);
    const key = question && runKey(question);
    const repeated = key !== undefined && seen.has(key);
    if (key !== undefined) seen.add(key);
    if (repeated || (question && (await isAsked(question)))) {
      asked++;
      continue;
    }
    const visualTokens = await candidate.visualTokens().catch(() => most);
    // The first writes the prompt, the others read it.
    const warm = { ...recentUsage, isPromptCached: recentUsage.isPromptCached || now.length > 0 };
    now.push(estimate(workflow, visualTokens, { model, prices: prices(), recentUsage: warm }));
    later.push(estimate(workflow, visualTokens, { model, prices: prices(), recentUsage }, true));
  }
  const share = sample.length === 0 ? 0 : candidates.length / sample.length;
  const sum = (of: Array<number | undefined>): number | undefined =>
    of.includes(undefined) ? undefined : of.reduce<number>((all, one) => all + (one ?? 0), 0) * share;
  return {
    pictures: candidates.length,
    asked: Math.round(asked * share),
    visualTokens: Math.round(sum(now.map(({ visualTokens }) => visualTokens)) ?? 0),
    cost: sum(now.map(({ cost }) => cost)),
    later: sum(later.map(({ cost }) => cost)),
    atMost: sum(now.map(({ atMost }) => atMost)),
    isSample: candidates.length > sample.length,
  };
}

/** A forecast in words, without a full stop. */
export function describeForecast(
  { pictures, asked, visualTokens, cost, later, isSample }: Forecast,
  inBatch = false,
): string {
  const about = isSample ? "about " : "";
  const count = (number: number) => number.toLocaleString("en");
  const fresh = pictures - asked;
  const price = inBatch ? later : cost;
  return [
    `${count(pictures)} picture${pictures === 1 ? "" : "s"}`,
    ...(asked > 0 ? [`${about}${count(asked)} asked already or repeated`] : []),
    `${about}${count(visualTokens)} visual tokens`,
    fresh === 0
      ? "nothing to pay"
      : price === undefined
        ? "the model's price is not known"
        : `about ${dollars(price)}`,
  ].join(", ");
}
