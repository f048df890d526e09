import { Worker } from "node:worker_threads";

/** How long a worker may take, and how long it waits for the next task. Milliseconds. */
export interface TaskWorkerLimits {
  timeoutMs: number;
  /** An unused worker ends. */
  idleMs: number;
}

/** A worker thread that does one task after the other, and may hang: then it is ended, and the next task has a new one. */
export class TaskWorker<Task, Answer> {
  private worker: Worker | undefined;
  private queue: Promise<unknown> = Promise.resolve();
  private idle: NodeJS.Timeout | undefined;

  /**
   * @param entry the bundled file to run, which answers each message with one
   * @param tooLong the answer to a task that takes longer than it may
   */
  constructor(
    private readonly entry: string,
    private readonly limits: TaskWorkerLimits,
    private readonly tooLong: Answer,
  ) {}

  /** @throws Error when the worker fails */
  run(task: Task): Promise<Answer> {
    const answer = this.queue.then(() => this.ask(task));
    this.queue = answer.catch(() => undefined);
    return answer;
  }

  dispose(): void {
    clearTimeout(this.idle);
    void this.worker?.terminate();
    this.worker = undefined;
  }

  private ask(task: Task): Promise<Answer> {
    clearTimeout(this.idle);
    const worker = this.start();
    worker.ref();
    return new Promise<Answer>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.dispose();
        settle(() => resolve(this.tooLong));
      }, this.limits.timeoutMs);
      const settle = (action: () => void) => {
        clearTimeout(timer);
        worker.off("message", answered).off("error", failed).off("exit", ended);
        action();
      };
      const answered = (answer: Answer) => settle(() => resolve(answer));
      const failed = (error: Error) => settle(() => reject(error));
      const ended = () => failed(new Error("The worker ended."));
      worker.on("message", answered).on("error", failed).on("exit", ended);
      worker.postMessage(task);
    }).finally(() => {
      worker.unref();
      this.idle = setTimeout(() => this.dispose(), this.limits.idleMs);
      this.idle.unref();
    });
  }

  /** A worker that fails, also between two tasks, is replaced by the next task's. */
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
