import { basename } from "node:path";
import { Uri, ViewColumn, type WebviewPanel, type WebviewPanelSerializer, window } from "vscode";
import { FromPanel, PanelState, type ToPanel } from "../../protocol/panel.js";
import type { WorkflowId } from "../../report.js";
import { pictureOfBytes } from "../../sources/bytes.js";
import { findWorkflow, workflowOf } from "../../workflows/index.js";
import { panelType } from "../contributions.js";
import { showError, showInfo } from "../notify.js";
import { openChannel, startMessage } from "../pages/openChannel.js";
import { showPage } from "../pages/pageHtml.js";
import type { Services } from "../services.js";
import { type EditorSource, pickPictures } from "../ways-in/pictures.js";
import { pageScripts } from "./features.js";
import { ResultPanel } from "./resultPanel.js";
import { pairSubject, pictureAt, type Subject, subjectOf, subjectOfKept } from "./subjects.js";

/** All result panels: one for each workflow and picture. */
export class ResultPanels implements WebviewPanelSerializer {
  private readonly open = new Set<ResultPanel>();

  constructor(private readonly services: Services) {}

  /** The result that the person looks at: of the active panel, or else of one that is seen. */
  get shown(): ResultPanel | undefined {
    const seen = [...this.open].filter(({ isSeen }) => isSeen);
    return seen.find(({ isActive }) => isActive) ?? seen.at(-1);
  }

  /** Runs a workflow on a picture, in its panel. */
  async run(subject: Subject, { offline } = { offline: false }): Promise<void> {
    const existing = [...this.open].find((panel) => panel.isAbout(subject));
    if (existing) {
      existing.reveal();
      return existing.start({ offline });
    }
    const title = titleOf(subject.workflow, subject.name);
    const panel = window.createWebviewPanel(panelType, title, this.column(), {});
    const result = this.adopt(panel, subject);
    await result.start({ offline });
  }

  /**
   * A panel that waits for a picture to be pasted or dropped.
   *
   * @param wanted the one workflow that it is for, and what is done with the picture; without, the person chooses one
   */
  openEmpty(wanted?: { workflow: WorkflowId; take(source: EditorSource): Promise<void> }): void {
    const panel = window.createWebviewPanel(panelType, "Screenshot", ViewColumn.Active, {});
    this.configurePanel(panel, undefined);
    const channel = openChannel<FromPanel, ToPanel>(panel, this.services.log, {
      incoming: FromPanel,
      receive: (message) => {
        if (message.type === "ready") {
          channel.send(startMessage(wanted?.workflow));
          channel.send({ type: "view", view: { state: "empty" } });
        } else if (message.type === "pasted") {
          panel.dispose();
          const source = pastedSource(message);
          return wanted ? wanted.take(source) : this.runPasted(message.workflow, source);
        }
      },
    });
  }

  private async runPasted(id: string, source: EditorSource): Promise<void> {
    const workflow = workflowOf(id);
    if (!workflow.compares) return this.run(subjectOf(workflow.id, source));
    const [other] = await pickPictures();
    const pasted = pictureOfBytes(source.name, source.bytes);
    if (other) await this.run(pairSubject(workflow.id, await pictureAt(other), pasted));
  }

  /**
   * Shows a kept run without a request.
   *
   * @param runKey the run's
   * @returns whether it is kept
   */
  async openKept(runKey: string): Promise<boolean> {
    const existing = this.showing(runKey);
    if (existing) {
      existing.reveal();
      return true;
    }
    const kept = await this.services.history.find(runKey);
    const workflow = kept && findWorkflow(kept.settings.workflow);
    if (!workflow) return false;
    const subject = subjectOfKept(workflow, kept);
    const title = titleOf(subject.workflow, subject.name);
    const panel = window.createWebviewPanel(panelType, title, this.column(), {});
    await this.adopt(panel, subject).restore(kept, undefined);
    return true;
  }

  /** The panel that has the focus. */
  get active(): ResultPanel | undefined {
    return [...this.open].find((panel) => panel.isActive);
  }

  /** Closes the panel of a run that is deleted. */
  close(runKey: string): void {
    this.showing(runKey)?.close();
  }

  private showing(runKey: string): ResultPanel | undefined {
    return [...this.open].find((panel) => panel.runKey === runKey);
  }

  /** After a reload: the run is found by its id, and shown without a request. */
  async deserializeWebviewPanel(panel: WebviewPanel, state: unknown): Promise<void> {
    const parsed = PanelState.safeParse(state);
    const kept = parsed.success ? await this.services.history.find(parsed.data.runKey) : undefined;
    const workflow = kept && findWorkflow(kept.settings.workflow);
    if (!workflow) {
      panel.dispose();
      return showInfo("A result was closed: nothing is kept of it that this version can show.");
    }
    try {
      await this.adopt(panel, subjectOfKept(workflow, kept)).restore(kept, parsed.data?.feature);
    } catch (error) {
      panel.dispose();
      void showError(error, this.services.log);
    }
  }

  /** Where the other panels are; else beside the text that is being worked on. */
  private column(): ViewColumn {
    const [other] = this.open;
    return other?.column ?? (window.activeTextEditor ? ViewColumn.Beside : ViewColumn.Active);
  }

  private adopt(panel: WebviewPanel, subject: Subject): ResultPanel {
    this.configurePanel(panel, subject);
    const result = new ResultPanel(panel, subject, this.services, () => this.open.delete(result));
    this.open.add(result);
    return result;
  }

  private configurePanel(panel: WebviewPanel, subject: Subject | undefined): void {
    const { extension } = this.services;
    panel.title = subject ? titleOf(subject.workflow, subject.name) : panel.title;
    panel.iconPath = {
      light: Uri.joinPath(extension, "media", "icons", "menu-light.svg"),
      dark: Uri.joinPath(extension, "media", "icons", "menu-dark.svg"),
    };
    const own = subject && pageScripts[workflowOf(subject.workflow).presentation.result];
    const scripts = [...(own ?? []), "panel.js"];
    showPage(panel.webview, extension, { scripts, drawsMermaid: own !== undefined });
  }
}

const pastedSource = ({ name, bytes }: Extract<FromPanel, { type: "pasted" }>): EditorSource => ({
  name: basename(name),
  bytes: new Uint8Array(Buffer.from(bytes, "base64")),
  uri: undefined,
});

const titleOf = (workflow: WorkflowId, name: string): string => `${name} — ${workflowOf(workflow).title}`;
