import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
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
  readonly folder: string;
  private said = false;

  /**
   * @param wanted the folder; where it is a link or somebody else's, another one takes its place that lasts as long as
   *   this process is run
   * @param onError told once, when something cannot be kept; and when the folder was open to others
   */
  constructor(
    wanted: string,
    private readonly onError: (error: UserError) => void,
  ) {
    this.folder = wanted;
    try {
      // Pictures are nobody else's.
      mkdirSync(wanted, { recursive: true, mode: 0o700 });
      if (this.isOurs()) return;
      this.folder = mkdtempSync(join(tmpdir(), "screenshot-workbench-"));
      onError(
        new UserError({
          code: "storageFailed",
          problem: `The storage folder ${wanted} is a link or somebody else's.`,
          advice: "Nothing is remembered. Name another one in SCREENSHOT_WORKBENCH_STORAGE, or remove it.",
        }),
      );
    } catch {
      // Said when something is to be kept.
    }
  }

  /** Closes the folder to others, who could read and forge what is in it. Windows keeps it in a person's own profile. */
  private isOurs(): boolean {
    const stats = lstatSync(this.folder);
    if (process.getuid === undefined) return !stats.isSymbolicLink();
    if (stats.isSymbolicLink() || stats.uid !== process.getuid()) return false;
    if ((stats.mode & 0o077) === 0) return true;
    chmodSync(this.folder, 0o700);
    this.onError(
      new UserError({
        code: "storageFailed",
        problem: `The storage folder ${this.folder} was open to others, and is closed now.`,
        advice: "What was kept in it may have been read.",
      }),
    );
    return true;
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
    const ours = ["answers", "measurements", "asking", "ledger", "runs", "tables", "batches", "decisions"];
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
