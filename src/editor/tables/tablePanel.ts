import { commands, Uri, type WebviewPanel } from "vscode";
import { CancelledError, toUserError, UserError } from "../../errors.js";
import type { Channel } from "../../protocol/channel.js";
import { FromTable, type ToTable } from "../../protocol/table.js";
import { gitPlaceOf } from "../../sources/git.js";
import type { Table } from "../../store/tables.js";
import { type OwnSteps, showError } from "../notify.js";
import { openChannel, startMessage } from "../pages/openChannel.js";
import type { ResultPanels } from "../panel/resultPanels.js";
import type { Services } from "../services.js";
import type { BudgetKey } from "../settings.js";
import { requireTrust } from "../trust.js";
import { exportTable } from "./exportTable.js";
import { subjectOfRow } from "./rowSubject.js";
import { TableBatches } from "./tableBatches.js";
import { TableRows } from "./tableRows.js";
import { TableRunner } from "./tableRunner.js";

/** When many pictures are run: one command's. */
export type When = "now" | "later";

/** The table of a command on many pictures: what goes on, what came of each, and what can be done about it. */
export class TablePanel {
  private readonly rows: TableRows;
  private readonly runner: TableRunner;
  private readonly batches: TableBatches;
  private readonly channel: Channel<FromTable, ToTable>;

  constructor(
    private readonly panel: WebviewPanel,
    private readonly table: Table,
    private readonly services: Services,
    private readonly results: ResultPanels,
    onDispose: () => void,
  ) {
    this.channel = openChannel(panel, services.log, {
      incoming: FromTable,
      receive: (message) => this.act(message),
    });
    this.rows = new TableRows(table, services.tables, (message) => this.channel.send(message));
    this.runner = new TableRunner(table, this.rows, services);
    this.batches = new TableBatches(table, this.rows, this.runner, services);
    const watching = services.watch.onDidChange(() => void this.batches.takeAnswers());
    panel.onDidDispose(() => {
      this.runner.cancel();
      watching.dispose();
      onDispose();
    });
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
    await this.batches.findSubmitted();
    for (const index of this.rows.in("waiting", "working"))
      this.rows.set(index, { state: "cancelled", said: "The window was closed before this was done." });
    await this.batches.takeAnswers();
    await this.services.watch.start();
  }

  private async runNow(indices: readonly number[]): Promise<void> {
    const errors = await this.runner.run(indices);
    // Answers of a batch may have arrived in the meantime.
    await this.batches.takeAnswers();
    const forAll = errors.find(({ next }) => next.some((step) => step in this.ownSteps));
    if (forAll) void showError(forAll, this.services.log, this.ownSteps);
  }

  /** What is wrong with the key or a budget holds for all pictures. */
  private readonly ownSteps: OwnSteps = {
    setKey: async () => {
      await this.services.keys.ask();
      await this.retryFailed();
    },
    raiseDailyBudget: () => this.raiseAndRetry("budget.daily"),
    raiseCommandBudget: () => this.raiseAndRetry("budget.command"),
  };

  private async raiseAndRetry(budget: BudgetKey): Promise<void> {
    const { raiseBudget } = await import("../spend/budget.js");
    if (await raiseBudget(budget)) await this.retryFailed();
  }

  private retryFailed(): Promise<void> {
    const failed = this.rows.in("failed", "cancelled");
    return this.runNow(failed.filter((index) => this.rows.get(index).source !== ""));
  }

  private async submit(indices: readonly number[]): Promise<void> {
    const { watch, log, ran } = this.services;
    try {
      await this.batches.submit(indices);
      ran();
      await watch.start();
    } catch (thrown) {
      const error = toUserError(thrown);
      const isCancelled = error instanceof CancelledError;
      await this.batches.findSubmitted();
      for (const index of this.rows.in("waiting"))
        this.rows.set(
          index,
          isCancelled ? { state: "cancelled", said: "Cancelled." } : { state: "failed", said: error.message },
        );
      // What may have been made all the same is looked for.
      await watch.start();
      if (isCancelled) await this.batches.cancelSubmitted();
      void showError(error, log, { ...this.ownSteps, runAgain: () => this.submit(indices) });
    }
  }

  private async act(message: FromTable): Promise<void> {
    switch (message.type) {
      case "ready":
        this.channel.send(startMessage());
        return this.rows.showAll();
      case "open":
        requireTrust();
        return this.open(message.index);
      case "cancel":
        // What runs first: among what waits in a batch may be what another table submitted.
        return this.runner.isRunning ? this.runner.cancel() : this.batches.cancelSubmitted();
      case "retryFailed":
        requireTrust();
        return this.retryFailed();
      case "export":
        return exportTable(this.table, message.format, this.services);
    }
  }

  private async open(index: number): Promise<void> {
    const row = this.rows.get(index);
    const { runKey, source, state, said, alone } = row;
    const { workflow, offline } = this.table;
    const isDone = state === "done" || state === "review";
    if (isDone && runKey !== undefined && (await this.results.openKept(runKey))) return;
    if (alone && !gitPlaceOf(source)) {
      await commands.executeCommand("vscode.open", Uri.parse(source, true));
      return;
    }
    if (source === "" || alone) {
      throw new UserError({
        code: "wrongInput",
        problem: said,
        advice: "It is in the explorer.",
      });
    }
    await this.results.run(await subjectOfRow(workflow, row), { offline });
  }
}
