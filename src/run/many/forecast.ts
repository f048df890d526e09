import { limitsOf } from "../../image/limits.js";
import { dollars } from "../../text/dollars.js";
import type { Workflow } from "../../workflows/workflow.js";
import { type Estimate, estimate } from "../estimate.js";
import { type AskSettings, answerKey, runHash } from "../keys.js";
import type { RunDependencies } from "../runner.js";

/** Of more pictures than this, so many are looked at, evenly spread. */
const mostLookedAt = 120;

/** A picture that may be asked about. */
export interface Candidate {
  /** SHA-256 of its bytes. */
  sha256(): Promise<string>;
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

/** What a workflow on many pictures will cost: identical ones are paid once, and those that were asked about not at all. */
export async function forecast(
  workflow: Workflow,
  candidates: readonly Candidate[],
  asking: AskSettings,
  { cache, batches, ledger, prices }: Pick<RunDependencies, "cache" | "batches" | "ledger" | "prices">,
): Promise<Forecast> {
  const step = Math.max(1, candidates.length / mostLookedAt);
  const sample = Array.from(
    { length: Math.min(candidates.length, mostLookedAt) },
    (_, at) => candidates[Math.floor(at * step)],
  );
  const recentUsage = await ledger.recentUsage(workflow.id, asking.model);
  const most = limitsOf(asking.model).visualTokens;
  const seen = new Set<string>();
  const now: Estimate[] = [];
  const later: Estimate[] = [];
  let asked = 0;
  const isAsked = async (sha256: string): Promise<boolean> => {
    const hash = runHash(workflow, sha256, asking);
    return (await batches.isPending(hash)) || (await cache.findAnswer(answerKey(sha256, hash))) !== undefined;
  };
  for (const candidate of sample) {
    if (!candidate) continue;
    const sha256 = await candidate.sha256().catch(() => undefined);
    const repeated = sha256 !== undefined && seen.has(sha256);
    if (sha256 !== undefined) seen.add(sha256);
    if (repeated || (sha256 !== undefined && (await isAsked(sha256)))) {
      asked++;
      continue;
    }
    const visualTokens = await candidate.visualTokens().catch(() => most);
    // The first writes the prompt, the others read it.
    const warm = { ...recentUsage, isPromptCached: recentUsage.isPromptCached || now.length > 0 };
    now.push(estimate(workflow, visualTokens, { model: asking.model, prices: prices(), recentUsage: warm }));
    later.push(
      estimate(workflow, visualTokens, { model: asking.model, prices: prices(), recentUsage }, true),
    );
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
