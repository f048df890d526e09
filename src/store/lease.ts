import { randomUUID } from "node:crypto";
import { link, mkdir, open, readFile, rename, rm, stat, utimes } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { CancelledError, UserError } from "../errors.js";
import { parseJson } from "../text/json.js";
import { oneLine } from "../text/plain.js";

/** A holder whose heartbeat is older than this is taken for dead. Milliseconds. */
const timeoutMs = 15_000;
/** A holder that has not written its name by then died while writing it. Milliseconds. */
const namingTimeoutMs = 2_000;
const heartbeat = 3_000;
/** What is done under a lock takes a moment. Milliseconds. */
const usualWait = 60_000;

const Holder = z.object({ id: z.string(), pid: z.number().int(), host: z.string() });

/** A lock on something that one process at a time may do, among all that share a folder. */
export class Lease {
  private readonly beating: NodeJS.Timeout;

  private constructor(
    private readonly file: string,
    private readonly id: string,
  ) {
    this.beating = setInterval(() => void beat(file), heartbeat).unref();
  }

  /**
   * Acquires the lock if nobody alive holds it.
   *
   * @throws the file system's error when the folder cannot be written
   */
  static async tryAcquire(file: string): Promise<Lease | undefined> {
    const holder = { id: randomUUID(), pid: process.pid, host: hostname() };
    for (let tries = 0; tries < 2; tries++) {
      if (await create(file, JSON.stringify(holder))) return new Lease(file, holder.id);
      if (!(await removeStale(file))) return undefined;
    }
    return undefined;
  }

  /**
   * @param most milliseconds that are waited for a holder that lives
   * @throws CancelledError when the signal aborts while waiting
   * @throws UserError when the holder does not let go
   */
  static async acquire(file: string, signal?: AbortSignal, most = usualWait): Promise<Lease> {
    const begun = Date.now();
    for (let wait = 5; ; wait = Math.min(250, wait * 1.5)) {
      const lease = await Lease.tryAcquire(file);
      if (lease) return lease;
      if (signal?.aborted) throw new CancelledError();
      if (Date.now() - begun > most) throw await held(file);
      await pause(wait * (0.5 + Math.random()));
    }
  }

  async release(): Promise<void> {
    clearInterval(this.beating);
    const holder = await holderOf(this.file);
    if (holder?.id === this.id) await rm(this.file, { force: true });
  }
}

/** Does something while no other process does. */
export async function withLease<T>(file: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  const lease = await Lease.acquire(file, signal);
  try {
    return await work();
  } finally {
    await lease.release();
  }
}

async function held(file: string): Promise<UserError> {
  const holder = await holderOf(file);
  const who = holder ? `The process ${holder.pid} on ${oneLine(holder.host, 60)}` : "Another process";
  return new UserError({
    code: "storageFailed",
    problem: `${who} holds the lock ${file} and does not let go.`,
    advice: "Wait until it has ended, or end it; then run again.",
  });
}

async function create(file: string, content: string): Promise<boolean> {
  await mkdir(dirname(file), { recursive: true });
  try {
    const handle = await open(file, "wx");
    try {
      await handle.writeFile(content);
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    // Windows says EPERM of a file that is just being removed.
    const busy = process.platform === "win32" ? ["EEXIST", "EPERM", "EBUSY"] : ["EEXIST"];
    if (busy.includes((error as NodeJS.ErrnoException).code ?? "")) return false;
    throw error;
  }
}

async function beat(file: string): Promise<void> {
  const now = new Date();
  await utimes(file, now, now).catch(() => undefined);
}

async function holderOf(file: string): Promise<z.infer<typeof Holder> | undefined> {
  const text = await readFile(file, "utf8").catch(() => "");
  return Holder.safeParse(parseJson(text)).data;
}

/** @returns whether the lock may be free now */
async function removeStale(file: string): Promise<boolean> {
  const stats = await stat(file).catch(() => undefined);
  if (!stats) return true;
  const holder = await holderOf(file);
  const silent = Date.now() - stats.mtimeMs > (holder ? timeoutMs : namingTimeoutMs);
  if (!silent && (!holder || holder.host !== hostname() || isAlive(holder.pid))) return false;
  // Of two that find it stale, one moves it; what was moved by mistake is put back.
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch {
    return true;
  }
  const moved = await holderOf(aside);
  if (moved?.id !== holder?.id) await link(aside, file).catch(() => undefined);
  await rm(aside, { force: true });
  return true;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
