import { type ChildProcess, spawn } from "node:child_process";
import { Socket } from "node:net";
import { deserialize, serialize } from "node:v8";
import { CancelledError, UserError } from "../../errors.js";
import { readFrames, writeFrame } from "./frames.js";
import {
  type Activity,
  type FinalReply,
  type PictureRequest,
  type PrepareReply,
  replyPipe,
  workPipe,
} from "./messages.js";

/** What a picture may take of a process. CPU time is the process's own work, however busy the machine is. */
export interface Limits {
  /** Bytes; an honest picture takes a third of it. */
  mostMemory: number;
  /** Milliseconds of CPU time between two signs of life. */
  mostSilentWork: number;
  /** Milliseconds of CPU time, whatever signs of life it gives. */
  mostWork: number;
  /** Milliseconds by the clock between two signs of life. After that it is not worked on: no fault of the picture. */
  mostSilence: number;
  /** Bytes that it may send back, all in all; an honest picture's images take a third of it. */
  mostOutput: number;
}

/** Who waits for what the process says. */
interface Listener {
  /** Undefined for what is no reply at all. */
  receive(reply: PrepareReply | undefined): void;
  /** It says more than it may. */
  exceed(): void;
}

const notStarted = (cause: unknown) =>
  new UserError({
    code: "unexpected",
    problem: "The process that reads pictures could not be started.",
    advice: "Close other programs, and try again.",
    cause,
  });

const stalled = (milliseconds: number) =>
  new UserError({
    code: "unexpected",
    problem: `Nothing was done to the picture for ${duration(milliseconds)}: this machine is too busy.`,
    advice: "Close other programs, and try again.",
  });

const duration = (milliseconds: number): string => {
  const seconds = milliseconds / 1000;
  if (seconds === 1) return "1 second";
  return seconds < 120 ? `${seconds} seconds` : `${Math.round(seconds / 60)} minutes`;
};

/** How often the limits are looked at. Milliseconds. */
const interval = 100;

/** One process that decodes pictures, one after the other. */
export class Decoder {
  private readonly child: ChildProcess;
  /** The CPU time that it has used up to now, as it last told. Milliseconds. */
  private work = 0;
  /** Bytes that it has sent since it was given its picture. */
  private output = 0;
  private listener: Listener | undefined;

  /**
   * @param entry the file to run
   * @param onGone called once it is gone, or was never there
   * @throws UserError when the system starts no process
   */
  constructor(
    entry: string,
    private readonly limits: Limits,
    onGone: () => void,
  ) {
    try {
      this.child = spawn(process.execPath, [entry, String(limits.mostMemory)], {
        // Not Node's own channel, which reads whatever a process sends.
        stdio: ["pipe", "ignore", "ignore", "pipe", "pipe"],
        windowsHide: true,
        // Nothing else of the environment: a decoder needs no key. The host may be Electron.
        env: { ELECTRON_RUN_AS_NODE: "1", PATH: process.env.PATH, SystemRoot: process.env.SystemRoot },
      });
    } catch (error) {
      throw notStarted(error);
    }
    this.child.once("exit", onGone);
    // One that was never started does not exit; nor may an error of it go unheard, whenever it comes.
    this.child.on("error", onGone);
    // It breaks with the process, whose end is told elsewhere.
    this.child.stdin?.on("error", () => this.child.stdin?.destroy());
    this.followWork();
    this.listen();
  }

  get isUsable(): boolean {
    const { pid, exitCode, killed, stdin } = this.child;
    return pid !== undefined && exitCode === null && !killed && stdin?.writable === true;
  }

  /** An idle process keeps nobody alive. */
  rest(): void {
    this.child.unref();
    for (const pipe of this.pipes) pipe.unref();
  }

  /** Before it is given a picture again. */
  wake(): void {
    this.child.ref();
    for (const pipe of this.pipes) pipe.ref();
  }

  private get pipes(): Socket[] {
    return [this.child.stdin, this.child.stdio[replyPipe]].flatMap((pipe) =>
      pipe instanceof Socket ? [pipe] : [],
    );
  }

  kill(): void {
    this.child.kill("SIGKILL");
  }

  /**
   * Gives it a picture. Where that breaks it, or goes past a limit, the process is gone afterwards.
   *
   * @throws UserError when the process could not be started, or the machine is too busy to work on the picture
   * @throws CancelledError when the signal aborts
   */
  ask(request: PictureRequest, signal?: AbortSignal): Promise<FinalReply> {
    const { child } = this;
    const { mostSilentWork, mostWork, mostSilence, mostOutput } = this.limits;
    return new Promise((resolve, reject) => {
      const settle = (action: () => void) => {
        clearInterval(watching);
        signal?.removeEventListener("abort", cancel);
        this.listener = undefined;
        child.off("error", failed).off("exit", crashed);
        action();
      };
      const stop = (error: Error) =>
        settle(() => {
          this.kill();
          reject(error);
        });
      const cancel = () => stop(new CancelledError());
      const failed = (error: Error) => stop(child.pid === undefined ? notStarted(error) : error);
      let step: Activity = "decode";
      const workAtStart = this.work;
      let lastSign = { work: this.work, time: performance.now() };
      const crashed = () => settle(() => resolve({ broken: "The picture crashed its decoder." }));
      const breakOff = (broken: string) =>
        settle(() => {
          this.kill();
          // Once it is decoded, another format would change nothing.
          resolve(step === "decode" ? { broken } : { broken, advice: "Choose a smaller part of it." });
        });
      const tooLong = (limit: number) =>
        breakOff(`The picture takes more than ${duration(limit)} of computing to ${step}.`);
      this.output = 0;
      this.listener = {
        receive: (reply) => {
          if (reply === undefined) {
            this.kill();
            crashed();
          } else if ("alive" in reply) {
            step = reply.alive;
            lastSign = { work: this.work, time: performance.now() };
          } else settle(() => resolve(reply));
        },
        exceed: () =>
          breakOff(`The picture makes its decoder answer with more than ${Math.round(mostOutput / 1e6)} MB.`),
      };
      const watching = setInterval(() => {
        if (this.work - lastSign.work > mostSilentWork) tooLong(mostSilentWork);
        else if (this.work - workAtStart > mostWork) tooLong(mostWork);
        else if (performance.now() - lastSign.time > mostSilence) stop(stalled(mostSilence));
      }, interval);
      signal?.addEventListener("abort", cancel, { once: true });
      child.once("exit", crashed);
      child.once("error", failed);
      // One that was never started may have told so before anybody listened.
      if (child.pid === undefined || !child.stdin) {
        failed(new Error("The process was not started"));
        return;
      }
      writeFrame(child.stdin, serialize(request));
    });
  }

  private listen(): void {
    const pipe = this.child.stdio[replyPipe];
    if (!(pipe instanceof Socket)) return;
    pipe.on("error", () => pipe.destroy());
    const canTake = (bytes: number): boolean => {
      this.output += bytes;
      if (this.output <= this.limits.mostOutput) return true;
      if (this.listener) this.listener.exceed();
      else this.kill();
      return false;
    };
    readFrames(pipe, (frame) => this.listener?.receive(replyIn(frame)), canTake);
  }

  private followWork(): void {
    const pipe = this.child.stdio[workPipe];
    if (!(pipe instanceof Socket)) return;
    pipe.unref();
    // It breaks with the process, whose end is told elsewhere.
    pipe.on("error", () => pipe.destroy());
    let rest = "";
    pipe.on("data", (chunk) => {
      const lines = (rest + String(chunk)).split("\n");
      rest = lines.pop() ?? "";
      const last = Number(lines.at(-1));
      if (last > this.work) this.work = last;
    });
  }
}

/** Undefined for bytes that are no object. */
function replyIn(frame: Buffer): PrepareReply | undefined {
  try {
    const reply: unknown = deserialize(frame);
    return isReply(reply) ? reply : undefined;
  } catch {
    return undefined;
  }
}

type KeysOf<T> = T extends unknown ? keyof T : never;

/** Each reply is an object that has one of these. The compiler misses those that are not listed. */
const replyKeys: Record<KeysOf<PrepareReply>, true> = {
  alive: true,
  picture: true,
  measurement: true,
  comparison: true,
  before: true,
  after: true,
  visualTokens: true,
  pages: true,
  keyFrames: true,
  view: true,
  broken: true,
  advice: true,
  userError: true,
  unexpected: true,
};

const isReply = (value: unknown): value is PrepareReply =>
  typeof value === "object" &&
  value !== null &&
  Object.keys(value).some((key) => Object.hasOwn(replyKeys, key));
