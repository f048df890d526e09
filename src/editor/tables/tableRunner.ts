import { CancelledError, toUserError, type UserError } from "../../errors.js";
import { needsReview, type Report } from "../../report.js";
import { SubmittedError } from "../../run/batch/submittedError.js";
import { withEdits } from "../../run/evaluate.js";
import { type Outcome, runMany } from "../../run/many/runMany.js";
import { CommandBudget } from "../../store/ledger/budget.js";
import { type AskSettings, runKey } from "../../store/runs/askSettings.js";
import { countsOf } from "../../store/runs/runSummary.js";
import type { Table, TableRow } from "../../store/tables.js";
import { dollars } from "../../text/dollars.js";
import { workflowOf } from "../../workflows/index.js";
import { withProgress } from "../panel/progress.js";
import { askSettingsOf, runSubject, stagesTo } from "../panel/runSubject.js";
import { picturesOf } from "../panel/subjects.js";
import type { Services } from "../services.js";
import { subjectOfRow } from "./rowSubject.js";
import type { TableRows } from "./tableRows.js";

export const submittedWords = "Answered within a day.";

/** Runs a table's pictures: one command at a time, whose result is a row each. */
export class TableRunner {
  private running: AbortController | undefined;

  constructor(
    private readonly table: Table,
    private readonly rows: TableRows,
    private readonly services: Services,
  ) {}

  get isRunning(): boolean {
    return this.running !== undefined;
  }

  cancel(): void {
    this.running?.abort();
  }

  /**
   * Runs the pictures of these rows now, several at once.
   *
   * @returns what went wrong with single pictures, which their rows say
   */
  async run(indices: readonly number[]): Promise<UserError[]> {
    if (this.running || indices.length === 0) return [];
    // The person was told before that a price is not known, and went on.
    const commandBudget = new CommandBudget({ allowsUnknownPrice: true });
    const { app, ran } = this.services;
    const errors: UserError[] = [];
    let ended = 0;
    await this.whileRunning(workflowOf(this.table.workflow).title, async (signal, say) => {
      for (const index of indices) this.rows.set(index, { state: "waiting", said: "" });
      await runMany({
        pictures: indices,
        nameOf: (index) => this.rows.get(index).name,
        atOnce: () => Math.max(1, app.provider.concurrency),
        signal,
        onBegin: (place) => this.rows.set(indices[place] ?? 0, { state: "working" }),
        work: (index) => this.runOne(index, commandBudget, signal),
        onEnd: (place, outcome) => {
          this.rows.set(indices[place] ?? 0, endedRow(outcome));
          if ("failed" in outcome) errors.push(outcome.failed);
          const words = [
            `${++ended} of ${indices.length}`,
            ...(errors.length > 0 ? [`${errors.length} failed`] : []),
            dollars(commandBudget.spent),
            `${app.provider.concurrency} at once`,
          ];
          say(words.join(" · "));
          ran();
        },
      });
    });
    return errors;
  }

  /** Shows an answer that is known. */
  async take(index: number, cachedAs: AskSettings): Promise<void> {
    try {
      const { signal } = new AbortController();
      this.rows.set(index, await this.runOne(index, new CommandBudget(), signal, cachedAs));
    } catch (error) {
      this.rows.set(index, { state: "failed", said: toUserError(error).message });
    }
  }

  /** Does something that can be cancelled in the notification and in the table. */
  async whileRunning(
    title: string,
    action: (signal: AbortSignal, say: (words: string) => void) => Promise<void>,
  ): Promise<void> {
    const running = new AbortController();
    this.running = running;
    this.rows.showProgress("Starting");
    try {
      const sayBoth = (say: (words: string) => void) => (words: string) => {
        say(words);
        this.rows.showProgress(words);
      };
      await withProgress(title, (signal, say) => action(signal, sayBoth(say)), running);
    } finally {
      this.running = undefined;
      this.rows.showProgress(undefined);
      this.rows.flush();
    }
  }

  private async runOne(
    index: number,
    commandBudget: CommandBudget,
    signal: AbortSignal,
    cachedAs?: AskSettings,
  ): Promise<Partial<TableRow>> {
    const { history, decisions } = this.services;
    const row = this.rows.get(index);
    const subject = await subjectOfRow(this.table.workflow, row);
    this.rows.set(index, { state: cachedAs ? row.state : "working", picture: subject.id });
    const settings = cachedAs ?? (await askSettingsOf(subject, this.services));
    const sayStage = stagesTo((words) => this.rows.stage(index, words));
    let paid = 0;
    try {
      const answered = await runSubject(subject, this.services, {
        offline: this.table.offline,
        ...(cachedAs ? { cachedAs } : {}),
        needsPicture: !(await history.has(runKey(settings))),
        commandBudget,
        signal,
        onEvent: (event) => {
          sayStage(event);
          // What failed was paid for, too.
          if (event.type === "billed") paid += event.cost ?? 0;
        },
      });
      await history.keep(answered);
      const result = withEdits(answered, await history.record(answered.runKey));
      await decisions.refresh();
      const findings = decisions.apply({ picture: subject.id, screen: row.source }, result.report);
      const wasPaid = row.state === "submitted" || result.response?.cachedAt === undefined;
      const cost = wasPaid ? result.response?.cost : undefined;
      return { ...doneRow({ ...result.report, findings }, cost), runKey: result.runKey };
    } catch (thrown) {
      if (thrown instanceof SubmittedError)
        return { state: "submitted", runKey: thrown.runKey, said: submittedWords };
      const error = toUserError(thrown, row.name);
      if (paid > 0) this.rows.set(index, { cost: paid });
      if (!(error instanceof CancelledError))
        await history.fail(settings, picturesOf(subject), error.message);
      throw error;
    }
  }
}

function endedRow(outcome: Outcome<Partial<TableRow>>): Partial<TableRow> {
  if ("done" in outcome) return outcome.done;
  if ("failed" in outcome) return { state: "failed", said: outcome.failed.message };
  return { state: "cancelled", said: "Cancelled." };
}

function doneRow(report: Report, cost: number | undefined): Partial<TableRow> {
  return {
    state: needsReview(report) ? "review" : "done",
    findings: countsOf(report),
    said: report.summary,
    ...(cost === undefined ? {} : { cost }),
  };
}
