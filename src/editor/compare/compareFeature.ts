import { env, Uri, window, workspace } from "vscode";
import type { PreparedPicture } from "../../image/prepared.js";
import { readMessage } from "../../protocol/channel.js";
import { ComparisonAction, type ComparisonView } from "../../protocol/comparison.js";
import { standingOf } from "../../report.js";
import { currentAnswer, type RunResult } from "../../store/runs/runResult.js";
import { compare, type EvaluatedComparison, type JudgedChange } from "../../workflows/compare/compare.js";
import { known } from "../../workflows/workflow.js";
import { showStatus } from "../notify.js";
import type { FeatureHost, ResultFeature } from "../panel/feature.js";
import { panelPicture } from "../panel/panelPicture.js";
import { addZone } from "./ignoreFile.js";
import { Replacement } from "./replacement.js";

/** Two pictures side by side with what changed. Nothing of it is there without both pictures. */
export async function createCompareFeature(
  run: RunResult,
  host: FeatureHost,
): Promise<ResultFeature | undefined> {
  const [before, after] = run.pictures;
  const evaluated = known(compare, currentAnswer(run), run.pictures, run.settings.parameters);
  if (!evaluated || !before.prepared || !after?.prepared) return undefined;
  return new CompareFeature(run, evaluated, before.prepared, after.prepared, host);
}

class CompareFeature implements ResultFeature {
  private readonly replacement: Replacement;

  constructor(
    private readonly run: RunResult,
    private readonly evaluated: EvaluatedComparison,
    private readonly before: PreparedPicture,
    private readonly after: PreparedPicture,
    private readonly host: FeatureHost,
  ) {
    this.replacement = new Replacement(host.subject);
  }

  view(): ComparisonView {
    const { evaluated, run, replacement } = this;
    const { comparison, changes } = evaluated;
    const { canAccept, canReject, done } = replacement;
    return {
      before: panelPicture(this.before),
      after: panelPicture(this.after),
      scale: comparison.scale,
      rows: comparison.rows,
      changes: changes.map((change, index) => {
        const finding = run.report.findings[index];
        return { ...viewOf(change), standing: finding ? standingOf(finding) : "stands" };
      }),
      canAccept,
      canReject,
      ...(done ? { done } : {}),
    };
  }

  async act(raw: unknown): Promise<void> {
    const action = readMessage(ComparisonAction, raw);
    switch (action.action) {
      case "accept":
        await this.replacement.accept();
        return this.host.changed();
      case "reject":
        await this.replacement.reject();
        return this.host.changed();
      case "undo":
        await this.replacement.undo();
        return this.host.changed();
      case "ignore":
        return this.ignore(action.change);
      case "copySummary":
        await env.clipboard.writeText(this.run.report.summary);
        return showStatus("Summary copied.");
    }
  }

  /** Writes the place into the workspace's file. The comparison that is shown is one without it. */
  private async ignore(index: number): Promise<void> {
    const change = this.evaluated.changes[index];
    const place = change?.regions[0]?.change.after;
    if (!change || !place) return;
    const name = await window.showInputBox({
      title: "Ignore This Zone from Now On",
      prompt: "What is it? The name stands in the workspace's file of ignored zones.",
      value: change.title.slice(0, 100),
      validateInput: (value) => (value.trim() === "" ? "It needs a name." : undefined),
    });
    if (name === undefined) return;
    const { uri, before } = this.host.subject;
    const picture = uri ?? (before?.uri?.startsWith("file:") ? Uri.parse(before.uri, true) : undefined);
    const file = await addZone(picture, { name: name.trim().slice(0, 100), box: place });
    showStatus(`${workspace.asRelativePath(file)} was written: it holds from the next run on.`);
    await this.host.runAgain();
  }
}

/** A change as the page shows it. */
function viewOf(judged: JudgedChange): Omit<ComparisonView["changes"][number], "standing"> {
  const { title, words, consequences, intent, substance, evidence, regions, box, checked } = judged;
  return {
    title,
    words,
    consequences: [...consequences],
    intent,
    facts: [
      // Without a model, its words are the numbers already.
      ...(evidence === "measured" ? [] : regions.map(({ facts }) => `${facts.join("; ")}.`)),
      ...(checked ? [checked] : []),
    ],
    substance,
    evidence,
    before: regions.flatMap(({ change }) => change.before ?? []),
    after: regions.length > 0 ? regions.flatMap(({ change }) => change.after ?? []) : box ? [box] : [],
  };
}
