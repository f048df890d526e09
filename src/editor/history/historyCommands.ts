import { commands, Uri, window } from "vscode";
import { z } from "zod";
import { UserError } from "../../errors.js";
import { runStates } from "../../store/runs/runSummary.js";
import { inert, showStatus } from "../notify.js";
import type { ResultPanels } from "../panel/resultPanels.js";
import { subjectAt } from "../panel/subjects.js";
import type { Services } from "../services.js";
import { type HistoryTree, stateWords } from "./historyTree.js";

/** What the tree hands to its commands, and what anyone else may call them with. */
const RunNode = z.object({
  run: z.object({
    id: z.string(),
    sha256: z.string(),
    name: z.string(),
    source: z.string().optional(),
    workflow: z.enum(["audit", "triage", "diagram"]),
  }),
});

/** @throws UserError when a command is called without a run */
function runOf(node: unknown) {
  const parsed = RunNode.safeParse(node);
  if (parsed.success) return parsed.data.run;
  throw new UserError({
    code: "wrongInput",
    problem: "No run is chosen.",
    advice: "Choose one in the view Screenshot: History.",
  });
}

/** What can be done in the history. */
export class HistoryCommands {
  constructor(
    private readonly services: Services,
    private readonly results: ResultPanels,
    private readonly tree: HistoryTree,
  ) {}

  /** Shows a run without a request; one that failed is run anew. */
  async open(node: unknown): Promise<void> {
    const { id, workflow, source, name } = runOf(node);
    if (await this.results.openKept(id)) return;
    if (source !== undefined) return this.results.run(await subjectAt(workflow, Uri.parse(source, true)));
    throw new UserError({
      code: "pictureUnusable",
      problem: "Nothing is kept of this run, and the picture was pasted.",
      advice: "Paste it again with Screenshot: From Clipboard.",
      picture: name,
    });
  }

  async openPicture(node: unknown): Promise<void> {
    const { source } = runOf(node);
    if (source !== undefined) await commands.executeCommand("vscode.open", Uri.parse(source, true));
  }

  /** Deletes a run, its copies of the picture, and all answers about the picture. */
  async delete(node: unknown): Promise<void> {
    const { id, sha256, name } = runOf(node);
    await this.services.history.delete(id);
    await this.services.cache.forget(sha256);
    this.results.close(id);
    this.tree.refresh();
    showStatus(`The run of ${name} was deleted.`);
  }

  async search(): Promise<void> {
    const typed = await window.showInputBox({
      title: "Search Runs",
      prompt: "A picture's name or folder, a workflow, or a reason. Empty shows all.",
      value: this.tree.search,
    });
    if (typed === undefined) return;
    this.tree.search = typed.trim();
    this.tree.refresh();
  }

  async filter(): Promise<void> {
    const items = runStates.map((state) => ({
      label: stateWords[state],
      picked: this.tree.states.has(state),
      state,
    }));
    const chosen = await window.showQuickPick(items, { title: "Show Runs That Are", canPickMany: true });
    if (!chosen) return;
    this.tree.states = new Set(chosen.map(({ state }) => state));
    this.tree.refresh();
  }

  /** Deletes all that is stored on this machine: runs, copies, answers, measurements, tables, batches and the ledger. */
  async deleteAll(): Promise<void> {
    const { storage, batches } = this.services;
    const open = (await batches.list()).filter(({ isClosed }) => !isClosed).length;
    const warning = open > 0 ? ` ${open} batches are still open; their answers will be lost.` : "";
    const go = "Delete All";
    const message = `Delete all results, copies of pictures, answers and records of costs on this machine?${warning}`;
    if ((await window.showWarningMessage(inert(message), { modal: true }, go)) !== go) return;
    await storage.deleteAll();
    this.services.history.forget();
    this.services.ran();
    this.tree.refresh();
    showStatus("All stored data was deleted.");
  }
}
