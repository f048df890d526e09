import { TaskWorker } from "../../async/taskWorker.js";
import type { Json } from "./pointer.js";
import type { SchemaNode } from "./userSchema.js";

/** What the worker is given. */
export interface SchemaTask {
  schema: SchemaNode;
  data: Json;
}

/** What does not conform, a sentence each; empty when all does. */
export type SchemaProblems = string[];

/** A schema's patterns and branches can make a check endless. */
const limits = { timeoutMs: 5_000, idleMs: 30_000 };
const tooLong = ["The schema takes too long to check: one of its patterns or branches never ends."];

/** Checks data against a person's own schema, in a worker thread: whoever wrote it may have meant harm. */
export class SchemaChecker {
  private readonly worker: TaskWorker<SchemaTask, SchemaProblems>;

  /** @param entry the file to run: the bundled `schemaWorker.js` */
  constructor(entry: string) {
    this.worker = new TaskWorker(entry, limits, tooLong);
  }

  check(schema: SchemaNode, data: Json): Promise<SchemaProblems> {
    return this.worker.run({ schema, data });
  }

  dispose(): void {
    this.worker.dispose();
  }
}
