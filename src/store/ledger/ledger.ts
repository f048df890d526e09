import { randomUUID } from "node:crypto";
import { readdir, rm } from "node:fs/promises";
import { costOf, type PriceList } from "../../providers/prices.js";
import { noUsage } from "../../providers/usage.js";
import type { MaxUsage, Outcome, UsageRecorder } from "../../providers/usageRecorder.js";
import type { WorkflowId } from "../../report.js";
import { Lease } from "../lease.js";
import type { Storage } from "../storage.js";
import { type Caps, CommandBudget, refuseAbove, refuseUnpriced } from "./budget.js";
import { type Entry, LedgerDay, type LedgerLine } from "./ledgerDay.js";
import type { RecentUsage } from "./recentUsage.js";

/** What is about to be asked. */
export interface Purpose {
  workflow: WorkflowId;
  model: string;
  visualTokens: number;
  inBatch?: boolean;
}

export interface LedgerOptions {
  prices: () => PriceList;
  caps: () => Caps;
  /** How long a provider's prompt stays in its cache. Milliseconds. */
  promptLifetime: number;
  now?: () => Date;
  /** Days after which entries are forgotten. */
  retention?: number;
}

/**
 * What was sent and what it cost, a file a day, for all windows and the command line. What was sent and never settled
 * counts with the most that it can have cost.
 */
export class Ledger {
  private readonly days = new Map<string, LedgerDay>();
  private readonly now: () => Date;
  private turn: Promise<unknown> = Promise.resolve();
  private pruned = false;

  constructor(
    private readonly storage: Storage,
    private readonly options: LedgerOptions,
  ) {
    this.now = options.now ?? (() => new Date());
  }

  /** Books for the requests of one run. */
  recorder(purpose: Purpose, commandBudget = new CommandBudget()): UsageRecorder {
    return { sending: (maxUsage) => this.sending(purpose, commandBudget, maxUsage) };
  }

  /**
   * Writes down many requests as one: all may be sent, or none.
   *
   * @returns the entries' ids
   * @throws UserError when they would pass a budget, or a price is not known and nobody has agreed to that
   */
  async reserve(
    wanted: ReadonlyArray<Purpose & { maxUsage: MaxUsage }>,
    commandBudget: CommandBudget,
  ): Promise<string[]> {
    const now = this.now();
    const day = dayOf(now);
    const prices = this.options.prices();
    const lines = wanted.map(({ workflow, model, visualTokens, inBatch = false, maxUsage }): LedgerLine => {
      // Writing to the cache is the most expensive way to be read.
      const usage = { ...noUsage, cacheWrite: maxUsage.input, output: maxUsage.output };
      const atMost = costOf(prices, model, usage, inBatch);
      if (atMost === undefined && !commandBudget.allowsUnknownPrice) refuseUnpriced(model);
      const id = `${day}/${randomUUID()}`;
      return {
        type: "sent",
        id,
        time: now.toISOString(),
        workflow,
        model,
        visualTokens,
        inBatch,
        ...(atMost === undefined ? {} : { atMost }),
      };
    });
    const more = lines.reduce((sum, line) => sum + (line.type === "sent" ? (line.atMost ?? 0) : 0), 0);
    await this.inTurn(async () => {
      const today = await this.refreshed(day);
      const taken = { command: commandBudget.spent + commandBudget.open, daily: today.spent + today.open };
      const caps = this.options.caps();
      refuseAbove({ ...caps, command: Math.min(caps.command, commandBudget.most) }, taken, more);
      commandBudget.open += more;
      await this.write(today, lines);
    });
    return lines.map(({ id }) => id);
  }

  /** What became of a request. */
  async settle(id: string, outcome: Outcome, commandBudget?: CommandBudget): Promise<void> {
    await this.settleAll([{ id, outcome }], commandBudget);
  }

  /** What became of requests. */
  async settleAll(
    settled: ReadonlyArray<{ id: string; outcome: Outcome }>,
    commandBudget = new CommandBudget(),
  ): Promise<void> {
    const lines = new Map<LedgerDay, LedgerLine[]>();
    for (const { id, outcome } of settled) {
      const day = this.day(id.slice(0, id.indexOf("/")));
      const entry = day.entries.get(id) ?? (await day.refresh()).entries.get(id);
      const line = entry && !entry.settled && this.lineOf(entry, outcome);
      if (!line) continue;
      const { atMost = 0 } = entry;
      const cost = line.type === "billed" ? (line.cost ?? 0) : 0;
      commandBudget.spent += cost;
      commandBudget.open -= line.type === "billed" && !line.whole ? cost : atMost;
      const ofDay = lines.get(day) ?? [];
      ofDay.push(line);
      lines.set(day, ofDay);
    }
    for (const [day, ofDay] of lines) await this.write(day, ofDay);
  }

  /** Undefined when nothing is known. */
  private lineOf({ id, model, inBatch }: Entry, outcome: Outcome): LedgerLine | undefined {
    if (outcome.type === "unbilled") return { type: "unbilled", id };
    const { usage } = outcome;
    if (!usage) return undefined;
    const cost = costOf(this.options.prices(), model, usage, inBatch);
    const requestId = outcome.type === "billed" ? outcome.requestId : undefined;
    return {
      type: "billed",
      id,
      usage,
      whole: outcome.type === "billed",
      ...(cost === undefined ? {} : { cost }),
      ...(requestId === undefined ? {} : { requestId }),
    };
  }

  /** Today's spend in US$: what is known, and what may come to it. */
  async today(): Promise<{ spent: number; open: number; requests: number }> {
    const { spent, open, entries } = await this.refreshed(dayOf(this.now()));
    return { spent, open: Math.max(0, open), requests: entries.size };
  }

  /** What the requests of late say about the next one. */
  async recentUsage(workflow: WorkflowId, model: string): Promise<RecentUsage> {
    const today = await this.refreshed(dayOf(this.now()));
    const { lastAsked, outputs } = today.recent(workflow, model);
    return {
      isPromptCached: lastAsked > this.now().getTime() - this.options.promptLifetime,
      output:
        outputs.length < 3 ? undefined : outputs.reduce((sum, tokens) => sum + tokens, 0) / outputs.length,
    };
  }

  /** All that is kept, the oldest day first. */
  async all(): Promise<Array<{ day: string; entries: Entry[] }>> {
    const names = (await readdir(this.storage.path("ledger")).catch(() => [])).filter((name) =>
      fileName.test(name),
    );
    const days = names.map((name) => name.slice(0, -".jsonl".length)).sort();
    const all = [];
    for (const day of days) all.push({ day, entries: [...(await this.refreshed(day)).entries.values()] });
    return all;
  }

  private async sending(purpose: Purpose, commandBudget: CommandBudget, maxUsage: MaxUsage) {
    const [id = ""] = await this.reserve([{ ...purpose, maxUsage }], commandBudget);
    return (outcome: Outcome) => this.settle(id, outcome, commandBudget);
  }

  private day(name: string): LedgerDay {
    const known = this.days.get(name) ?? new LedgerDay(this.storage.path("ledger", `${name}.jsonl`));
    this.days.set(name, known);
    return known;
  }

  private async refreshed(name: string): Promise<LedgerDay> {
    const day = this.day(name);
    return this.storage.tryOr(() => day.refresh(), day);
  }

  private async write(day: LedgerDay, lines: LedgerLine[]): Promise<void> {
    for (const line of lines) day.apply(line);
    await this.storage.tryOr(async () => {
      await day.journal.append(lines);
      if (!this.pruned) await this.prune();
    }, undefined);
  }

  /** One after another here, and alone among all processes. */
  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    const before = this.turn;
    const mine = before.then(async () => {
      const lease = await this.storage.tryOr(
        () => Lease.acquire(this.storage.path("ledger", "lock")),
        undefined,
      );
      try {
        return await work();
      } finally {
        await lease?.release();
      }
    });
    this.turn = mine.catch(() => undefined);
    return mine;
  }

  private async prune(): Promise<void> {
    this.pruned = true;
    const oldest = new Date(this.now().getTime() - (this.options.retention ?? 90) * 86_400_000);
    for (const name of await readdir(this.storage.path("ledger")))
      if (fileName.test(name) && name < dayOf(oldest))
        await rm(this.storage.path("ledger", name), { force: true });
  }
}

const fileName = /^\d{4}-\d\d-\d\d\.jsonl$/;

/** The day where the person is, as 2026-03-12. */
export function dayOf(time: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
}
