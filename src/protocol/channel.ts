import { z } from "zod";

/** Where messages leave and arrive: VS Code's API in a page, a webview in the host. */
export interface Port {
  post(message: unknown): unknown;
  /** @returns what stops listening */
  listen(receive: (message: unknown) => void): () => void;
}

export interface ChannelOptions<In> {
  /** What the other end may send; anything else is refused. */
  incoming: z.ZodType<In>;
  /** Deals with a message. What it rejects with goes to `onError`. */
  receive(message: In): unknown;
  onError(error: unknown): void;
}

/** How a request ended. */
export type Settled = "done" | "failed" | "timeout" | "closed";

const Request = z.object({ request: z.number().int(), message: z.unknown() });
const Reply = z.object({ reply: z.number().int(), outcome: z.enum(["done", "failed"]) });

/** How long the other end may take to deal with a request. Milliseconds. */
const replyTimeoutMs = 30_000;

/** A message that the other end must not or cannot have meant. */
export class RefusedMessageError extends Error {
  override readonly name = "RefusedMessageError";
}

/** @throws RefusedMessageError when it is no message of this form */
export function readMessage<T>(schema: z.ZodType<T>, message: unknown): T {
  const read = schema.safeParse(message);
  if (read.success) return read.data;
  throw new RefusedMessageError("A message was refused.", { cause: read.error });
}

/**
 * One end of the line between a page and the host. Messages are checked as they arrive, and a request is always
 * settled: by the other end, by an error there, by time, or because the line is closed.
 */
export class Channel<In, Out> {
  private readonly waiting = new Map<number, (settled: Settled) => void>();
  private readonly stop: () => void;
  private requests = 0;
  private open = true;

  constructor(
    private readonly port: Port,
    private readonly options: ChannelOptions<In>,
  ) {
    this.stop = port.listen((message) => void this.take(message));
  }

  get isOpen(): boolean {
    return this.open;
  }

  /** Does nothing once the channel is closed. */
  send(message: Out): void {
    this.post(message);
  }

  /**
   * Sends, and waits until the other end has dealt with it. Never rejects.
   *
   * @param timeoutMs after which it is given up
   */
  request(message: Out, timeoutMs = replyTimeoutMs): Promise<Settled> {
    if (!this.open) return Promise.resolve("closed");
    const id = ++this.requests;
    return new Promise((resolve) => {
      const timer = setTimeout(() => settle("timeout"), timeoutMs);
      const settle = (settled: Settled) => {
        clearTimeout(timer);
        this.waiting.delete(id);
        resolve(settled);
      };
      this.waiting.set(id, settle);
      this.post({ request: id, message });
    });
  }

  /** What still waits is settled as closed, and nothing is sent any more. */
  close(): void {
    this.open = false;
    this.stop();
    for (const settle of [...this.waiting.values()]) settle("closed");
  }

  private async take(raw: unknown): Promise<void> {
    const reply = Reply.safeParse(raw);
    if (reply.success) return this.waiting.get(reply.data.reply)?.(reply.data.outcome);
    const request = Request.safeParse(raw);
    const isDone = await this.deal(request.success ? request.data.message : raw);
    if (request.success) this.post({ reply: request.data.request, outcome: isDone ? "done" : "failed" });
  }

  private async deal(raw: unknown): Promise<boolean> {
    try {
      await this.options.receive(readMessage(this.options.incoming, raw));
      return true;
    } catch (error) {
      this.options.onError(error);
      return false;
    }
  }

  private post(message: unknown): void {
    if (this.open) void this.port.post(message);
  }
}
