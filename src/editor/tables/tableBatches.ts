import { Uri, workspace } from "vscode";
import { toUserError, UserError } from "../../errors.js";
import { needsKey } from "../../run/evaluate.js";
import { latestOutcomes } from "../../store/batches/batchStore.js";
import { CommandBudget } from "../../store/ledger/budget.js";
import { type AskSettings, runKey } from "../../store/runs/askSettings.js";
import type { Table } from "../../store/tables.js";
import { workflowOf } from "../../workflows/index.js";
import { showStatus } from "../notify.js";
import { askSettingsOf } from "../panel/runSubject.js";
import { picturesOf, type Subject, subjectAt } from "../panel/subjects.js";
import type { Services } from "../services.js";
import type { TableRows } from "./tableRows.js";
import { submittedWords, type TableRunner } from "./tableRunner.js";

const lostWords = "The batch that was to answer this is not known here any more. Run it again.";

const noBatches = () =>
  new UserError({
    code: "wrongInput",
    problem: "This provider answers no batches.",
    advice: "Run the pictures now.",
  });

/** The pictures of a table that are asked about in batches, at half price and later. */
export class TableBatches {
  private isTaking = false;

  constructor(
    private readonly table: Table,
    private readonly rows: TableRows,
    private readonly runner: TableRunner,
    private readonly services: Services,
  ) {}

  /**
   * Asks for all in a batch, to be answered later; what is known already is shown.
   *
   * @throws UserError when nothing could be submitted
   * @throws CancelledError when the person cancels
   */
  async submit(indices: readonly number[]): Promise<void> {
    const workflow = workflowOf(this.table.workflow);
    const { app, keys, dependencies, batches } = this.services;
    await this.runner.whileRunning(`Submitting: ${workflow.title}`, async (signal, say) => {
      const connection = await keys.known();
      if (!connection) throw needsKey(workflow.title);
      const [{ batch: api }, { submitBatch }] = await Promise.all([
        app.provider.connect(connection),
        import("../../run/batch/submit.js"),
      ]);
      if (!api) throw noBatches();
      const subjects = await this.subjectsOf(indices);
      const states = await submitBatch(
        workflow,
        await Promise.all(
          subjects.map(async ({ subject }) => ({
            pictures: picturesOf(subject),
            settings: await askSettingsOf(subject, this.services),
          })),
        ),
        {
          // The person was told before that a price is not known, and went on.
          commandBudget: new CommandBudget({ allowsUnknownPrice: true }),
          baseUrl: connection.baseUrl,
          signal,
          onPrepared: (count) => say(`${count} of ${subjects.length} prepared`),
        },
        api,
        batches,
        await dependencies(undefined),
      );
      const known: Array<{ index: number; asked: AskSettings }> = [];
      for (const [place, { index, subject }] of subjects.entries()) {
        const state = states[place];
        if (!state) continue;
        const { id: picture } = subject;
        const key = runKey(state.settings);
        if (state.state === "waiting")
          this.rows.set(index, { picture, state: "submitted", runKey: key, said: submittedWords });
        else if (state.state === "failed")
          this.rows.set(index, { picture, state: "failed", said: state.error.message });
        else known.push({ index, asked: state.settings });
      }
      for (const { index, asked } of known) await this.runner.take(index, asked);
    });
  }

  /** What was submitted before something went wrong is submitted, and not to be asked again. */
  async findSubmitted(): Promise<void> {
    const { workflow, time } = this.table;
    const keys = new Map<string, string>();
    for (const batch of await this.services.batches.list()) {
      if (batch.workflow !== workflow || batch.time < time) continue;
      for (const { runKey: key, copies } of batch.items.values())
        for (const [source] of copies) if (source !== undefined) keys.set(source, key);
    }
    for (const index of this.rows.in("waiting", "working")) {
      const key = keys.get(this.rows.get(index).source);
      if (key !== undefined) this.rows.set(index, { state: "submitted", runKey: key, said: submittedWords });
    }
  }

  /** Shows what became of pictures that were submitted. */
  async takeAnswers(): Promise<void> {
    const submitted = this.rows.in("submitted");
    if (this.isTaking || submitted.length === 0 || !workspace.isTrusted) return;
    this.isTaking = true;
    try {
      const batches = await this.services.batches.list();
      const outcomes = latestOutcomes(batches);
      for (const index of submitted) {
        const { runKey: key = "" } = this.rows.get(index);
        const outcome = outcomes.get(key);
        const item = batches.findLast(({ items }) => items.has(key))?.items.get(key);
        if (!item) this.rows.set(index, { state: "failed", said: lostWords });
        else if (outcome?.state === "answered") await this.runner.take(index, item.settings);
        else if (outcome)
          this.rows.set(index, {
            state: outcome.state === "cancelled" ? "cancelled" : "failed",
            said: outcome.reason ?? "",
          });
      }
    } finally {
      this.isTaking = false;
      this.services.ran();
    }
  }

  /** Cancels the batches of this table that the API has. */
  async cancelSubmitted(): Promise<void> {
    const keys = new Set(this.rows.in("submitted").flatMap((index) => this.rows.get(index).runKey ?? []));
    const connection = keys.size > 0 ? await this.services.keys.known() : undefined;
    if (!connection) return;
    const { batch: api } = await this.services.app.provider.connect(connection);
    if (!api) return;
    const open = (await this.services.batches.list()).flatMap(({ id, isClosed, items }) =>
      !isClosed && id !== undefined && [...items.keys()].some((key) => keys.has(key)) ? [id] : [],
    );
    for (const id of open) await api.cancel(id, new AbortController().signal);
    if (open.length > 0) showStatus("The batch is being cancelled. What was answered is kept.");
    await this.services.watch.start();
  }

  /** Those that can be read; the others fail with their reasons. */
  private async subjectsOf(indices: readonly number[]): Promise<Array<{ index: number; subject: Subject }>> {
    const subjects: Array<{ index: number; subject: Subject }> = [];
    for (const index of indices) {
      const { name, source } = this.rows.get(index);
      try {
        const subject = await subjectAt(this.table.workflow, Uri.parse(source, true));
        subjects.push({ index, subject });
      } catch (error) {
        this.rows.set(index, { state: "failed", said: toUserError(error, name).message });
      }
    }
    return subjects;
  }
}
