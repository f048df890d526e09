import type { Connection } from "../claude/connection.js";
import type { PriceList } from "../claude/prices.js";
import { Traffic } from "../claude/traffic.js";
import { MermaidParser } from "../workflows/diagram/mermaidParser.js";
import type { BatchStore } from "./batch/batchStore.js";
import type { Cache } from "./cache.js";
import type { Ledger } from "./cost/ledger.js";
import { PictureProcess } from "./pictureProcess.js";
import type { Surroundings } from "./run.js";

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
      ask: connection && (await import("../claude/ask.js")).createAsker(connection, this.traffic),
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
