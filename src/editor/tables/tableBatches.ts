import { Uri, workspace } from "vscode";
import { toUserError } from "../../errors.js";
import { needsKey } from "../../run/evaluate.js";
import { askedAs, latestOutcomes } from "../../store/batches/batchStore.js";
import type { Table } from "../../store/tables.js";
import { workflowOf } from "../../workflows/index.js";
import { showStatus } from "../notify.js";
import { type Subject, subjectAt } from "../panel/subjects.js";
import type { Services } from "../services.js";
import { settings } from "../settings.js";
import type { TableRows } from "./tableRows.js";
import { submittedWords, type TableRunner } from "./tableRunner.js";

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
    const { keys, dependencies, batches } = this.services;
    await this.runner.whileRunning(`Submitting: ${workflow.title}`, async (signal, say) => {
      const connection = await keys.known();
      if (!connection) throw needsKey(workflow.title);
      const [{ createBatchApi }, { submitBatch }] = await Promise.all([
        import("../../providers/anthropic/batches.js"),
        import("../../run/batch/submit.js"),
      ]);
      const subjects = await this.subjectsOf(indices);
      const states = await submitBatch(
        workflow,
        subjects.map(({ subject }) => ({ ...subject, source: subject.uri?.toString() })),
        {
          model: settings.model(workflow.id),
          effort: settings.effort(workflow.id),
          redaction: settings.redaction(),
          measuring: settings.measuring(),
          baseUrl: connection.baseUrl,
          signal,
          onPrepared: (count) => say(`${count} of ${subjects.length} prepared`),
        },
        createBatchApi(connection),
        batches,
        await dependencies(undefined),
      );
      const known: number[] = [];
      for (const [place, { index, subject }] of subjects.entries()) {
        const state = states[place];
        const { sha256 } = subject;
        if (state?.state === "waiting")
          this.rows.set(index, { sha256, state: "submitted", hash: state.hash, said: submittedWords });
        else if (state?.state === "failed")
          this.rows.set(index, { sha256, state: "failed", said: state.error.message });
        else known.push(index);
      }
      for (const index of known) await this.runner.take(index, {});
    });
  }

  /** What was submitted before something went wrong is submitted, and not to be asked again. */
  async findSubmitted(): Promise<void> {
    const { workflow, time } = this.table;
    const hashes = new Map<string, string>();
    for (const batch of await this.services.batches.list()) {
      if (batch.workflow !== workflow || batch.time < time) continue;
      for (const { hash, sources } of batch.items.values())
        for (const source of sources) hashes.set(source, hash);
    }
    for (const index of this.rows.in("waiting", "working")) {
      const hash = hashes.get(this.rows.get(index).source);
      if (hash !== undefined) this.rows.set(index, { state: "submitted", hash, said: submittedWords });
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
        const { hash = "" } = this.rows.get(index);
        const outcome = outcomes.get(hash);
        const batch = batches.findLast(({ items }) => items.has(hash));
        if (outcome?.state === "answered" && batch) await this.runner.take(index, askedAs(batch));
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
    const hashes = new Set(this.rows.in("submitted").flatMap((index) => this.rows.get(index).hash ?? []));
    const connection = hashes.size > 0 ? await this.services.keys.known() : undefined;
    if (!connection) return;
    const { createBatchApi } = await import("../../providers/anthropic/batches.js");
    const api = createBatchApi(connection);
    const open = (await this.services.batches.list()).flatMap(({ id, isClosed, items }) =>
      !isClosed && id !== undefined && [...items.keys()].some((hash) => hashes.has(hash)) ? [id] : [],
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
