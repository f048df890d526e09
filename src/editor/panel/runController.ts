import { CancelledError, toUserError, type UserError } from "../../errors.js";
import type { PreparedPicture } from "../../image/prepared.js";
import type { Finding } from "../../report.js";
import { SubmittedError } from "../../run/batch/submittedError.js";
import { withEdits } from "../../run/evaluate.js";
import type { ConsentRequest, Decision } from "../../run/types.js";
import { type AskSettings, runKey } from "../../store/runs/askSettings.js";
import type { RunResult } from "../../store/runs/runResult.js";
import type { Services } from "../services.js";
import { askSettingsOf, type RunChoices, runSubject, stagesTo } from "./runSubject.js";
import { picturesOf, type Subject } from "./subjects.js";

/** How a run is wanted. */
export type Wanted = Pick<RunChoices, "offline" | "again" | "cachedAs">;

/** What a run is shown in. */
export interface RunDisplay {
  title: string;
  showStart(): void;
  showStage(words: string): void;
  showPicture(picture: PreparedPicture): void;
  /** What is known without asking, while somebody is asked: it stays, whatever becomes of that. */
  showKnown(result: RunResult): Promise<void>;
  /** Findings that have arrived; they may still change. */
  showProvisional(findings: Finding[]): void;
  confirm(request: ConsentRequest, signal: AbortSignal): Promise<Decision>;
  showResult(result: RunResult): Promise<void>;
  /** Shows that something goes on, and lets it be cancelled. */
  withProgress<T>(
    title: string,
    action: (say: (words: string) => void) => Promise<T>,
    stop: AbortController,
  ): Promise<T>;
  /** @param wasOffline whether the pixels alone were looked at */
  showFailure(error: UserError | CancelledError, wasOffline: boolean): void;
}

/** Runs a panel's workflow on its picture: one run at a time, which is kept in the history however it ends. */
export class RunController {
  private running: AbortController | undefined;
  private wanted: Wanted = { offline: false };
  /** The question whose answer is going to come from a batch. */
  private awaited: AskSettings | undefined;
  private isRestarting = false;
  private isDisposed = false;

  constructor(
    private readonly subject: Subject,
    private readonly services: Services,
    private readonly display: RunDisplay,
  ) {}

  /**
   * Runs the workflow, with progress that can be cancelled. What goes wrong is shown.
   *
   * @param wanted as the last one, but not anew, unless it is said
   */
  async start(wanted: Wanted = { offline: this.wanted.offline }): Promise<void> {
    if (this.running || this.isDisposed) return;
    this.wanted = wanted;
    this.awaited = undefined;
    this.display.showStart();
    try {
      const result = await this.whileRunning(this.display.title, (signal, say) =>
        this.runOnce(signal, (words) => {
          say(words);
          this.display.showStage(words);
        }),
      );
      const { history, ran } = this.services;
      // Kept even if the panel was closed just then: it may have been paid.
      await Promise.all([
        history.keep(result),
        this.isDisposed ? undefined : this.display.showResult(result),
      ]);
      ran();
    } catch (error) {
      if (!this.isRestarting) this.fail(error);
    }
    if (!this.isRestarting || this.isDisposed) return;
    this.isRestarting = false;
    await this.start(wanted);
  }

  runAgain(): Promise<void> {
    return this.start({ offline: this.wanted.offline, again: true });
  }

  /** Begins anew, in the place of the run that goes on. */
  async restart(): Promise<void> {
    if (!this.running) return this.start();
    this.isRestarting = true;
    this.cancel();
  }

  cancel(): void {
    this.running?.abort();
  }

  dispose(): void {
    this.isDisposed = true;
    this.cancel();
  }

  /** Takes the answer that was waited for, once the batch has it. */
  async takeAnswer(): Promise<void> {
    const { awaited } = this;
    if (awaited === undefined || (await this.services.batches.isPending(runKey(awaited)))) return;
    if (this.awaited === awaited) await this.start({ offline: false, cachedAs: awaited });
  }

  /** Does something that can be cancelled. */
  async whileRunning<T>(
    title: string,
    action: (signal: AbortSignal, say: (words: string) => void) => Promise<T>,
  ): Promise<T> {
    const running = new AbortController();
    this.running = running;
    try {
      return await this.display.withProgress(title, (say) => action(running.signal, say), running);
    } finally {
      this.running = undefined;
    }
  }

  private async runOnce(signal: AbortSignal, say: (words: string) => void): Promise<RunResult> {
    const sayStage = stagesTo(say);
    const result = await runSubject(this.subject, this.services, {
      ...this.wanted,
      needsPicture: true,
      signal,
      confirm: (request) => this.display.confirm(request, signal),
      onEvent: (event) => {
        if (event.type === "prepared") this.display.showPicture(event.picture);
        if (event.type === "known") void this.display.showKnown(event.result);
        if (event.type === "findings") this.display.showProvisional(event.findings);
        sayStage(event);
      },
    });
    // What a person corrected or refined is not undone by an answer that was known before.
    return withEdits(result, await this.services.history.record(result.runKey));
  }

  private fail(thrown: unknown): void {
    const error = toUserError(thrown, this.subject.name);
    if (error instanceof SubmittedError) this.awaited = error.settings;
    else if (!(error instanceof CancelledError)) void this.recordFailure(error);
    if (this.isDisposed) return;
    this.display.showFailure(error, this.wanted.offline);
    // It may have arrived in the meantime.
    void this.takeAnswer();
  }

  private async recordFailure(error: UserError): Promise<void> {
    const { history, log, ran } = this.services;
    log.error(this.subject.workflow, error.cause ?? error);
    const settings = this.wanted.cachedAs ?? (await askSettingsOf(this.subject, this.services));
    await history.fail(settings, picturesOf(this.subject), error.message);
    ran();
  }
}
