import { Uri, type WebviewPanel, workspace } from "vscode";
import { CancelledError, toUserError, type UserError } from "../../errors.js";
import { FromTable } from "../../protocol/table.js";
import { needsReview, type Report } from "../../report.js";
import { SubmittedError } from "../../run/batch/submittedError.js";
import { needsKey } from "../../run/evaluate.js";
import { type Outcome, runMany } from "../../run/many/runMany.js";
import { askedAs, latestOutcomes } from "../../store/batches/batchStore.js";
import { CommandBudget } from "../../store/ledger/budget.js";
import { countsOf, runId } from "../../store/runs/runSummary.js";
import type { Table, TableRow } from "../../store/tables.js";
import { dollars } from "../../text/dollars.js";
import { workflows } from "../../workflows/index.js";
import { showError, showStatus } from "../notify.js";
import { withProgress } from "../panel/progress.js";
import type { ResultPanels } from "../panel/resultPanels.js";
import { type RunChoices, runSubject, stagesTo } from "../panel/runSubject.js";
import { type Subject, subjectAt } from "../panel/subjects.js";
import type { Services } from "../services.js";
import { settings } from "../settings.js";
import { requireTrust } from "../trust.js";
import { exportTable } from "./exportTable.js";
import { TableRows } from "./tableRows.js";

const submittedWords = "Answered within a day.";

type KnownAs = NonNullable<RunChoices["cachedAs"]>;

/** What many pictures have in common while they are run: one command's. */
export type When = "now" | "later";

/** The table of a command on many pictures: what goes on, what came of each, and what can be done about it. */
export class TablePanel {
  private readonly rows: TableRows;
  private running: AbortController | undefined;
  private isTaking = false;
  private readonly disposables: Array<{ dispose(): unknown }> = [];
  private isOpen = true;

  constructor(
    private readonly panel: WebviewPanel,
    private readonly table: Table,
    private readonly services: Services,
    private readonly results: ResultPanels,
    onDispose: () => void,
  ) {
    this.rows = new TableRows(table, services.tables, (message) => {
      if (this.isOpen) void panel.webview.postMessage(message);
    });
    this.disposables.push(
      panel.webview.onDidReceiveMessage((message: unknown) => void this.receive(message)),
      services.watch.onDidChange(() => void this.takeAnswers()),
      panel.onDidDispose(() => {
        this.isOpen = false;
        this.running?.abort();
        for (const disposable of this.disposables) disposable.dispose();
        onDispose();
      }),
    );
  }

  reveal(): void {
    this.panel.reveal();
  }

  /** Runs the pictures that are waiting. */
  async start(when: When): Promise<void> {
    const waiting = this.rows.in("waiting");
    await (when === "now" ? this.runNow(waiting) : this.submit(waiting));
  }

  /** After a reload: what was not finished can be retried, and answers that have arrived are taken. */
  async restore(): Promise<void> {
    await this.findSubmitted();
    for (const at of this.rows.in("waiting", "working"))
      this.rows.set(at, { state: "cancelled", said: "The window was closed before this was done." });
    await this.takeAnswers();
    await this.services.watch.start();
  }

  private async runNow(ats: readonly number[]): Promise<void> {
    if (this.running || ats.length === 0) return;
    const commandBudget = new CommandBudget();
    const { app, ran } = this.services;
    const errors: UserError[] = [];
    let ended = 0;
    await this.whileRunning(workflows[this.table.workflow].title, async (signal, say) => {
      for (const at of ats) this.rows.set(at, { state: "waiting", said: "" });
      await runMany({
        pictures: ats,
        nameOf: (at) => this.rows.get(at).name,
        atOnce: () => Math.max(1, app.concurrency),
        signal,
        onBegin: (place) => this.rows.set(ats[place] ?? 0, { state: "working" }),
        work: (at) => this.runOne(at, commandBudget, signal),
        onEnd: (place, outcome) => {
          this.rows.set(ats[place] ?? 0, endedRow(outcome));
          if ("failed" in outcome) errors.push(outcome.failed);
          const words = [
            `${++ended} of ${ats.length}`,
            ...(errors.length > 0 ? [`${errors.length} failed`] : []),
            dollars(commandBudget.spent),
            `${app.concurrency} at once`,
          ];
          say(words.join(" · "));
          ran();
        },
      });
    });
    // Answers of a batch may have arrived in the meantime.
    await this.takeAnswers();
    const forAll = errors.find(({ next }) => next.some((step) => step in this.ownSteps));
    if (forAll) void showError(forAll, this.services.log, this.ownSteps);
  }

  /** What is wrong with the key or a budget holds for all pictures. */
  private readonly ownSteps = {
    setKey: async () => {
      await this.services.keys.ask();
      await this.retryFailed();
    },
    raiseDailyBudget: () => this.raiseAndRetry("budget.daily"),
    raiseCommandBudget: () => this.raiseAndRetry("budget.command"),
  };

  private async raiseAndRetry(budget: "budget.daily" | "budget.command"): Promise<void> {
    const { raiseBudget } = await import("../spend/budget.js");
    if (await raiseBudget(budget)) await this.retryFailed();
  }

  private retryFailed(): Promise<void> {
    return this.runNow(this.rows.in("failed", "cancelled"));
  }

  private async runOne(at: number, commandBudget: CommandBudget, signal: AbortSignal, cachedAs?: KnownAs) {
    const { history, decisions } = this.services;
    const row = this.rows.get(at);
    const subject = await subjectAt(this.table.workflow, Uri.parse(row.source, true));
    this.rows.set(at, { state: cachedAs ? row.state : "working", sha256: subject.sha256 });
    const tellStage = stagesTo((words) => this.rows.stage(at, words));
    let paid = 0;
    try {
      const result = await runSubject(subject, this.services, {
        offline: this.table.offline,
        ...(cachedAs ? { cachedAs } : {}),
        needsPicture: !(await history.has(runId(subject))),
        commandBudget,
        signal,
        onEvent: (event) => {
          tellStage(event);
          // What failed was paid for, too.
          if (event.type === "billed") paid += event.cost ?? 0;
        },
      });
      await history.keep(result, row.source);
      const findings = decisions.apply(subject.sha256, result.report.findings);
      const wasPaid = row.state === "submitted" || result.asked?.cachedAt === undefined;
      return doneRow({ ...result.report, findings }, wasPaid ? result.asked?.cost : undefined);
    } catch (thrown) {
      if (thrown instanceof SubmittedError)
        return { state: "submitted" as const, hash: thrown.hash, said: submittedWords };
      const error = toUserError(thrown, row.name);
      if (paid > 0) this.rows.set(at, { cost: paid });
      if (!(error instanceof CancelledError)) await history.fail(subject, error.message, row.source);
      throw error;
    }
  }

  /** Asks for all in a batch, to be answered later. */
  private async submit(ats: readonly number[]): Promise<void> {
    const { workflow } = this.table;
    const { keys, dependencies, batches, watch, log } = this.services;
    try {
      await this.whileRunning(`Submitting: ${workflows[workflow].title}`, async (signal, say) => {
        const connection = await keys.known();
        if (!connection) throw needsKey(workflows[workflow].title);
        const [{ createBatchApi }, { submitBatch }] = await Promise.all([
          import("../../providers/anthropic/batches.js"),
          import("../../run/batch/submit.js"),
        ]);
        const subjects = await this.subjectsOf(ats);
        const states = await submitBatch(
          workflows[workflow],
          subjects.map(({ subject }) => ({ ...subject, source: subject.uri?.toString() })),
          {
            model: settings.model(workflow),
            effort: settings.effort(workflow),
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
        for (const [place, { at, subject }] of subjects.entries()) {
          const state = states[place];
          const { sha256 } = subject;
          if (state?.state === "waiting")
            this.rows.set(at, { sha256, state: "submitted", hash: state.hash, said: submittedWords });
          else if (state?.state === "failed")
            this.rows.set(at, { sha256, state: "failed", said: state.error.message });
          else known.push(at);
        }
        for (const at of known) await this.take(at, {});
      });
      this.services.ran();
      await watch.start();
    } catch (thrown) {
      const error = toUserError(thrown);
      const isCancelled = error instanceof CancelledError;
      await this.findSubmitted();
      for (const at of this.rows.in("waiting"))
        this.rows.set(
          at,
          isCancelled ? { state: "cancelled", said: "Cancelled." } : { state: "failed", said: error.message },
        );
      // What may have been made all the same is looked for.
      await watch.start();
      if (isCancelled) await this.cancelSubmitted();
      void showError(error, log, { ...this.ownSteps, runAgain: () => this.submit(ats) });
    }
  }

  /** What was submitted before something went wrong is submitted, and not to be asked again. */
  private async findSubmitted(): Promise<void> {
    const { workflow, time } = this.table;
    const hashes = new Map<string, string>();
    for (const batch of await this.services.batches.list()) {
      if (batch.workflow !== workflow || batch.time < time) continue;
      for (const { hash, sources } of batch.items.values())
        for (const source of sources) hashes.set(source, hash);
    }
    for (const at of this.rows.in("waiting", "working")) {
      const hash = hashes.get(this.rows.get(at).source);
      if (hash !== undefined) this.rows.set(at, { state: "submitted", hash, said: submittedWords });
    }
  }

  /** Those that can be read; the others fail with their reasons. */
  private async subjectsOf(ats: readonly number[]): Promise<Array<{ at: number; subject: Subject }>> {
    const subjects: Array<{ at: number; subject: Subject }> = [];
    for (const at of ats) {
      const { name, source } = this.rows.get(at);
      try {
        subjects.push({ at, subject: await subjectAt(this.table.workflow, Uri.parse(source, true)) });
      } catch (error) {
        this.rows.set(at, { state: "failed", said: toUserError(error, name).message });
      }
    }
    return subjects;
  }

  /** Shows what became of pictures that were submitted. */
  private async takeAnswers(): Promise<void> {
    const submitted = this.rows.in("submitted");
    if (this.isTaking || submitted.length === 0 || !workspace.isTrusted) return;
    this.isTaking = true;
    try {
      const batches = await this.services.batches.list();
      const outcomes = latestOutcomes(batches);
      for (const at of submitted) {
        const { hash = "" } = this.rows.get(at);
        const outcome = outcomes.get(hash);
        const batch = batches.findLast(({ items }) => items.has(hash));
        if (outcome?.state === "answered" && batch) await this.take(at, askedAs(batch));
        else if (outcome)
          this.rows.set(at, {
            state: outcome.state === "cancelled" ? "cancelled" : "failed",
            said: outcome.reason ?? "",
          });
      }
    } finally {
      this.isTaking = false;
      this.services.ran();
    }
  }

  /** Shows an answer that is known. */
  private async take(at: number, cachedAs: KnownAs): Promise<void> {
    try {
      this.rows.set(at, await this.runOne(at, new CommandBudget(), new AbortController().signal, cachedAs));
    } catch (error) {
      this.rows.set(at, { state: "failed", said: toUserError(error).message });
    }
  }

  /** What runs first: among what waits in a batch may be what another table submitted. */
  private async cancel(): Promise<void> {
    if (this.running) this.running.abort();
    else await this.cancelSubmitted();
  }

  /** Cancels the batches of this table that the API has. */
  private async cancelSubmitted(): Promise<void> {
    const hashes = new Set(this.rows.in("submitted").flatMap((at) => this.rows.get(at).hash ?? []));
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

  private async receive(message: unknown): Promise<void> {
    const parsed = FromTable.safeParse(message);
    if (!parsed.success) return this.services.log.error("A message from the panel was refused", parsed.error);
    try {
      await this.act(parsed.data);
    } catch (error) {
      void showError(error, this.services.log);
    }
  }

  private async act(message: FromTable): Promise<void> {
    switch (message.type) {
      case "ready":
        return this.rows.showAll();
      case "open":
        requireTrust();
        return this.open(message.at);
      case "cancel":
        return this.cancel();
      case "retryFailed":
        requireTrust();
        return this.retryFailed();
      case "export":
        return exportTable(this.table, message.format, this.services);
    }
  }

  private async open(at: number): Promise<void> {
    const { sha256, source, state } = this.rows.get(at);
    const { workflow, offline } = this.table;
    const isDone = state === "done" || state === "review";
    if (isDone && sha256 && (await this.results.openKept(runId({ workflow, sha256 })))) return;
    await this.results.run(await subjectAt(workflow, Uri.parse(source, true)), { offline });
  }

  /** Does something that can be cancelled in the notification and in the table. */
  private async whileRunning(
    title: string,
    action: (signal: AbortSignal, say: (words: string) => void) => Promise<void>,
  ): Promise<void> {
    const running = new AbortController();
    this.running = running;
    this.rows.say("Starting");
    try {
      const both = (say: (words: string) => void) => (words: string) => {
        say(words);
        this.rows.say(words);
      };
      await withProgress(title, (signal, say) => action(signal, both(say)), running);
    } finally {
      this.running = undefined;
      this.rows.say(undefined);
      this.rows.flush();
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
