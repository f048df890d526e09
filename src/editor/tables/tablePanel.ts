import { ProgressLocation, Uri, type WebviewPanel, window, workspace } from "vscode";
import { costOf } from "../../claude/prices.js";
import { CancelledError, toUserError, UserError } from "../../errors.js";
import { askedAs, latestOutcomes } from "../../pipeline/batch/batchStore.js";
import { dollars } from "../../pipeline/dollars.js";
import { countsOf, runId } from "../../pipeline/history.js";
import { Purse } from "../../pipeline/ledger.js";
import { runMany } from "../../pipeline/many/runMany.js";
import type { Table, TableRow } from "../../pipeline/many/tableStore.js";
import { needsKey } from "../../pipeline/run.js";
import { needsReview, type Report } from "../../report.js";
import { FromTable, type RowView, type ToTable } from "../../tableProtocol.js";
import { jobs } from "../../workflows/index.js";
import { inert, possibleSteps, showDone, showError } from "../notify.js";
import type { ResultPanels } from "../resultPanels.js";
import { type RunChoices, runSubject, stagesTo } from "../runSubject.js";
import type { Services } from "../services.js";
import { settings } from "../settings.js";
import { type Subject, subjectAt } from "../subjects.js";
import { requireTrust } from "../trust.js";
import { exportTable } from "./exportTable.js";

/** Rows that changed are shown and written together. Milliseconds. */
const pause = 150;

type KnownAs = NonNullable<RunChoices["knownAs"]>;

/** What many pictures have in common while they are run: one command's. */
export type When = "now" | "later";

/** The table of a command on many pictures: what goes on, what came of each, and what can be done about it. */
export class TablePanel {
  private running: AbortController | undefined;
  /** What is going on, in a sentence. */
  private going = "";
  private readonly changed = new Set<number>();
  /** What a row is at. Not kept. */
  private readonly stages = new Map<number, string>();
  private timer: NodeJS.Timeout | undefined;
  private isTaking = false;
  private readonly disposables: Array<{ dispose(): unknown }> = [];

  constructor(
    private readonly panel: WebviewPanel,
    private readonly table: Table,
    private readonly services: Services,
    private readonly results: ResultPanels,
    onDispose: () => void,
  ) {
    this.disposables.push(
      panel.webview.onDidReceiveMessage((message: unknown) => void this.receive(message)),
      services.watch.onDidChange(() => void this.takeAnswers()),
      panel.onDidDispose(() => {
        this.running?.abort();
        this.flush();
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
    const waiting = this.table.rows.flatMap(({ state }, at) => (state === "waiting" ? [at] : []));
    await (when === "now" ? this.runNow(waiting) : this.submit(waiting));
  }

  /** After a reload: what was not finished can be retried, and answers that have arrived are taken. */
  async restore(): Promise<void> {
    for (const [at, row] of this.table.rows.entries()) {
      if (row.state !== "waiting" && row.state !== "working") continue;
      this.set(at, { ...row, state: "cancelled", said: "The window was closed before this was done." });
    }
    await this.takeAnswers();
    await this.services.watch.start();
  }

  private async runNow(ats: readonly number[]): Promise<void> {
    if (this.running || ats.length === 0) return;
    const purse = new Purse();
    const { machinery, ran } = this.services;
    let stopped: UserError | undefined;
    await this.withProgress(jobs[this.table.workflow].title, async (signal, say) => {
      const told = () => say(this.progressWords(ats, purse));
      for (const at of ats) this.set(at, { ...this.row(at), state: "waiting", said: "" });
      await runMany({
        pictures: ats,
        nameOf: (at) => this.row(at).name,
        atOnce: () => Math.max(1, machinery.pace),
        signal,
        onBegin: (place) => this.set(ats[place] ?? 0, { ...this.row(ats[place] ?? 0), state: "working" }),
        work: (at) => this.runOne(at, purse, signal),
        onEnd: (place, outcome) => {
          const at = ats[place] ?? 0;
          this.stages.delete(at);
          if ("done" in outcome) this.set(at, outcome.done);
          else if ("failed" in outcome) {
            if (possibleSteps(outcome.failed, this.ownSteps).length > 0) stopped = outcome.failed;
            this.set(at, { ...this.row(at), state: "failed", said: outcome.failed.message });
          } else this.set(at, { ...this.row(at), state: "cancelled", said: "Cancelled." });
          told();
          ran();
        },
      });
    });
    if (stopped?.next.some((step) => step in this.ownSteps))
      void showError(stopped, this.services.log, this.ownSteps);
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
    const { raiseBudget } = await import("../budget.js");
    if (await raiseBudget(budget)) await this.retryFailed();
  }

  private retryFailed(): Promise<void> {
    const failed = this.table.rows.flatMap(({ state }, at) =>
      state === "failed" || state === "cancelled" ? [at] : [],
    );
    return this.runNow(failed);
  }

  private async runOne(at: number, purse: Purse, signal: AbortSignal, knownAs?: KnownAs): Promise<TableRow> {
    const { history, decisions } = this.services;
    const row = this.row(at);
    const subject = await subjectAt(this.table.workflow, Uri.parse(row.source, true));
    this.set(at, { ...row, state: knownAs ? row.state : "working", sha256: subject.sha256 });
    const tellStage = stagesTo((words) => {
      this.stages.set(at, words);
      this.show(at);
    });
    let paid = 0;
    try {
      const result = await runSubject(subject, this.services, {
        offline: this.table.offline,
        ...(knownAs ? { knownAs } : {}),
        needsPicture: !(await history.has(runId(subject))),
        purse,
        signal,
        onEvent: (event) => {
          tellStage(event);
          // What failed was paid for, too.
          if (event.type === "billed")
            paid += costOf(settings.prices(), settings.model(this.table.workflow), event.usage) ?? 0;
        },
      });
      await history.keep(result, row.source);
      const findings = decisions.apply(subject.sha256, result.report.findings);
      const wasPaid = row.state === "submitted" || result.asked?.cachedAt === undefined;
      return doneRow(row, subject, { ...result.report, findings }, wasPaid ? result.asked?.cost : undefined);
    } catch (thrown) {
      const error = toUserError(thrown, row.name);
      if (paid > 0) this.set(at, { ...this.row(at), cost: paid });
      if (!(error instanceof CancelledError)) await history.fail(subject, error.message, row.source);
      throw error;
    }
  }

  /** Asks for all in a batch, to be answered later. */
  private async submit(ats: readonly number[]): Promise<void> {
    const { workflow } = this.table;
    const { keys, surroundings, batches, watch, log } = this.services;
    try {
      await this.withProgress(`Submitting: ${jobs[workflow].title}`, async (signal, say) => {
        const connection = await keys.known();
        if (!connection) throw needsKey(jobs[workflow].title);
        const [{ createBatchApi }, { submitBatch }] = await Promise.all([
          import("../../claude/batches.js"),
          import("../../pipeline/batch/submit.js"),
        ]);
        const subjects = await this.subjectsOf(ats);
        const states = await submitBatch(
          jobs[workflow],
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
          await surroundings(undefined),
        );
        const known: number[] = [];
        for (const [place, { at, subject }] of subjects.entries()) {
          const state = states[place];
          const row = { ...this.row(at), sha256: subject.sha256 };
          if (state?.state === "waiting")
            this.set(at, { ...row, state: "submitted", hash: state.hash, said: "Answered within a day." });
          else if (state?.state === "failed")
            this.set(at, { ...row, state: "failed", said: state.error.message });
          else known.push(at);
        }
        for (const at of known) await this.take(at, {});
      });
      this.services.ran();
      await watch.start();
    } catch (thrown) {
      const error = toUserError(thrown);
      const said = error instanceof CancelledError ? "Cancelled." : error.message;
      const state = error instanceof CancelledError ? ("cancelled" as const) : ("failed" as const);
      for (const at of ats)
        if (this.row(at).state === "waiting") this.set(at, { ...this.row(at), state, said });
      void showError(error, log, { ...this.ownSteps, runAgain: () => this.submit(ats) });
    }
  }

  /** Those that can be read; the others fail with their reasons. */
  private async subjectsOf(ats: readonly number[]): Promise<Array<{ at: number; subject: Subject }>> {
    const subjects: Array<{ at: number; subject: Subject }> = [];
    for (const at of ats) {
      const { name, source } = this.row(at);
      try {
        subjects.push({ at, subject: await subjectAt(this.table.workflow, Uri.parse(source, true)) });
      } catch (error) {
        this.set(at, { ...this.row(at), state: "failed", said: toUserError(error, name).message });
      }
    }
    return subjects;
  }

  /** Shows what became of pictures that were submitted. */
  private async takeAnswers(): Promise<void> {
    const submitted = this.table.rows.flatMap((row, at) => (row.state === "submitted" ? [at] : []));
    if (this.isTaking || submitted.length === 0 || !workspace.isTrusted) return;
    this.isTaking = true;
    try {
      const batches = await this.services.batches.list();
      const outcomes = latestOutcomes(batches);
      for (const at of submitted) {
        const outcome = outcomes.get(this.row(at).hash ?? "");
        const batch = batches.findLast(({ items }) => items.has(this.row(at).hash ?? ""));
        if (outcome?.state === "answered" && batch) await this.take(at, askedAs(batch));
        else if (outcome)
          this.set(at, {
            ...this.row(at),
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
  private async take(at: number, knownAs: KnownAs): Promise<void> {
    try {
      this.set(at, await this.runOne(at, new Purse(), new AbortController().signal, knownAs));
    } catch (error) {
      this.set(at, { ...this.row(at), state: "failed", said: toUserError(error).message });
    }
  }

  private async cancel(): Promise<void> {
    this.running?.abort();
    const hashes = new Set(
      this.table.rows.flatMap(({ state, hash }) => (state === "submitted" && hash ? [hash] : [])),
    );
    const connection = hashes.size > 0 ? await this.services.keys.known() : undefined;
    if (!connection) return;
    const { createBatchApi } = await import("../../claude/batches.js");
    const api = createBatchApi(connection);
    for (const { id, isClosed, items } of await this.services.batches.list()) {
      if (isClosed || id === undefined || ![...items.keys()].some((hash) => hashes.has(hash))) continue;
      await api.cancel(id, new AbortController().signal);
    }
    showDone("The batch is being cancelled. What was answered is kept.");
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
        for (const at of this.table.rows.keys()) this.changed.add(at);
        return this.flush();
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
    const { sha256, source, state } = this.row(at);
    const { workflow, offline } = this.table;
    const isDone = state === "done" || state === "review";
    if (isDone && sha256 && (await this.results.openKept(runId({ workflow, sha256 })))) return;
    await this.results.run(await subjectAt(workflow, Uri.parse(source, true)), { offline });
  }

  private async withProgress(
    title: string,
    action: (signal: AbortSignal, say: (words: string) => void) => Promise<void>,
  ): Promise<void> {
    const running = new AbortController();
    this.running = running;
    try {
      await window.withProgress(
        { location: ProgressLocation.Notification, title: inert(title), cancellable: true },
        (progress, token) => {
          token.onCancellationRequested(() => running.abort());
          return action(running.signal, (message) => {
            progress.report({ message });
            this.going = message;
            this.later();
          });
        },
      );
    } finally {
      this.running = undefined;
      this.going = "";
      this.flush();
    }
  }

  private progressWords(ats: readonly number[], purse: Purse): string {
    const states = ats.map((at) => this.row(at).state);
    const count = (...wanted: string[]) => states.filter((state) => wanted.includes(state)).length;
    const failed = count("failed");
    return [
      `${count("done", "review", "failed", "cancelled")} of ${ats.length}`,
      ...(failed > 0 ? [`${failed} failed`] : []),
      dollars(purse.spent),
      `${this.services.machinery.pace} at once`,
    ].join(" · ");
  }

  private row(at: number): TableRow {
    const row = this.table.rows[at];
    if (!row)
      throw new UserError({ problem: "There is no such row.", advice: "Close the table and open it again." });
    return row;
  }

  private set(at: number, row: TableRow): void {
    this.table.rows[at] = row;
    this.show(at);
  }

  private show(at: number): void {
    this.changed.add(at);
    this.later();
  }

  private later(): void {
    this.timer ??= setTimeout(() => this.flush(), pause);
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const rows = [...this.changed].map((at) => ({ at, row: this.rowView(at) }));
    const lasting = new Map([...this.changed].map((at) => [at, this.row(at)] as const));
    this.changed.clear();
    this.post({ type: "view", view: this.view() });
    if (rows.length > 0) this.post({ type: "rows", rows });
    void this.services.tables.update(this.table.id, lasting);
  }

  private view() {
    const submitted = this.table.rows.filter(({ state }) => state === "submitted").length;
    const batch = submitted > 0 ? `${submitted} submitted at half price; answers arrive within a day.` : "";
    return {
      workflow: this.table.workflow,
      title: titleOf(this.table),
      going: this.running ? this.going || "Starting" : batch,
      canCancel: this.running !== undefined || submitted > 0,
    };
  }

  private rowView(at: number): RowView {
    const { name, source, state, findings, said, cost } = this.row(at);
    const folder = workspace.asRelativePath(Uri.joinPath(Uri.parse(source, true), ".."));
    const stage = state === "working" ? (this.stages.get(at) ?? "") : said;
    return { name, folder, state, findings, said: stage, ...(cost === undefined ? {} : { cost }) };
  }

  private post(message: ToTable): void {
    void this.panel.webview.postMessage(message);
  }
}

export const titleOf = ({ workflow, folder, rows }: Table): string =>
  `${jobs[workflow].title}: ${rows.length} pictures${folder ? ` in ${folder}` : ""}`;

function doneRow(
  { name, source }: TableRow,
  { sha256 }: Subject,
  report: Report,
  cost: number | undefined,
): TableRow {
  return {
    name,
    source,
    sha256,
    state: needsReview(report) ? "review" : "done",
    findings: countsOf(report),
    said: report.summary,
    ...(cost === undefined ? {} : { cost }),
  };
}
