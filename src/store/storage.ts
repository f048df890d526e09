import { existsSync, mkdirSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import envPaths from "env-paths";
import { UserError } from "../errors.js";

/**
 * Where everything is kept on this machine. Windows of VS Code and the command line share it, so that none pays for
 * what another has asked, and all count to one budget.
 *
 * @param environment `SCREENSHOT_WORKBENCH_STORAGE` names another folder
 */
export const storageFolder = (environment = process.env): string =>
  environment.SCREENSHOT_WORKBENCH_STORAGE || envPaths("screenshot-workbench", { suffix: "" }).data;

/** Whether anything was kept on this machine. */
export const hasStoredData = (): boolean => existsSync(storageFolder());

/** The folder. Where it cannot be written, work goes on without it, and that is said once. */
export class Storage {
  private said = false;

  /** @param onError told once, when something cannot be kept */
  constructor(
    readonly folder: string,
    private readonly onError: (error: UserError) => void,
  ) {
    try {
      // Pictures are nobody else's.
      mkdirSync(folder, { recursive: true, mode: 0o700 });
    } catch {
      // Said when something is to be kept.
    }
  }

  path(...parts: string[]): string {
    return join(this.folder, ...parts);
  }

  /** Does something with the folder. Where that fails, it is said, and `otherwise` comes back. */
  async tryOr<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.reportError(error);
      return otherwise;
    }
  }

  /** Deletes what we keep, and nothing else that may lie in the folder. */
  async deleteAll(): Promise<void> {
    const ours = ["answers", "measurements", "asking", "ledger", "runs", "tables", "batches"];
    for (const name of ours) await rm(this.path(name), { recursive: true, force: true, maxRetries: 3 });
  }

  /** @throws the error, where it is not the file system's */
  reportError(cause: unknown): void {
    if (!isFault(cause)) throw cause;
    if (this.said) return;
    this.said = true;
    const full = cause.code === "ENOSPC" || cause.code === "EDQUOT";
    this.onError(
      new UserError({
        code: "storageFailed",
        problem: `Results and costs cannot be kept: ${full ? "the disk is full" : "the storage folder cannot be written"}.`,
        advice: `Everything works on, but nothing is remembered. Look at ${this.folder}.`,
        cause,
      }),
    );
  }
}

const isFault = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && "code" in error && typeof error.code === "string" && /^E[A-Z]+$/.test(error.code);
