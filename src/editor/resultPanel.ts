import {
  commands,
  env,
  ProgressLocation,
  RelativePattern,
  Uri,
  type ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from "vscode";
import { CancelledError, type NextStep, toUserError } from "../errors.js";
import type { PreparedPicture } from "../image/prepared.js";
import { sha256 } from "../image/sha256.js";
import type { KeptRun } from "../pipeline/history.js";
import type { RunResult } from "../pipeline/run.js";
import { FromPanel, type PanelPicture, type ToPanel, type View } from "../protocol.js";
import { documentOf } from "../render/document.js";
import { factsOf } from "../render/facts.js";
import type { Finding } from "../report.js";
import { jobs } from "../workflows/index.js";
import { commandId } from "./contributions.js";
import { insertAtCursor, openUntitled, saveBeside, textColumn } from "./insert.js";
import { inert, possibleSteps, showDone, showError, showHint, stepLabels, takeStep } from "./notify.js";
import { runSubject, type Subject, stageOf } from "./runSubject.js";
import type { Services } from "./services.js";
import { TriageIssue } from "./triageIssue.js";
import { pickPictures, readPicture } from "./ways-in/pictures.js";

/** One panel: one workflow on one picture. Made new and restored by the same constructor. */
export class ResultPanel {
  private view: View;
  private picture: PanelPicture | undefined;
  private done: RunResult | undefined;
  private issue: TriageIssue | undefined;
  private running: AbortController | undefined;
  private stale = false;
  private readonly disposables: Array<{ dispose(): unknown }> = [];

  constructor(
    private readonly panel: WebviewPanel,
    private readonly subject: Subject,
    private readonly services: Services,
    onDispose: () => void,
  ) {
    this.view = { state: "loading", title: this.title, stage: "Starting", findings: [] };
    this.disposables.push(
      panel.webview.onDidReceiveMessage((message: unknown) => void this.receive(message)),
      panel.onDidDispose(() => {
        this.running?.abort();
        for (const disposable of this.disposables) disposable.dispose();
        onDispose();
      }),
    );
    this.watchPicture();
  }

  get column(): ViewColumn | undefined {
    return this.panel.viewColumn;
  }

  reveal(): void {
    this.panel.reveal();
  }

  /** Shows a kept run without asking anyone. */
  async restore(kept: KeptRun): Promise<void> {
    const { judged, report } = jobs[kept.workflow].read(kept.answer, kept.picture);
    this.showPicture(kept.picture);
    await this.finish({ ...kept, judged, report });
  }

  /** Runs the workflow, with progress that can be cancelled. What goes wrong is shown in the panel. */
  async start(): Promise<void> {
    if (this.running) return;
    const running = new AbortController();
    this.running = running;
    this.show({ state: "loading", title: this.title, stage: "Starting", findings: [] });
    try {
      await window.withProgress(
        { location: ProgressLocation.Notification, title: inert(this.title), cancellable: true },
        async (progress, token) => {
          token.onCancellationRequested(() => running.abort());
          const stage = (message: string) => {
            progress.report({ message });
            if (this.view.state === "loading") this.show({ ...this.view, stage: message });
          };
          await this.runOnce(running.signal, stage);
        },
      );
    } catch (error) {
      this.fail(error);
    } finally {
      this.running = undefined;
    }
  }

  private async runOnce(signal: AbortSignal, stage: (message: string) => void): Promise<void> {
    const { workflow } = this.subject;
    const { log, history } = this.services;
    const result = await runSubject(this.subject, this.services, signal, (event) => {
      if (event.type === "prepared") this.showPicture(event.picture);
      if (event.type === "findings") this.showProvisional(event.findings);
      const words = stageOf(event);
      if (words !== undefined) stage(words);
    });
    this.stale = false;
    await this.finish(result);
    await history.keep(result, this.subject.uri?.toString()).catch((error: unknown) => {
      log.error(`${workflow}: the run could not be kept`, error);
    });
  }

  private async finish(done: RunResult): Promise<void> {
    this.done = done;
    if (done.workflow === "triage") {
      this.issue = await TriageIssue.create(done, this.subject, this.services.log);
    }
    this.showDone();
  }

  private showDone(): void {
    const { done } = this;
    if (!done) return;
    const issue = this.issue?.view();
    this.show({
      state: "done",
      report: done.report,
      facts: factsOf(done),
      stale: this.stale,
      ...(issue ? { issue } : {}),
    });
  }

  private fail(thrown: unknown): void {
    const error = toUserError(thrown, this.subject.name);
    const findings = this.view.state === "loading" ? this.view.findings : [];
    if (error instanceof CancelledError) {
      // A cancelled second run leaves the first one's result.
      if (this.done) return this.showDone();
      this.show({
        state: "failed",
        title: this.title,
        message: "Cancelled. Nothing was kept.",
        next: [{ step: "runAgain", label: stepLabels.runAgain }],
        findings,
      });
      return;
    }
    this.services.log.error(this.subject.workflow, error.cause ?? error);
    const steps = possibleSteps(error, this.ownSteps);
    this.show({
      state: "failed",
      title: this.title,
      message: error.message,
      next: steps.map((step) => ({ step, label: stepLabels[step] })),
      findings,
    });
  }

  /** The next steps that only the panel can take. */
  private readonly ownSteps: Partial<Record<NextStep, () => unknown>> = {
    runAgain: () => this.start(),
    setKey: async () => {
      await this.services.keys.ask();
      await this.start();
    },
    chooseAnotherPicture: async () => {
      const uris = await pickPictures();
      await commands.executeCommand(commandId(this.subject.workflow), uris[0], uris);
    },
  };

  private async receive(message: unknown): Promise<void> {
    const parsed = FromPanel.safeParse(message);
    if (!parsed.success) return this.services.log.error("A message from the panel was refused", parsed.error);
    try {
      await this.act(parsed.data);
    } catch (error) {
      void showError(error, this.services.log, this.ownSteps);
    }
  }

  private async act(message: FromPanel): Promise<void> {
    switch (message.type) {
      case "ready":
        if (this.picture) this.post({ type: "picture", picture: this.picture });
        return this.post({ type: "view", view: this.view });
      case "cancel":
        return this.running?.abort();
      case "runAgain":
        return this.start();
      case "next":
        return takeStep(message.step, this.ownSteps);
      case "use":
        return this.use(message.how);
      case "chooseTemplate":
        this.issue?.choose(message.template);
        return this.showDone();
      case "openIssuePage":
        return this.issue?.openPage();
      case "pictureCopied":
        if (message.ok) return showDone("Picture copied.");
        return showHint("The picture could not be copied: the clipboard of this window takes no pictures.");
      case "pasted":
        return; // the empty panel's alone
    }
  }

  private async use(how: "copy" | "insert" | "newDocument" | "save"): Promise<void> {
    const { done, services } = this;
    if (!done) return;
    const { editor } = services.target;
    const from = how === "insert" ? editor?.document.uri : undefined;
    const content = this.issue ? await this.issue.document(from) : documentOf(done.report);
    switch (how) {
      case "copy":
        await env.clipboard.writeText(content.text);
        return showDone(`${content.title} copied.`);
      case "insert":
        return insertAtCursor(content, editor);
      case "newDocument":
        return openUntitled(content, textColumn(editor));
      case "save":
        return saveBeside(
          content,
          this.subject.name.replace(/\.[^.]*$/, ""),
          this.subject.uri,
          textColumn(editor),
        );
    }
  }

  private showPicture(picture: PreparedPicture): void {
    this.picture = {
      name: picture.name,
      width: picture.width,
      height: picture.height,
      parts: picture.parts.map(({ bytes, mediaType, height, scale, offset }) => ({
        src: `data:${mediaType};base64,${Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64")}`,
        top: offset.y,
        height: height / scale.y,
      })),
    };
    this.post({ type: "picture", picture: this.picture });
  }

  private showProvisional(findings: Finding[]): void {
    if (this.view.state === "loading") this.show({ ...this.view, findings });
  }

  private show(view: View): void {
    this.view = view;
    this.post({ type: "view", view });
  }

  private post(message: ToPanel): void {
    void this.panel.webview.postMessage(message);
  }

  /** A picture that changes on disk makes the result stale: said, not hidden. */
  private watchPicture(): void {
    const { uri } = this.subject;
    if (!uri) return;
    const changed = async (changedUri: Uri) => {
      if (changedUri.toString() !== uri.toString()) return;
      const now = await readPicture(uri).catch(() => undefined);
      const stale = now === undefined || sha256(now.bytes) !== this.subject.sha256;
      if (stale === this.stale) return;
      this.stale = stale;
      if (this.view.state === "done") this.showDone();
    };
    // The folder is watched: a file's name could be read as a pattern.
    const folder = new RelativePattern(Uri.joinPath(uri, ".."), "*");
    const watcher = workspace.createFileSystemWatcher(folder);
    this.disposables.push(
      watcher,
      watcher.onDidChange((at) => void changed(at)),
      watcher.onDidDelete((at) => void changed(at)),
    );
  }

  private get title(): string {
    return `${jobs[this.subject.workflow].title}: ${this.subject.name}`;
  }
}
