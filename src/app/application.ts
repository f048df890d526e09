import { PictureProcess } from "../measure/process/pictureProcess.js";
import type { Connection } from "../providers/anthropic/connection.js";
import type { PriceList } from "../providers/anthropic/prices.js";
import { Traffic } from "../providers/anthropic/traffic.js";
import type { Surroundings } from "../run/runner.js";
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
export class Machinery {
  readonly pictures: PictureProcess;
  private readonly mermaid: MermaidParser;
  private readonly traffic: Traffic;

  /** @param bundled where a file of the bundle lies */
  constructor(
    bundled: (file: string) => string,
    private readonly shared: Shared,
  ) {
    this.pictures = new PictureProcess(bundled("pictureProcess.js"));
    this.mermaid = new MermaidParser(bundled("mermaidWorker.js"));
    this.traffic = new Traffic(shared.atOnce());
  }

  /** Questions that may be on their way at once, as things are. */
  get pace(): number {
    return this.traffic.pace.now;
  }

  /** @param connection absent when nobody is to be asked */
  async surroundings(connection: Connection | undefined): Promise<Surroundings> {
    const { cache, batches, ledger, prices, atOnce } = this.shared;
    this.traffic.pace.setMost(atOnce());
    return {
      ask:
        connection && (await import("../providers/anthropic/ask.js")).createAsker(connection, this.traffic),
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
