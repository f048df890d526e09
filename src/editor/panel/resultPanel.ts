import type { Uri, ViewColumn, WebviewPanel } from "vscode";
import { CancelledError, type UserError } from "../../errors.js";
import type { PreparedPicture } from "../../image/prepared.js";
import type { Channel } from "../../protocol/channel.js";
import {
  type Choice,
  FromPanel,
  type OriginalPicture,
  type PanelCommand,
  type PanelPicture,
  type ToPanel,
  type View,
} from "../../protocol/panel.js";
import type { Box, Finding, Report } from "../../report.js";
import { evaluateRecord, keptByOlderVersion } from "../../run/evaluate.js";
import type { ConsentRequest, Decision } from "../../run/types.js";
import type { RunRecord, RunResult } from "../../store/runs/runResult.js";
import { workflowOf } from "../../workflows/index.js";
import type { Workflow } from "../../workflows/workflow.js";
import { FindingNumbers } from "../findings/numbers.js";
import { type OwnSteps, showError, takeStep } from "../notify.js";
import { openChannel, startMessage } from "../pages/openChannel.js";
import type { Services } from "../services.js";
import { decisionOf } from "./consent.js";
import type { FeatureHost } from "./feature.js";
import { originalPicture, panelPicture } from "./panelPicture.js";
import { panelSteps } from "./panelSteps.js";
import { withPanelProgress } from "./progress.js";
import { Question } from "./question.js";
import { RunController, type RunDisplay, type Wanted } from "./runController.js";
import { savePicture, sayCopied } from "./savePicture.js";
import { type Over, ShownResult } from "./shownResult.js";
import type { Subject } from "./subjects.js";
import { useResult } from "./useResult.js";
import { failedView, loadingView } from "./views.js";
import { watchPicture } from "./watchPicture.js";

/** One panel: one workflow on one picture. Made new and restored by the same constructor. */
export class ResultPanel implements RunDisplay {
  readonly title: string;
  private readonly workflow: Workflow;
  private view: View;
  private picture: PanelPicture | undefined;
  private original: OriginalPicture | undefined;
  private done: ShownResult | undefined;
  private isStale = false;
  private readonly question = new Question();
  /** What was answered already to the question that the next run asks. */
  private answered: Choice | undefined;
  private readonly runs: RunController;
  private readonly steps: OwnSteps;
  private readonly featureHost: FeatureHost;
  private readonly channel: Channel<FromPanel, ToPanel>;

  constructor(
    private readonly panel: WebviewPanel,
    private readonly subject: Subject,
    private readonly services: Services,
    onDispose: () => void,
  ) {
    this.workflow = workflowOf(subject.workflow);
    this.title = `${this.workflow.title}: ${subject.name}`;
    this.view = loadingView(this.title);
    this.runs = new RunController(subject, services, this);
    this.steps = panelSteps(this.runs, subject.workflow, services.keys);
    this.featureHost = {
      subject,
      services,
      numbers: new FindingNumbers(),
      changed: () => this.redraw(),
      runAgain: () => this.runs.start(),
      replace: (run) => this.replace(run),
      whileRunning: (title, action) => this.runs.whileRunning(title, action),
    };
    this.channel = openChannel(panel, services.log, {
      incoming: FromPanel,
      receive: (message) => this.act(message),
      onError: (error) => void showError(error, services.log, this.steps),
    });
    const watching = [
      services.watch.onDidChange(() => void this.runs.takeAnswer()),
      ...(subject.uri ? [watchPicture(subject.uri, subject.id, (isOther) => this.setStale(isOther))] : []),
    ];
    panel.onDidDispose(() => {
      this.runs.dispose();
      this.done?.dispose();
      for (const disposable of watching) disposable.dispose();
      onDispose();
    });
  }

  get column(): ViewColumn | undefined {
    return this.panel.viewColumn;
  }

  /** The run that is shown; undefined until one is done. */
  get runKey(): string | undefined {
    return this.done?.runKey;
  }

  get isActive(): boolean {
    return this.panel.active;
  }

  runAgain(): Promise<void> {
    return this.runs.runAgain();
  }

  /** Has the page do what a keybinding asks for. */
  command(command: PanelCommand): void {
    this.channel.send({ type: "command", command });
  }

  get isSeen(): boolean {
    return this.panel.visible;
  }

  /** Where its picture is; undefined for a pasted one. */
  get uri(): Uri | undefined {
    return this.subject.uri;
  }

  /** What it shows; undefined until a run is done. */
  get report(): Report | undefined {
    return this.done?.report;
  }

  isAbout({ workflow, id, before }: Subject): boolean {
    const { subject } = this;
    return workflow === subject.workflow && id === subject.id && before?.id === subject.before?.id;
  }

  reveal(): void {
    this.panel.reveal();
  }

  close(): void {
    this.panel.dispose();
  }

  start(wanted?: Wanted): Promise<void> {
    void this.showOriginal();
    return this.runs.start(wanted);
  }

  /**
   * Shows a kept run without asking anyone.
   *
   * @param ofFeature what the page kept of the result's feature
   */
  async restore(kept: RunRecord, ofFeature: unknown): Promise<void> {
    const result = evaluateRecord(kept);
    if (!result) return this.showFailure(keptByOlderVersion(this.subject.name), false);
    // Of two, the one that the run is about.
    const prepared = kept.pictures.at(-1)?.prepared;
    if (prepared) this.showPicture(prepared);
    await this.showResult(result);
    await this.done?.feature?.restore?.(ofFeature);
  }

  showStart(): void {
    this.show(loadingView(this.title));
  }

  showStage(stage: string): void {
    if (this.view.state === "loading") this.show({ ...this.view, stage });
  }

  showPicture(picture: PreparedPicture): void {
    this.picture = panelPicture(picture);
    this.channel.send({ type: "picture", picture: this.picture });
  }

  showProvisional(findings: Finding[]): void {
    if (this.view.state === "loading") this.show({ ...this.view, findings });
  }

  async showKnown(result: RunResult): Promise<void> {
    if (this.done?.isAsked) return; // An earlier answer says more.
    const shown = await ShownResult.create(result, this.featureHost);
    if (this.view.state === "done" || !this.channel.isOpen) return shown.dispose();
    this.done?.dispose();
    this.done = shown;
    this.show(this.view);
  }

  withProgress<T>(
    title: string,
    action: (say: (words: string) => void) => Promise<T>,
    stop: AbortController,
  ): Promise<T> {
    return withPanelProgress(this.panel, title, action, stop);
  }

  async confirm(request: ConsentRequest, signal: AbortSignal): Promise<Decision> {
    const { answered } = this;
    this.answered = undefined;
    if (answered) return decisionOf(answered);
    this.show(this.question.view(this.title, request, this.workflow.offline !== undefined));
    const decision = await this.question.decision(signal);
    this.showStart();
    return decision;
  }

  async showResult(done: RunResult): Promise<void> {
    this.answered = undefined;
    const shown = await ShownResult.create(done, this.featureHost);
    this.done?.dispose();
    this.done = shown;
    this.isStale = false;
    this.showDone();
  }

  showFailure(error: UserError | CancelledError, wasOffline: boolean): void {
    this.answered = undefined;
    const findings = this.view.state === "loading" ? this.view.findings : [];
    // A cancelled second run leaves the first one's result.
    if (error instanceof CancelledError && this.done?.isAsked) return this.showDone();
    const canMeasure = this.workflow.offline !== undefined && !wasOffline;
    this.show(failedView(this.title, error, this.steps, canMeasure && !this.done, findings));
  }

  private showDone(): void {
    if (this.done && this.channel.isOpen) this.show(this.done.view(this.isStale));
  }

  /** Shows the same with what has changed in it. */
  private redraw(): void {
    if (this.view.state === "done") this.showDone();
    else this.show(this.view);
  }

  /** The picture as it lies on the disk, until it is prepared. */
  private async showOriginal(): Promise<void> {
    if (this.picture ?? this.original) return;
    // What cannot be read is said by the run.
    const bytes = await this.subject.bytes().catch(() => undefined);
    this.original = bytes && originalPicture(this.subject.name, bytes);
    if (this.original && !this.picture) this.channel.send({ type: "original", original: this.original });
  }

  /** Another answer in the place of the run's, by a person's own hand or wish. */
  private async replace(run: RunResult): Promise<void> {
    if (!this.done) return;
    const replaced = this.done.replace(run);
    this.showDone();
    await this.services.history.edit(replaced);
  }

  private async act(message: FromPanel): Promise<void> {
    switch (message.type) {
      case "ready":
        this.channel.send(startMessage());
        if (this.picture) this.channel.send({ type: "picture", picture: this.picture });
        else if (this.original) this.channel.send({ type: "original", original: this.original });
        return this.channel.send({ type: "view", view: this.shown });
      case "cancel":
        return this.runs.cancel();
      case "choose":
        return this.choose(message);
      case "cover":
        return this.cover(message.covers);
      case "runAgain":
        return this.runs.runAgain();
      case "next":
        return takeStep(message.step, this.steps);
      case "use":
        return this.done && useResult(message.how, this.done, this.subject, this.services.target);
      case "act":
        return this.done?.feature?.act(message.action);
      case "savePicture":
        return savePicture(message, this.subject);
      case "pictureCopied":
        return sayCopied(message.ok);
      case "pasted":
        return; // the empty panel's alone
    }
  }

  /** A person's answer; where they covered something by hand, the run begins anew with that, and has its answer. */
  private async choose({ choice, covers }: Extract<FromPanel, { type: "choose" }>): Promise<void> {
    const isSent = choice === "send" || choice === "uncover";
    if (covers.length === 0 || !isSent) return this.question.choose(choice);
    this.answered = choice;
    return this.cover(covers);
  }

  private cover(covers: readonly Box[]): Promise<void> {
    this.subject.covers = covers;
    return this.runs.restart();
  }

  /** A picture that changes on the disk makes the result stale: said, not hidden. */
  private setStale(isStale: boolean): void {
    if (isStale === this.isStale) return;
    this.isStale = isStale;
    this.redraw();
  }

  /** The result stays in sight, whatever goes on beside it. */
  private get shown(): View {
    const { view, done } = this;
    return done && isOver(view) ? done.view(this.isStale, view) : view;
  }

  private show(view: View): void {
    this.view = view;
    if (this.channel.isOpen) this.channel.send({ type: "view", view: this.shown });
  }
}

const isOver = (view: View): view is Over => view.state !== "done" && view.state !== "empty";
