import { type ChildProcess, fork } from "node:child_process";
import { Socket } from "node:net";
import { CancelledError, UserError } from "../../errors.js";
import {
  type Activity,
  type FinalReply,
  type PictureRequest,
  type PrepareReply,
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
      this.child = fork(entry, [String(limits.mostMemory)], {
        execArgv: [],
        serialization: "advanced",
        stdio: ["ignore", "ignore", "ignore", "ipc", "pipe"],
        // Nothing else of the environment: a decoder needs no key. The host may be Electron.
        env: { ELECTRON_RUN_AS_NODE: "1", PATH: process.env.PATH, SystemRoot: process.env.SystemRoot },
      });
    } catch (error) {
      throw notStarted(error);
    }
    this.child.once("exit", onGone);
    // One that was never started does not exit; nor may an error of it go unheard, whenever it comes.
    this.child.on("error", onGone);
    this.followWork();
  }

  get isUsable(): boolean {
    return this.child.exitCode === null && !this.child.killed && this.child.connected;
  }

  /** An idle process keeps nobody alive. */
  rest(): void {
    this.child.unref();
    this.child.channel?.unref();
  }

  /** Before it is given a picture again. */
  wake(): void {
    this.child.ref();
    this.child.channel?.ref();
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
    const { mostSilentWork, mostWork, mostSilence } = this.limits;
    return new Promise((resolve, reject) => {
      const settle = (action: () => void) => {
        clearInterval(watching);
        signal?.removeEventListener("abort", cancel);
        child.off("message", receive).off("error", failed).off("exit", crashed);
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
      const receive = (message: unknown) => {
        const reply = message as PrepareReply;
        if ("alive" in reply) {
          step = reply.alive;
          lastSign = { work: this.work, time: performance.now() };
        } else settle(() => resolve(reply));
      };
      const crashed = () => settle(() => resolve({ broken: "The picture crashed its decoder." }));
      const tooLong = (limit: number) =>
        settle(() => {
          this.kill();
          const broken = `The picture takes more than ${duration(limit)} of computing to ${step}.`;
          // Once it is decoded, another format would change nothing.
          resolve(step === "decode" ? { broken } : { broken, advice: "Choose a smaller part of it." });
        });
      const watching = setInterval(() => {
        if (this.work - lastSign.work > mostSilentWork) tooLong(mostSilentWork);
        else if (this.work - workAtStart > mostWork) tooLong(mostWork);
        else if (performance.now() - lastSign.time > mostSilence) stop(stalled(mostSilence));
      }, interval);
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
