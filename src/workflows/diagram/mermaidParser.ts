import { TaskWorker } from "../../async/taskWorker.js";
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

/** Some texts make the parser loop for ever. */
const limits = { timeoutMs: 10_000, idleMs: 60_000 };
const tooLong: Failure = { valid: false, message: "The parser takes too long." };

/** Mermaid's parser, in a worker thread of its own: it needs a DOM, takes a while to load, and may hang. */
export class MermaidParser {
  private readonly worker: TaskWorker<Asked, (Verdict & ReadVerdict) | Failure>;

  /** @param entry the file to run: the bundled `mermaidWorker.js` */
  constructor(entry: string) {
    this.worker = new TaskWorker(entry, limits, tooLong);
  }

  parse(text: string): Promise<Verdict> {
    return this.worker.run({ task: "check", text });
  }

  /** Reads any kind of diagram as a graph. */
  read(text: string): Promise<ReadVerdict> {
    return this.worker.run({ task: "read", text });
  }

  dispose(): void {
    this.worker.dispose();
  }
}
