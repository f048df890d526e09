import { Worker } from "node:worker_threads";
import type { ParsedFlowchart } from "./editedGraph.js";

/** What Mermaid's own parser says of a text, and what it holds of a flowchart. */
export type Verdict = { valid: true; flowchart?: ParsedFlowchart } | { valid: false; message: string };

/** Some texts make the parser loop for ever. Milliseconds. */
const timeoutMs = 10_000;
/** An unused worker ends. Milliseconds. */
const idleTime = 60_000;

/** Mermaid's parser, in a worker thread of its own: it needs a DOM, takes a while to load, and may hang. */
export class MermaidParser {
  private worker: Worker | undefined;
  private queue: Promise<unknown> = Promise.resolve();
  private idle: NodeJS.Timeout | undefined;

  /** @param entry the file to run: the bundled `mermaidWorker.js` */
  constructor(private readonly entry: string) {}

  parse(text: string): Promise<Verdict> {
    const verdict = this.queue.then(() => this.ask(text));
    this.queue = verdict.catch(() => undefined);
    return verdict;
  }

  dispose(): void {
    clearTimeout(this.idle);
    void this.worker?.terminate();
    this.worker = undefined;
  }

  private ask(text: string): Promise<Verdict> {
    clearTimeout(this.idle);
    const worker = this.start();
    worker.ref();
    return new Promise<Verdict>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.dispose();
        settle(() => resolve({ valid: false, message: "The parser takes too long." }));
      }, timeoutMs);
      const settle = (action: () => void) => {
        clearTimeout(timer);
        worker.off("message", answered).off("error", failed).off("exit", ended);
        action();
      };
      const answered = (verdict: Verdict) => settle(() => resolve(verdict));
      const failed = (error: Error) => settle(() => reject(error));
      const ended = () => failed(new Error("The parser ended."));
      worker.on("message", answered).on("error", failed).on("exit", ended);
      worker.postMessage(text);
    }).finally(() => {
      worker.unref();
      this.idle = setTimeout(() => this.dispose(), idleTime);
      this.idle.unref();
    });
  }

  /** A worker that fails, also between two questions, is replaced by the next question's. */
  private start(): Worker {
    if (this.worker) return this.worker;
    const worker = new Worker(this.entry, { env: {}, stdout: true, stderr: true });
    const forget = () => {
      if (this.worker === worker) this.worker = undefined;
    };
    worker.on("error", forget).on("exit", forget);
    this.worker = worker;
    return worker;
  }
}
