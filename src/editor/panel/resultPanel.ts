import type { Uri, ViewColumn, WebviewPanel } from "vscode";
import { CancelledError, type UserError } from "../../errors.js";
import type { PreparedPicture } from "../../image/prepared.js";
import type { Channel } from "../../protocol/channel.js";
import { FromPanel, type PanelPicture, type ToPanel, type View } from "../../protocol/panel.js";
import type { Finding, Report } from "../../report.js";
import { evaluateRecord, keptByOlderVersion } from "../../run/evaluate.js";
import type { ConsentRequest, Decision } from "../../run/types.js";
import type { RunRecord, RunResult } from "../../store/runs/runResult.js";
import { workflowOf } from "../../workflows/index.js";
import type { Workflow } from "../../workflows/workflow.js";
import { type OwnSteps, showError, takeStep } from "../notify.js";
import { openChannel, startMessage } from "../pages/openChannel.js";
import type { Services } from "../services.js";
import type { FeatureHost } from "./feature.js";
import { panelPicture } from "./panelPicture.js";
import { panelSteps } from "./panelSteps.js";
import { Question } from "./question.js";
import { RunController, type RunDisplay, type Wanted } from "./runController.js";
import { ShownResult } from "./shownResult.js";
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
  private done: ShownResult | undefined;
  private isStale = false;
  private readonly question = new Question();
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
      changed: () => this.showDone(),
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

  async confirm(request: ConsentRequest, signal: AbortSignal): Promise<Decision> {
    this.show(this.question.view(this.title, request, this.workflow.offline !== undefined));
    const decision = await this.question.decision(signal);
    this.showStart();
    return decision;
  }

  async showResult(done: RunResult): Promise<void> {
    const shown = await ShownResult.create(done, this.featureHost);
    this.done?.dispose();
    this.done = shown;
    this.isStale = false;
    this.showDone();
  }

  showFailure(error: UserError | CancelledError, wasOffline: boolean): void {
    const findings = this.view.state === "loading" ? this.view.findings : [];
    // A cancelled second run leaves the first one's result.
    if (error instanceof CancelledError && this.done) return this.showDone();
    const canMeasure = this.workflow.offline !== undefined && !wasOffline;
    this.show(failedView(this.title, error, this.steps, canMeasure, findings));
  }

  private showDone(): void {
    if (this.done && this.channel.isOpen) this.show(this.done.view(this.isStale));
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
        return this.channel.send({ type: "view", view: this.view });
      case "cancel":
        return this.runs.cancel();
      case "choose":
        return this.question.choose(message.choice);
      case "runAgain":
        return this.runs.runAgain();
      case "next":
        return takeStep(message.step, this.steps);
      case "use":
        return this.done && useResult(message.how, this.done, this.subject, this.services.target);
      case "act":
        // What is shown meanwhile is another result, or none.
        return this.view.state === "done" ? this.done?.feature?.act(message.action) : undefined;
      case "pasted":
        return; // the empty panel's alone
    }
  }

  /** A picture that changes on the disk makes the result stale: said, not hidden. */
  private setStale(isStale: boolean): void {
    if (isStale === this.isStale) return;
    this.isStale = isStale;
    if (this.view.state === "done") this.showDone();
  }

  private show(view: View): void {
    this.view = view;
    this.channel.send({ type: "view", view });
  }
}
