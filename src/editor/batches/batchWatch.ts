import { EventEmitter } from "vscode";
import { toUserError } from "../../errors.js";
import type { BatchApi } from "../../providers/anthropic/batches.js";
import type { TooLarge } from "../../run/batch/collect.js";
import { pollBatches } from "../../run/batch/pollBatches.js";
import type { Cache } from "../../store/answers.js";
import type { Batch, BatchStore } from "../../store/batches/batchStore.js";
import type { Ledger } from "../../store/ledger/ledger.js";
import type { Keys } from "../keys/keys.js";
import type { Log } from "../log.js";
import { settings } from "../settings.js";

/** How often batches are asked after: more seldom as they grow older. Milliseconds. */
const [soonest, latest] = [2_000, 60_000];

export interface BatchWatchOptions {
  batches: BatchStore;
  cache: Cache;
  ledger: Ledger;
  keys: Keys;
  log: Log;
  /** Submits pictures that the API found too large once more, smaller. */
  resubmit(batch: Batch, tooLarge: readonly TooLarge[], api: BatchApi, signal: AbortSignal): Promise<void>;
}

/**
 * Looks after the batches that are still open: in one window at a time, over reloads and restarts, and again when the
 * network is back. Every window is told.
 */
export class BatchWatch {
  private readonly changed = new EventEmitter<void>();
  /** Answers may have arrived. */
  readonly onDidChange = this.changed.event;
  private readonly collected = new EventEmitter<Batch[]>();
  /** Batches have ended, and this window has fetched their answers. */
  readonly onDidCollect = this.collected.event;
  private timer: NodeJS.Timeout | undefined;
  private isLooking = false;
  private readonly stop = new AbortController();

  constructor(private readonly options: BatchWatchOptions) {}

  /** Looks after what is open from now on; does nothing when nothing is. */
  async start(): Promise<void> {
    if (this.isLooking || this.stop.signal.aborted) return;
    clearTimeout(this.timer);
    this.isLooking = true;
    try {
      const open = await this.look();
      this.changed.fire();
      if (open.length > 0 && !this.stop.signal.aborted) this.schedule(open);
    } finally {
      this.isLooking = false;
    }
  }

  dispose(): void {
    this.stop.abort();
    clearTimeout(this.timer);
    this.changed.dispose();
    this.collected.dispose();
  }

  private schedule(open: readonly Batch[]): void {
    const youngest = Math.min(...open.map(({ time }) => Date.now() - Date.parse(time)));
    const wait = Math.min(latest, Math.max(soonest, youngest / 10));
    this.timer = setTimeout(() => void this.start(), wait);
    this.timer.unref();
  }

  /** @returns what is still open */
  private async look(): Promise<Batch[]> {
    const { batches, log, keys } = this.options;
    const isOpen = ({ isClosed, baseUrl }: Batch) => !isClosed && baseUrl === settings.baseUrl();
    const open = (await batches.list()).filter(isOpen);
    if (open.length === 0) return [];
    const connection = await keys.known();
    // Without a key, it is started again when there is one.
    if (!connection) return [];
    const turn = await batches.tryWatch();
    if (!turn) return open;
    try {
      const { createBatchApi } = await import("../../providers/anthropic/batches.js");
      const { ledger, cache } = this.options;
      const { prices } = settings;
      const { signal } = this.stop;
      const api = createBatchApi(connection);
      await pollBatches(open, api, {
        store: batches,
        cache,
        ledger,
        prices,
        signal,
        onTooLarge: (batch, tooLarge) => this.options.resubmit(batch, tooLarge, api, signal),
      });
    } catch (error) {
      // The network is away, or the API: nothing is lost, and it is tried again.
      log.warn(`batches: ${toUserError(error).message}`);
    } finally {
      await turn.release();
    }
    const now = await batches.list();
    const ended = now.filter(
      ({ local, isClosed }) => isClosed && open.some((batch) => batch.local === local),
    );
    if (ended.length > 0) this.collected.fire(ended);
    return now.filter(isOpen);
  }
}
