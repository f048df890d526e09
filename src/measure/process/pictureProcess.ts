import { type ChildProcess, fork } from "node:child_process";
import { CancelledError, type ErrorCode, UserError } from "../../errors.js";
import type { ImageLimits } from "../../image/limits.js";
import type { Step } from "../../image/prepare.js";
import type { PreparedPicture } from "../../image/prepared.js";
import { sha256 } from "../../image/sha256.js";
import type { Box } from "../../report.js";
import type { Measurement } from "../measurement.js";
import type { TextNeeds } from "../verdict.js";

/** How a picture is measured before it is prepared. */
export interface Inspection {
  /** Tesseract's names of the languages to read, and a folder with data for more than English. */
  languages: string[];
  languageFolder: string | undefined;
  /** Pixels of the picture for each CSS pixel; guessed when it is not given. */
  pixelRatio: number | undefined;
  /** What is asked of texts. */
  needs: TextNeeds;
  /** Whether secrets are looked for and covered. */
  coverSecrets: boolean;
}

export interface PrepareRequest {
  bytes: Uint8Array;
  name: string;
  limits: ImageLimits;
  /** Whether it may be a photo of a board or of paper, to be straightened and evened out. */
  improve: boolean;
  /** Absent when the picture has been measured already. */
  inspection?: Inspection;
  /** Places to cover, in pixels of the original. */
  cover?: Box[];
}

/** The size of a picture is told by its first bytes, as a rule. */
export const headBytes = 256 * 1024;

/** Asks how many visual tokens a picture will have. */
export interface ForecastRequest {
  head: Uint8Array;
  limits: ImageLimits;
}

/** A picture as it is sent, and what was measured of the original. */
export interface Prepared {
  picture: PreparedPicture;
  measurement: Measurement | undefined;
}

/** What the process answers; errors that are meant for people cross over in their parts. */
export type PrepareReply =
  | { alive: Step | "read through" }
  | Prepared
  | { visualTokens: number }
  /** What the picture did to the process, which ends of it. */
  | { broken: string }
  | { userError: { code: ErrorCode; problem: string; advice: string } }
  | { unexpected: string };

/** What became of a request in the end: an answer, or what the picture did to the process. */
type FinalReply = Exclude<PrepareReply, { alive: string }>;

const notStarted = (cause: unknown) =>
  new UserError({
    code: "unexpected",
    problem: "The process that reads pictures could not be started.",
    advice: "Close other programs, and try again.",
    cause,
  });

const giveUp = (problem: string) =>
  new UserError({
    code: "pictureUnusable",
    problem,
    advice: "Export the picture in another format, such as PNG, and choose that.",
  });

/**
 * Measures and prepares pictures in processes of their own. Decoders are native code and pictures are hostile: one that
 * crashes or hangs its decoder takes down that process and that picture, never the extension host.
 */
export class PictureProcess {
  /** With the timers that end them. */
  private readonly idle = new Map<ChildProcess, NodeJS.Timeout>();
  private readonly all = new Set<ChildProcess>();
  private readonly waiting: Array<() => void> = [];
  /** The contents that crashed, hung or bloated a process: the same is not let near another one. SHA-256. */
  private readonly quarantined = new Set<string>();
  private disposed = false;
  private readonly most: number;
  private readonly timeoutMs: number;
  private readonly mostTime: number;
  private readonly mostMemory: number;
  private readonly idleTime: number;

  /**
   * @param entry the file to run: the bundled `pictureProcess.js`
   * @param options.most how many pictures are prepared at once
   * @param options.mostMemory bytes that a process may take; an honest picture takes a third of it
   * @param options.timeoutMs milliseconds of silence after which a picture is given up
   * @param options.mostTime milliseconds after which it is given up, whatever signs of life it gives
   * @param options.idleTime milliseconds after which an unused process ends
   */
  constructor(
    private readonly entry: string,
    options: {
      most?: number;
      timeoutMs?: number;
      mostTime?: number;
      idleTime?: number;
      mostMemory?: number;
    } = {},
  ) {
    this.most = options.most ?? 2;
    this.timeoutMs = options.timeoutMs ?? 30_000;
    this.mostTime = options.mostTime ?? 15 * 60_000;
    this.mostMemory = options.mostMemory ?? 2 * 1024 ** 3;
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

  private async request(request: PrepareRequest | ForecastRequest, signal?: AbortSignal) {
    const content = sha256("head" in request ? request.head : request.bytes);
    if (this.quarantined.has(content))
      throw giveUp("The picture broke its decoder before, and is not tried again.");
    const child = await this.acquire(signal);
    try {
      const reply = await this.ask(child, request, signal);
      if ("broken" in reply) {
        this.quarantined.add(content);
        throw giveUp(reply.broken);
      }
      if ("userError" in reply) throw new UserError(reply.userError);
      if ("unexpected" in reply) throw new Error(reply.unexpected);
      return reply;
    } finally {
      this.giveBack(child);
    }
  }

  dispose(): void {
    this.disposed = true;
    for (const child of this.all) child.kill("SIGKILL");
    for (const go of this.waiting.splice(0)) go();
  }

  private async acquire(signal?: AbortSignal): Promise<ChildProcess> {
    const isOver = () => this.disposed || signal?.aborted === true;
    while (!isOver() && this.idle.size === 0 && this.all.size >= this.most) await this.turn(signal);
    if (isOver()) {
      // It may have been this one's turn.
      this.wake();
      throw new CancelledError();
    }
    const [child = this.start()] = this.idle.keys();
    clearTimeout(this.idle.get(child));
    this.idle.delete(child);
    child.ref();
    child.channel?.ref();
    return child;
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
  private start(): ChildProcess {
    const child = this.fork();
    this.all.add(child);
    const gone = () => {
      this.forget(child);
      this.wake();
    };
    child.once("exit", gone);
    // One that was never started does not exit; nor may an error of it go unheard, whenever it comes.
    child.on("error", gone);
    return child;
  }

  private fork(): ChildProcess {
    try {
      return fork(this.entry, [String(this.mostMemory)], {
        execArgv: [],
        serialization: "advanced",
        stdio: ["ignore", "ignore", "ignore", "ipc"],
        // Nothing else of the environment: a decoder needs no key. The host may be Electron.
        env: { ELECTRON_RUN_AS_NODE: "1", PATH: process.env.PATH, SystemRoot: process.env.SystemRoot },
      });
    } catch (error) {
      this.wake();
      throw notStarted(error);
    }
  }

  private forget(child: ChildProcess): void {
    this.all.delete(child);
    clearTimeout(this.idle.get(child));
    this.idle.delete(child);
  }

  private ask(
    child: ChildProcess,
    request: PrepareRequest | ForecastRequest,
    signal?: AbortSignal,
  ): Promise<FinalReply> {
    return new Promise((resolve, reject) => {
      const settle = (action: () => void) => {
        clearTimeout(timer);
        clearTimeout(whole);
        signal?.removeEventListener("abort", cancel);
        child.off("message", receive).off("error", failed).off("exit", crashed);
        action();
      };
      const stop = (error: Error) =>
        settle(() => {
          child.kill("SIGKILL");
          reject(error);
        });
      const cancel = () => stop(new CancelledError());
      const failed = (error: Error) => stop(child.pid === undefined ? notStarted(error) : error);
      let step = "decode";
      const receive = (message: unknown) => {
        const reply = message as PrepareReply;
        if ("alive" in reply) {
          step = reply.alive;
          timer.refresh();
        } else settle(() => resolve(reply));
      };
      const broken = (problem: string) => settle(() => resolve({ broken: problem }));
      const crashed = () => broken("The picture crashed its decoder.");
      const tooLong = () => {
        child.kill("SIGKILL");
        broken(`The picture takes too long to ${step}.`);
      };
      const timer = setTimeout(tooLong, this.timeoutMs);
      const whole = setTimeout(tooLong, this.mostTime);
      signal?.addEventListener("abort", cancel, { once: true });
      child.once("exit", crashed);
      child.once("error", failed);
      child.on("message", receive);
      try {
        child.send(request, (error) => {
          if (error) failed(error);
        });
      } catch (error) {
        // One that was never started may have no channel.
        failed(error instanceof Error ? error : new Error(String(error)));
      }
    });
  }

  private giveBack(child: ChildProcess): void {
    if (child.exitCode !== null || child.killed || !child.connected) return;
    // An idle process keeps nobody alive, and ends after a while: from then on it is given no picture.
    child.unref();
    child.channel?.unref();
    const ending = setTimeout(() => {
      this.forget(child);
      child.kill();
    }, this.idleTime);
    this.idle.set(child, ending.unref());
    this.wake();
  }
}
