import { Worker } from "node:worker_threads";
import type { ParsedFlowchart } from "./editedGraph.js";
import type { Reading } from "./read/reading.js";

/** What Mermaid's own parser says of a text, and what it holds of a flowchart. */
export type Verdict = { valid: true; flowchart?: ParsedFlowchart } | Failure;

interface Failure {
  valid: false;
  message: string;
}

/** A text as a graph, or why it is none. */
export type ReadVerdict = { valid: true; reading: Reading } | Failure;

/** What the worker is asked: whether a text is valid, or what it says. */
export interface Asked {
  task: "check" | "read";
  text: string;
}

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
    return this.enqueue<Verdict>({ task: "check", text });
  }

  /** Reads any kind of diagram as a graph. */
  read(text: string): Promise<ReadVerdict> {
    return this.enqueue<ReadVerdict>({ task: "read", text });
  }

  private enqueue<Answer>(asked: Asked): Promise<Answer | Failure> {
    const verdict = this.queue.then(() => this.ask<Answer>(asked));
    this.queue = verdict.catch(() => undefined);
    return verdict;
  }

  dispose(): void {
    clearTimeout(this.idle);
    void this.worker?.terminate();
    this.worker = undefined;
  }

  private ask<Answer>(asked: Asked): Promise<Answer | Failure> {
    clearTimeout(this.idle);
    const worker = this.start();
    worker.ref();
    return new Promise<Answer | Failure>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.dispose();
        settle(() => resolve({ valid: false, message: "The parser takes too long." }));
      }, timeoutMs);
      const settle = (action: () => void) => {
        clearTimeout(timer);
        worker.off("message", answered).off("error", failed).off("exit", ended);
        action();
      };
      const answered = (verdict: Answer | Failure) => settle(() => resolve(verdict));
      const failed = (error: Error) => settle(() => reject(error));
      const ended = () => failed(new Error("The parser ended."));
      worker.on("message", answered).on("error", failed).on("exit", ended);
      worker.postMessage(asked);
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
