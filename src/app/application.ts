import { PictureProcess } from "../measure/process/pictureProcess.js";
import type { Connection } from "../providers/anthropic/connection.js";
import type { PriceList } from "../providers/anthropic/prices.js";
import { RequestScheduler } from "../providers/anthropic/scheduler.js";
import type { RunDependencies } from "../run/runner.js";
import type { Cache } from "../store/answers.js";
import type { BatchStore } from "../store/batches/batchStore.js";
import type { Ledger } from "../store/ledger/ledger.js";
import { MermaidParser } from "../workflows/diagram/mermaidParser.js";

/** What runs share, beside processes and workers. */
export interface Shared {
  cache: Cache;
  batches: BatchStore;
  ledger: Ledger;
  prices(): PriceList;
  /** Questions on their way at once. */
  atOnce(): number;
}

/** The processes and workers that runs share. They start, and the SDK loads, when they are first used. */
export class Application {
  readonly pictures: PictureProcess;
  private readonly mermaid: MermaidParser;
  private readonly scheduler: RequestScheduler;

  /** @param bundled where a file of the bundle lies */
  constructor(
    bundled: (file: string) => string,
    private readonly shared: Shared,
  ) {
    this.pictures = new PictureProcess(bundled("pictureProcess.js"));
    this.mermaid = new MermaidParser(bundled("mermaidWorker.js"));
    this.scheduler = new RequestScheduler(shared.atOnce());
  }

  /** Questions that may be on their way at once, as things are. */
  get concurrency(): number {
    return this.scheduler.limiter.now;
  }

  /** @param connection absent when nobody is to be asked */
  async dependencies(connection: Connection | undefined): Promise<RunDependencies> {
    const { cache, batches, ledger, prices, atOnce } = this.shared;
    this.scheduler.limiter.setMost(atOnce());
    return {
      ask:
        connection && (await import("../providers/anthropic/ask.js")).createAsker(connection, this.scheduler),
      prepare: (request, signal) => this.pictures.prepare(request, signal),
      cache,
      batches,
      ledger,
      prices,
      checkMermaid: (text) => this.mermaid.parse(text),
      now: () => performance.now(),
    };
  }

  dispose(): void {
    this.pictures.dispose();
    this.mermaid.dispose();
  }
}
