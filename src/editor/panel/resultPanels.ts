import { basename } from "node:path";
import { Uri, ViewColumn, type WebviewPanel, type WebviewPanelSerializer, window } from "vscode";
import { FromPanel, PanelState, type ToPanel } from "../../protocol/panel.js";
import type { WorkflowId } from "../../report.js";
import { runId } from "../../store/runs/runSummary.js";
import { workflows } from "../../workflows/index.js";
import { panelType } from "../contributions.js";
import { showError } from "../notify.js";
import { showPage } from "../pages/pageHtml.js";
import type { Services } from "../services.js";
import { ResultPanel } from "./resultPanel.js";
import { type Subject, subjectOf, subjectOfKept } from "./subjects.js";

/** All result panels: one for each workflow and picture. */
export class ResultPanels implements WebviewPanelSerializer {
  private readonly open = new Map<string, ResultPanel>();

  constructor(private readonly services: Services) {}

  /** Runs a workflow on a picture, in its panel. */
  async run(subject: Subject, { offline } = { offline: false }): Promise<void> {
    const id = runId(subject);
    const existing = this.open.get(id);
    if (existing) {
      existing.reveal();
      return existing.start({ offline });
    }
    const title = titleOf(subject.workflow, subject.name);
    const panel = window.createWebviewPanel(panelType, title, this.column(), {});
    const result = this.adopt(panel, subject);
    await result.start({ offline });
  }

  /** A panel that waits for a picture to be pasted or dropped. */
  openEmpty(): void {
    const panel = window.createWebviewPanel(panelType, "Screenshot", ViewColumn.Active, {});
    this.configurePanel(panel, undefined);
    panel.webview.onDidReceiveMessage((message: unknown) => {
      const parsed = FromPanel.safeParse(message);
      if (!parsed.success)
        return this.services.log.error("A message from the panel was refused", parsed.error);
      if (parsed.data.type === "ready") {
        const view: ToPanel = { type: "view", view: { state: "empty" } };
        void panel.webview.postMessage(view);
      } else if (parsed.data.type === "pasted") {
        const { workflow, name, bytes } = parsed.data;
        panel.dispose();
        const source = {
          name: basename(name),
          bytes: new Uint8Array(Buffer.from(bytes, "base64")),
          uri: undefined,
        };
        void this.run(subjectOf(workflow, source));
      }
    });
  }

  /**
   * Shows a kept run without a request.
   *
   * @returns whether it is kept
   */
  async openKept(id: string): Promise<boolean> {
    const existing = this.open.get(id);
    if (existing) {
      existing.reveal();
      return true;
    }
    const kept = await this.services.history.find(id);
    if (!kept) return false;
    const subject = subjectOfKept(kept);
    const title = titleOf(subject.workflow, subject.name);
    const panel = window.createWebviewPanel(panelType, title, this.column(), {});
    await this.adopt(panel, subject).restore(kept, undefined);
    return true;
  }

  /** Closes the panel of a run that is deleted. */
  close(id: string): void {
    this.open.get(id)?.close();
  }

  /** After a reload: the run is found by its id, and shown without a request. */
  async deserializeWebviewPanel(panel: WebviewPanel, state: unknown): Promise<void> {
    const parsed = PanelState.safeParse(state);
    const kept = parsed.success ? await this.services.history.find(parsed.data.runId) : undefined;
    if (!kept) return panel.dispose();
    try {
      await this.adopt(panel, subjectOfKept(kept)).restore(kept, parsed.data?.typed);
    } catch (error) {
      panel.dispose();
      void showError(error, this.services.log);
    }
  }

  /** Where the other panels are; else beside the text that is being worked on. */
  private column(): ViewColumn {
    const [other] = this.open.values();
    return other?.column ?? (window.activeTextEditor ? ViewColumn.Beside : ViewColumn.Active);
  }

  private adopt(panel: WebviewPanel, subject: Subject): ResultPanel {
    this.configurePanel(panel, subject);
    const id = runId(subject);
    const result = new ResultPanel(panel, subject, this.services, () => this.open.delete(id));
    this.open.set(id, result);
    return result;
  }

  private configurePanel(panel: WebviewPanel, subject: Subject | undefined): void {
    const { extension } = this.services;
    panel.title = subject ? titleOf(subject.workflow, subject.name) : panel.title;
    panel.iconPath = {
      light: Uri.joinPath(extension, "media", "icons", "menu-light.svg"),
      dark: Uri.joinPath(extension, "media", "icons", "menu-dark.svg"),
    };
    const drawsMermaid = subject?.workflow === "diagram";
    const state: PanelState | undefined = subject && { runId: runId(subject) };
    const scripts = drawsMermaid ? ["diagram.js", "panel.js"] : ["panel.js"];
    showPage(panel.webview, extension, { scripts, state, drawsMermaid });
  }
}

const titleOf = (workflow: WorkflowId, name: string): string => `${name} — ${workflows[workflow].title}`;
