import { commands, env, Uri, type ViewColumn, type WebviewPanel } from "vscode";
import { CancelledError, type NextStep, toUserError, type UserError } from "../../errors.js";
import type { PreparedPicture } from "../../image/prepared.js";
import {
  type Choice,
  FromPanel,
  type PanelPicture,
  type PanelState,
  type ToPanel,
  type View,
} from "../../protocol/panel.js";
import { documentOf } from "../../render/document.js";
import { factsOf } from "../../render/facts.js";
import { type Finding, type Report, standingOf, standings } from "../../report.js";
import { SubmittedError } from "../../run/batch/submittedError.js";
import type { ConsentRequest, Decision } from "../../run/consent.js";
import { evaluate } from "../../run/evaluate.js";
import type { KeptRun } from "../../store/runs/runFolder.js";
import type { RunResult } from "../../store/runs/runResult.js";
import { runId } from "../../store/runs/runSummary.js";
import { workflows } from "../../workflows/index.js";
import { commandId } from "../contributions.js";
import { type DiagramHost, DiagramWork } from "../diagram/diagramWork.js";
import { insertAtCursor, openUntitled, saveBeside, saveBytes, textColumn } from "../insert/insert.js";
import { relativePath } from "../insert/relativePath.js";
import { TriageIssue } from "../issue/triageIssue.js";
import { possibleSteps, showError, showInfo, showStatus, stepLabels, takeStep } from "../notify.js";
import type { Services } from "../services.js";
import type { BudgetKey } from "../settings.js";
import { pickPictures } from "../ways-in/pictures.js";
import { choicesOf, decisionOf, reasonsOf } from "./consent.js";
import { type OfflineHint, offlineHint } from "./offlineHint.js";
import { panelPicture } from "./panelPicture.js";
import { withProgress } from "./progress.js";
import { type RunChoices, refineSubject, runSubject, stagesTo } from "./runSubject.js";
import type { Subject } from "./subjects.js";
import { watchPicture } from "./watchPicture.js";

/** How a run is wanted. */
type Wanted = Pick<RunChoices, "offline" | "again" | "cachedAs">;

/** One panel: one workflow on one picture. Made new and restored by the same constructor. */
export class ResultPanel {
  private view: View;
  private picture: PanelPicture | undefined;
  private done: RunResult | undefined;
  private issue: TriageIssue | undefined;
  private diagram: DiagramWork | undefined;
  private running: AbortController | undefined;
  private stale = false;
  /** How the last run was wanted. */
  private wanted: Wanted = { offline: false };
  /** The question whose answer is going to come from a batch. */
  private awaited: string | undefined;
  private hint: OfflineHint | undefined;
  private choose: ((choice: Choice | undefined) => void) | undefined;
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
      services.watch.onDidChange(() => void this.takeAnswer()),
      panel.onDidDispose(() => {
        this.running?.abort();
        if (subject.uri) services.problems.clear(subject.uri);
        for (const disposable of this.disposables) disposable.dispose();
        onDispose();
      }),
    );
    if (subject.uri)
      this.disposables.push(watchPicture(subject.uri, subject.sha256, (stale) => this.setStale(stale)));
  }

  get column(): ViewColumn | undefined {
    return this.panel.viewColumn;
  }

  reveal(): void {
    this.panel.reveal();
  }

  close(): void {
    this.panel.dispose();
  }

  /**
   * Shows a kept run without asking anyone.
   *
   * @param typed a diagram's text as it was edited by hand
   */
  async restore(kept: KeptRun, typed: PanelState["typed"]): Promise<void> {
    const reading = evaluate(workflows[kept.workflow], kept.asked?.answer, kept);
    this.showPicture(kept.prepared);
    await this.finish({ ...kept, ...reading });
    if (!typed) return;
    await this.diagram?.act({ action: "target", target: typed.target });
    await this.diagram?.act({ action: "edit", text: typed.text });
  }

  /**
   * Runs the workflow, with progress that can be cancelled. What goes wrong is shown in the panel.
   *
   * @param wanted as the last one, but not anew, unless it is said
   */
  async start(wanted: Wanted = { offline: this.wanted.offline }): Promise<void> {
    if (this.running) return;
    this.wanted = wanted;
    this.awaited = undefined;
    this.show({ state: "loading", title: this.title, stage: "Starting", findings: [] });
    try {
      const result = await this.whileRunning(this.title, (signal, stage) =>
        this.runOnce(signal, (words) => {
          stage(words);
          if (this.view.state === "loading") this.show({ ...this.view, stage: words });
        }),
      );
      this.stale = false;
      await this.finish(result);
      await this.services.history.keep(result, this.subject.uri?.toString());
      this.services.ran();
    } catch (error) {
      this.fail(error);
    }
  }

  /** Shows the answer once the batch has it. */
  private async takeAnswer(): Promise<void> {
    const { awaited } = this;
    if (awaited === undefined || (await this.services.batches.isPending(awaited))) return;
    if (this.awaited === awaited) await this.start({ offline: false, cachedAs: {} });
  }

  /** Does something that can be cancelled in the notification and in the panel. */
  private async whileRunning<T>(
    title: string,
    action: (signal: AbortSignal, say: (words: string) => void) => Promise<T>,
  ): Promise<T> {
    const running = new AbortController();
    this.running = running;
    try {
      return await withProgress(title, action, running);
    } finally {
      this.running = undefined;
    }
  }

  private async runOnce(signal: AbortSignal, stage: (message: string) => void): Promise<RunResult> {
    const tellStage = stagesTo(stage);
    const answered = await runSubject(this.subject, this.services, {
      ...this.wanted,
      needsPicture: true,
      signal,
      confirm: (request) => this.confirm(request, signal),
      onEvent: (event) => {
        if (event.type === "prepared") this.showPicture(event.picture);
        if (event.type === "findings") this.showProvisional(event.findings);
        tellStage(event);
      },
    });
    return this.withOwnChanges(answered);
  }

  /** What a person corrected or refined in a diagram is not undone by an answer that was known before. */
  private async withOwnChanges(result: RunResult): Promise<RunResult> {
    const { asked } = result;
    if (result.workflow !== "diagram" || !asked?.cachedAt) return result;
    const kept = await this.services.history.record(runId(this.subject));
    if (!kept?.asked || kept.asked.model !== asked.model) return result;
    const { answer } = kept.asked;
    return { ...result, ...evaluate(workflows.diagram, answer, result), asked: { ...asked, answer } };
  }

  /** Asks in the panel, beside the picture with its secrets covered. */
  private async confirm(request: ConsentRequest, signal: AbortSignal): Promise<Decision> {
    const { offline } = workflows[this.subject.workflow];
    this.show({
      state: "question",
      title: this.title,
      reasons: reasonsOf(request),
      choices: choicesOf(request, offline !== undefined),
    });
    const choice = await new Promise<Choice | undefined>((resolve) => {
      this.choose = resolve;
      const cancel = () => resolve(undefined);
      if (signal.aborted) cancel();
      signal.addEventListener("abort", cancel, { once: true });
    });
    this.choose = undefined;
    const decision = decisionOf(choice);
    this.show({ state: "loading", title: this.title, stage: "Starting", findings: [] });
    return decision;
  }

  private async finish(done: RunResult): Promise<void> {
    this.done = done;
    if (done.workflow === "triage") {
      this.issue = await TriageIssue.create(done, this.subject, this.services.log);
    }
    if (done.workflow === "diagram" && done.asked && done.prepared) {
      const { asked, prepared, ...run } = done;
      const { checkMermaid } = await this.services.dependencies(undefined);
      this.diagram = new DiagramWork({ ...run, asked, prepared }, { checkMermaid, ...this.diagramHost });
    }
    this.hint = done.asked ? undefined : await offlineHint(done.workflow, this.services.keys);
    this.showStatus();
  }

  private showStatus(): void {
    const { done, subject } = this;
    const report = this.report();
    if (!done || !report) return;
    const { problems } = this.services;
    if (subject.uri && this.stale) problems.clear(subject.uri);
    else if (subject.uri && report.workflow === "audit") problems.show(subject.uri, report.findings);
    const issue = this.issue?.view();
    const diagram = this.diagram?.view();
    this.show({
      state: "done",
      report,
      facts: factsOf(done),
      stale: this.stale,
      ...(issue ? { issue } : {}),
      ...(diagram ? { diagram } : {}),
      ...(this.hint ? { offline: this.hint } : {}),
    });
  }

  /** The report with what was decided about its findings, those that count first. */
  private report(): Report | undefined {
    if (!this.done) return undefined;
    const { report, picture } = this.done;
    const findings = this.services.decisions.apply(picture.sha256, report.findings);
    const order = (finding: Finding) => standings.indexOf(standingOf(finding));
    return { ...report, findings: findings.sort((a, b) => order(a) - order(b)) };
  }

  private fail(thrown: unknown): void {
    const error = toUserError(thrown, this.subject.name);
    const findings = this.view.state === "loading" ? this.view.findings : [];
    if (error instanceof CancelledError) {
      // A cancelled second run leaves the first one's result.
      if (this.done) return this.showStatus();
      this.show({
        state: "failed",
        title: this.title,
        message: "Cancelled. Nothing was kept.",
        next: [{ step: "runAgain", label: stepLabels.runAgain }],
        findings,
      });
      return;
    }
    if (error instanceof SubmittedError) this.awaited = error.hash;
    else this.recordFailure(error);
    const steps = possibleSteps(error, this.ownSteps);
    const unreadable = error.code === "pictureUnusable";
    if (workflows[this.subject.workflow].offline && !unreadable && !this.wanted.offline)
      steps.push("runOffline");
    this.show({
      state: "failed",
      title: this.title,
      message: error.message,
      next: steps.map((step) => ({ step, label: stepLabels[step] })),
      findings,
    });
    // It may have arrived in the meantime.
    void this.takeAnswer();
  }

  private recordFailure(error: UserError): void {
    const { history, log, ran } = this.services;
    log.error(this.subject.workflow, error.cause ?? error);
    void history.fail(this.subject, error.message, this.subject.uri?.toString()).then(ran);
  }

  /** The next steps that only the panel can take. */
  private readonly ownSteps: Partial<Record<NextStep, () => unknown>> = {
    runAgain: () => this.runAgain(),
    raiseDailyBudget: () => this.raiseAndStart("budget.daily"),
    raiseCommandBudget: () => this.raiseAndStart("budget.command"),
    setKey: async () => {
      await this.services.keys.ask();
      await this.start({ offline: false });
    },
    askClaude: () => this.start({ offline: false }),
    runOffline: () => this.start({ offline: true }),
    chooseAnotherPicture: async () => {
      const uris = await pickPictures();
      await commands.executeCommand(commandId(this.subject.workflow), uris[0], uris);
    },
  };

  private runAgain(): Promise<void> {
    return this.start({ offline: this.wanted.offline, again: true });
  }

  private async raiseAndStart(budget: BudgetKey): Promise<void> {
    const { raiseBudget } = await import("../spend/budget.js");
    if (await raiseBudget(budget)) await this.start();
  }

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
      case "choose":
        return this.choose?.(message.choice);
      case "decide":
        await this.services.decisions.decide(this.subject.sha256, message.key, message.decision);
        return this.showStatus();
      case "copyColour":
        await env.clipboard.writeText(message.colour);
        return showStatus(`${message.colour} copied.`);
      case "runAgain":
        return this.runAgain();
      case "next":
        return takeStep(message.step, this.ownSteps);
      case "use":
        return this.use(message.how);
      case "diagram":
        // What is shown meanwhile is another diagram, or none.
        return this.view.state === "done" ? this.diagram?.act(message.act) : undefined;
      case "chooseTemplate":
        this.issue?.choose(message.template);
        return this.showStatus();
      case "openIssuePage":
        return this.issue?.openPage();
      case "pictureCopied":
        if (message.ok) return showStatus("Picture copied.");
        return showInfo("The picture could not be copied: the clipboard of this window takes no pictures.");
      case "pasted":
        return; // the empty panel's alone
    }
  }

  private async use(how: "copy" | "insert" | "newDocument" | "save"): Promise<void> {
    const report = this.report();
    if (!report) return;
    const { services } = this;
    const { editor } = services.target;
    const from = how === "insert" ? editor?.document.uri : undefined;
    // A saved file is proposed beside its picture.
    const place = from ?? (how === "save" ? this.subject.uri : undefined);
    const content =
      (await this.issue?.document(from)) ??
      this.diagram?.document(place && this.subject.uri && relativePath(place, this.subject.uri)) ??
      documentOf(report);
    switch (how) {
      case "copy":
        await env.clipboard.writeText(content.text);
        return showStatus(`${content.title} copied.`);
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

  /** What the work on a diagram asks of the panel. */
  private readonly diagramHost: Omit<DiagramHost, "checkMermaid"> = {
    changed: () => this.showStatus(),
    keep: async (run) => {
      this.done = { ...run, ...evaluate(workflows.diagram, run.asked.answer, run) };
      this.showStatus();
      await this.services.history.keep(run, this.subject.uri?.toString());
    },
    refine: (before, sentence) =>
      this.whileRunning(`Refining: ${this.subject.name}`, (signal, stage) =>
        refineSubject(this.subject, this.services, before, sentence, {
          signal,
          onEvent: stagesTo(stage),
        }),
      ),
    saveDrawing: async (format, bytes) => {
      const folder = this.subject.uri && Uri.joinPath(this.subject.uri, "..");
      await saveBytes(bytes, this.subject.name.replace(/\.[^.]*$/, `.diagram.${format}`), format, folder);
    },
  };

  /** A picture that changes on the disk makes the result stale: said, not hidden. */
  private setStale(stale: boolean): void {
    if (stale === this.stale) return;
    this.stale = stale;
    if (this.view.state === "done") this.showStatus();
  }

  private showPicture(picture: PreparedPicture): void {
    this.picture = panelPicture(picture);
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

  private get title(): string {
    return `${workflows[this.subject.workflow].title}: ${this.subject.name}`;
  }
}
