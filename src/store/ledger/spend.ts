import { addUsage, noUsage, type Usage } from "../../providers/usage.js";
import type { WorkflowId } from "../../report.js";
import type { Entry } from "./ledgerDay.js";

/** What was asked on one day, by one workflow, of one model. */
export interface Spend {
  /** As 2026-03-12. */
  day: string;
  workflow: WorkflowId;
  model: string;
  requests: number;
  usage: Usage;
  visualTokens: number;
  /** US$ that are known. */
  cost: number;
  /** US$ that may come to it: of requests whose outcome is not known. */
  open: number;
}

/** The days' entries summed up, the latest day first. */
export function spendOf(days: ReadonlyArray<{ day: string; entries: readonly Entry[] }>): Spend[] {
  const sums = new Map<string, Spend>();
  for (const { day, entries } of days) {
    for (const { workflow, model, usage, visualTokens, cost, settled, atMost = 0 } of entries) {
      const key = `${day}\n${workflow}\n${model}`;
      const none = { requests: 0, usage: noUsage, visualTokens: 0, cost: 0, open: 0 };
      const sum = sums.get(key) ?? { day, workflow, model, ...none };
      sums.set(key, {
        ...sum,
        requests: sum.requests + 1,
        usage: addUsage(sum.usage, usage),
        visualTokens: sum.visualTokens + visualTokens,
        cost: sum.cost + cost,
        open: sum.open + (settled ? 0 : Math.max(0, atMost - cost)),
      });
    }
  }
  return [...sums.values()].sort((a, b) => (a.day < b.day ? 1 : a.day > b.day ? -1 : b.cost - a.cost));
}

/** The share of what was read that came from the prompt cache, from 0 to 1. */
export function cacheShare({ input, cacheWrite, cacheRead }: Usage): number {
  const read = input + cacheWrite + cacheRead;
  return read === 0 ? 0 : cacheRead / read;
}

/** A jump that is said: from so many pictures a day on, by so much more than in the days before. */
const [fewestPictures, daysBefore, jumpFrom] = [5, 14, 1.3];

/** A workflow's pictures have become larger: that is how a mistake in preparing them shows first. */
export interface Jump {
  workflow: WorkflowId;
  day: string;
  /** Visual tokens a picture, on average. */
  now: number;
  before: number;
}

/**
 * The workflows whose pictures have more visual tokens today than in the two weeks before.
 *
 * @param today as 2026-03-12
 */
export function jumpsIn(spend: readonly Spend[], today: string): Jump[] {
  const first = daysEarlier(today, daysBefore);
  const workflows = [...new Set(spend.map(({ workflow }) => workflow))];
  return workflows.flatMap((workflow): Jump[] => {
    const own = spend.filter((row) => row.workflow === workflow);
    const now = average(own.filter(({ day }) => day === today));
    const before = average(own.filter(({ day }) => day >= first && day < today));
    if (!now || !before || now < before * jumpFrom) return [];
    return [{ workflow, day: today, now, before }];
  });
}

/** The day so many days earlier. Both as 2026-03-12. */
function daysEarlier(day: string, count: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() - count);
  return date.toISOString().slice(0, 10);
}

/** Undefined where there are too few pictures to say. */
function average(rows: readonly Spend[]): number | undefined {
  const requests = rows.reduce((sum, row) => sum + row.requests, 0);
  if (requests < fewestPictures) return undefined;
  return rows.reduce((sum, { visualTokens }) => sum + visualTokens, 0) / requests;
}

/** A jump in a sentence. */
export function describeJump({ workflow, now, before }: Jump): string {
  const count = (tokens: number) => Math.round(tokens).toLocaleString("en");
  const more = Math.round((now / before - 1) * 100);
  return `Pictures of the workflow “${workflow}” have ${more} % more visual tokens today than in the two weeks before: ${count(now)} instead of ${count(before)} each. If the pictures are as they were, look at how they are prepared.`;
}
