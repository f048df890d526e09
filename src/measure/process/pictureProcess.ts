import { CancelledError, UserError } from "../../errors.js";
import type { ImageLimits } from "../../image/limits.js";
import { sha256 } from "../../image/sha256.js";
import type { View } from "../view.js";
import type { Compared, CompareRequest } from "./compareMessages.js";
import { Decoder, type Limits } from "./decoder.js";
import type { PictureRequest, Prepared, PrepareRequest, ViewRequest } from "./messages.js";

/** The size of a picture is told by its first bytes, as a rule. */
export const headBytes = 256 * 1024;

const usualLimits: Limits = {
  mostMemory: 2 * 1024 ** 3,
  mostSilentWork: 30_000,
  mostWork: 15 * 60_000,
  mostSilence: 15 * 60_000,
  mostOutput: 64 * 1024 ** 2,
};

const giveUp = (
  problem: string,
  advice = "Export the picture in another format, such as PNG, and choose that.",
) => new UserError({ code: "pictureUnusable", problem, advice });

/** What a request is about. A pair that broke a process says nothing of its pictures in other company. */
function contentOf(request: PictureRequest): string {
  if ("head" in request) return sha256(request.head);
  if ("bytes" in request) return sha256(request.bytes);
  return `${sha256(request.before.bytes)} ${sha256(request.after.bytes)}`;
}

/**
 * Measures and prepares pictures in processes of their own. Decoders are native code and pictures are hostile: one that
 * crashes or hangs its decoder takes down that process and that picture, never the extension host.
 */
export class PictureProcess {
  /** With the timers that end them. */
  private readonly idle = new Map<Decoder, NodeJS.Timeout>();
  private readonly all = new Set<Decoder>();
  private readonly waiting: Array<() => void> = [];
  /** The contents that crashed, bloated or wore out a process: the same is not let near another one. SHA-256. */
  private readonly quarantined = new Set<string>();
  private disposed = false;
  private readonly most: number;
  private readonly limits: Limits;
  private readonly idleTime: number;

  /**
   * @param entry the file to run: the bundled `pictureProcess.js`
   * @param options.most how many pictures are prepared at once
   * @param options.limits what one picture may take, where it is something else than usual
   * @param options.idleTime milliseconds after which an unused process ends
   */
  constructor(
    private readonly entry: string,
    options: { most?: number; limits?: Partial<Limits>; idleTime?: number } = {},
  ) {
    this.most = options.most ?? 2;
    this.limits = { ...usualLimits, ...options.limits };
    this.idleTime = options.idleTime ?? 60_000;
  }

  /**
   * @throws UserError when the picture cannot be used
   * @throws CancelledError when the signal aborts
   */
  async prepare(request: PrepareRequest, signal?: AbortSignal): Promise<Prepared> {
    const reply = await this.request(request, signal);
    if ("picture" in reply) return reply;
    throw new Error("The process that prepares pictures answered something else");
  }

  /**
   * How many visual tokens a picture will have, without decoding it.
   *
   * @param head the file's first `headBytes`
   * @throws UserError when they do not tell
   */
  async forecast(head: Uint8Array, limits: ImageLimits, signal?: AbortSignal): Promise<number> {
    const reply = await this.request({ head, limits }, signal);
    if ("visualTokens" in reply) return reply.visualTokens;
    throw new Error("The process that prepares pictures answered something else");
  }

  /**
   * What differs between two pictures.
   *
   * @throws UserError when one of them cannot be used, whose name is in its words
   * @throws CancelledError when the signal aborts
   */
  async compare(request: CompareRequest, signal?: AbortSignal): Promise<Compared> {
    const reply = await this.request(request, signal);
    if ("comparison" in reply) return reply;
    throw new Error("The process that compares pictures answered something else");
  }

  /**
   * Shows a picture or a region of it.
   *
   * @throws UserError when the picture cannot be used, or nothing of the region lies in it
   * @throws CancelledError when the signal aborts
   */
  async view(request: ViewRequest, signal?: AbortSignal): Promise<View> {
    const reply = await this.request(request, signal);
    if (!("view" in reply)) throw new Error("The process that prepares pictures answered something else");
    if (reply.view) return reply.view;
    throw new UserError({
      code: "wrongInput",
      problem: "The region lies outside of the picture.",
      advice: "Name one within its width and height, in pixels of the original.",
    });
  }

  private async request(request: PictureRequest, signal?: AbortSignal) {
    const content = contentOf(request);
    if (this.quarantined.has(content))
      throw giveUp("The picture broke its decoder before, and is not tried again.");
    const decoder = await this.acquire(signal);
    try {
      const reply = await decoder.ask(request, signal);
      if ("broken" in reply) {
        this.quarantined.add(content);
        throw giveUp(reply.broken, reply.advice);
      }
      if ("userError" in reply) throw new UserError(reply.userError);
      if ("unexpected" in reply) throw new Error(reply.unexpected);
      return reply;
    } finally {
      this.giveBack(decoder);
    }
  }

  dispose(): void {
    this.disposed = true;
    for (const decoder of this.all) decoder.kill();
    for (const go of this.waiting.splice(0)) go();
  }

  private async acquire(signal?: AbortSignal): Promise<Decoder> {
    const isOver = () => this.disposed || signal?.aborted === true;
    while (!isOver() && this.idle.size === 0 && this.all.size >= this.most) await this.turn(signal);
    if (isOver()) {
      // It may have been this one's turn.
      this.wake();
      throw new CancelledError();
    }
    const [decoder = this.start()] = this.idle.keys();
    clearTimeout(this.idle.get(decoder));
    this.idle.delete(decoder);
    decoder.wake();
    return decoder;
  }

  /** Waits for a free process, or until the signal aborts. */
  private turn(signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const leave = () => {
        this.waiting.splice(this.waiting.indexOf(go), 1);
        resolve();
      };
      const go = () => {
        signal?.removeEventListener("abort", leave);
        resolve();
      };
      signal?.addEventListener("abort", leave, { once: true });
      this.waiting.push(go);
    });
  }

  /** Lets the next picture have a turn. */
  private wake(): void {
    this.waiting.shift()?.();
  }

  /** @throws UserError when the system starts no process */
  private start(): Decoder {
    try {
      const decoder = new Decoder(this.entry, this.limits, () => {
        this.forget(decoder);
        this.wake();
      });
      this.all.add(decoder);
      return decoder;
    } catch (error) {
      this.wake();
      throw error;
    }
  }

  private forget(decoder: Decoder): void {
    this.all.delete(decoder);
    clearTimeout(this.idle.get(decoder));
    this.idle.delete(decoder);
  }

  private giveBack(decoder: Decoder): void {
    if (!decoder.isUsable) return;
    decoder.rest();
    // It ends after a while: from then on it is given no picture.
    const ending = setTimeout(() => {
      this.forget(decoder);
      decoder.kill();
    }, this.idleTime);
    this.idle.set(decoder, ending.unref());
    this.wake();
  }
}
