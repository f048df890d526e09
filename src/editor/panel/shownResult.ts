import type { View } from "../../protocol/panel.js";
import { factsOf } from "../../render/facts.js";
import type { Report } from "../../report.js";
import { evaluate } from "../../run/evaluate.js";
import type { RunResult } from "../../store/runs/runResult.js";
import { workflowOf } from "../../workflows/index.js";
import type { FeatureHost, ResultFeature } from "./feature.js";
import { resultFeatures } from "./features.js";
import { type OfflineHint, offlineHint } from "./offlineHint.js";

/** What is said beside a result. */
export type Over = NonNullable<Extract<View, { state: "done" }>["over"]>;

/** A finished run in its panel, with what its kind of result can do. */
export class ShownResult {
  private constructor(
    private run: RunResult,
    readonly feature: ResultFeature | undefined,
    private readonly hint: OfflineHint | undefined,
  ) {}

  static async create(run: RunResult, host: FeatureHost): Promise<ShownResult> {
    const { workflow } = run.settings;
    const feature = await resultFeatures[workflowOf(workflow).presentation.result]?.(run, host);
    const hint = run.response ? undefined : await offlineHint(workflow, host.services.keys);
    return new ShownResult(run, feature, hint);
  }

  get runKey(): string {
    return this.run.runKey;
  }

  /** Whether a model was asked. */
  get isAsked(): boolean {
    return this.run.response !== undefined;
  }

  /** The report as its feature shows it. */
  get report(): Report {
    return this.feature?.report?.(this.run.report) ?? this.run.report;
  }

  /**
   * What the panel shows of it. The feature is told.
   *
   * @param isStale whether the picture is another by now
   * @param over what goes on, was asked or went wrong since
   */
  view(isStale: boolean, over?: Over): View {
    const { run, feature, hint } = this;
    feature?.shown?.(this.report, isStale);
    const arriving = over && "findings" in over ? over.findings : [];
    const report = feature?.report?.(run.report, arriving) ?? run.report;
    return {
      state: "done",
      runKey: run.runKey,
      report,
      facts: factsOf(run),
      stale: isStale,
      feature: { kind: workflowOf(run.settings.workflow).presentation.result, view: feature?.view(arriving) },
      ...(hint ? { offline: hint } : {}),
      ...(over ? { over } : {}),
    };
  }

  /**
   * Puts another answer in the place of the run's, by a person's own hand or wish.
   *
   * @returns the run with it
   */
  replace(run: RunResult): RunResult {
    this.run = { ...run, ...evaluate(workflowOf(run.settings.workflow), run) };
    return this.run;
  }

  dispose(): void {
    this.feature?.dispose?.();
  }
}
