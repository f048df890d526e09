import { basename } from "node:path";
import { Uri, ViewColumn, type WebviewPanel, type WebviewPanelSerializer, window } from "vscode";
import { UserError } from "../errors.js";
import { runId } from "../pipeline/history.js";
import { FromPanel, PanelState, type ToPanel } from "../protocol.js";
import type { WorkflowId } from "../report.js";
import { jobs } from "../workflows/index.js";
import { panelType } from "./contributions.js";
import { showError } from "./notify.js";
import { panelHtml } from "./panelHtml.js";
import { ResultPanel } from "./resultPanel.js";
import { type Subject, subjectOf } from "./runSubject.js";
import type { Services } from "./services.js";
import { readPicture } from "./ways-in/pictures.js";

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
      return existing.start(offline);
    }
    const title = titleOf(subject.workflow, subject.name);
    const panel = window.createWebviewPanel(panelType, title, this.column(), {});
    const result = this.adopt(panel, subject);
    await result.start(offline);
  }

  /** A panel that waits for a picture to be pasted or dropped. */
  openEmpty(): void {
    const panel = window.createWebviewPanel(panelType, "Screenshot", ViewColumn.Active, {});
    this.dress(panel, undefined);
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

  /** After a reload: the run is found by its id, and shown without a request. */
  async deserializeWebviewPanel(panel: WebviewPanel, state: unknown): Promise<void> {
    const parsed = PanelState.safeParse(state);
    const kept = parsed.success ? await this.services.history.find(parsed.data.runId) : undefined;
    if (!kept) return panel.dispose();
    const uri = kept.source === undefined ? undefined : Uri.parse(kept.source, true);
    const subject: Subject = {
      workflow: kept.workflow,
      name: kept.picture.name,
      sha256: kept.picture.sha256,
      uri,
      bytes: () => originalBytes(uri, kept.picture.name),
    };
    try {
      await this.adopt(panel, subject).restore(kept, parsed.data?.typed);
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
    this.dress(panel, subject);
    const id = runId(subject);
    const result = new ResultPanel(panel, subject, this.services, () => this.open.delete(id));
    this.open.set(id, result);
    return result;
  }

  private dress(panel: WebviewPanel, subject: Subject | undefined): void {
    const { extension } = this.services;
    panel.title = subject ? titleOf(subject.workflow, subject.name) : panel.title;
    panel.iconPath = {
      light: Uri.joinPath(extension, "media", "icons", "menu-light.svg"),
      dark: Uri.joinPath(extension, "media", "icons", "menu-dark.svg"),
    };
    panel.webview.options = {
      enableScripts: true,
      enableForms: false,
      enableCommandUris: false,
      localResourceRoots: [Uri.joinPath(extension, "dist", "panel")],
    };
    panel.webview.html = panelHtml(panel.webview, extension, subject);
  }
}

const titleOf = (workflow: WorkflowId, name: string): string => `${name} — ${jobs[workflow].title}`;

async function originalBytes(uri: Uri | undefined, name: string): Promise<Uint8Array> {
  if (uri) return (await readPicture(uri)).bytes;
  throw new UserError({
    problem: "The pasted picture is no longer at hand.",
    advice: "Paste it again with Screenshot: From Clipboard.",
    picture: name,
  });
}
