import { html } from "lit";
import { FindingsView } from "../../../src/protocol/findings.js";
import type { Actions } from "../../panel/main.js";
import type { DoneView, FeatureView } from "../feature.js";
import { selectionView } from "./decide.js";
import { filterBar } from "./filterBar.js";
import { onCommand } from "./keys.js";
import { listView } from "./list.js";
import { marksView } from "./marks.js";
import { numberOf } from "./shown.js";
import { undecidedView } from "./undecided.js";

/** Findings: the list, and all that was measured, with and without a verdict. */
export function findingsFeature(actions: Actions): (view: unknown, done: DoneView) => FeatureView {
  let undo: string | undefined;
  return (raw, done) => {
    const view = FindingsView.parse(raw);
    const { findings } = actions.state();
    const isFirst = findings.lastOfFirst === Number.POSITIVE_INFINITY && view.arriving.length === 0;
    // What comes while the run goes on moves nothing that stands there.
    if (isFirst && done.over?.state === "loading")
      actions.update({
        findings: { ...findings, lastOfFirst: Math.max(0, ...done.report.findings.map(numberOf)) },
      });
    if (view.undo !== undo) {
      if (view.undo !== undefined) actions.announce(view.undo);
      undo = view.undo;
    }
    return {
      tools: (current) => html`${filterBar(current, actions)} ${selectionView(current, actions)}`,
      body: (_, current) => listView(view, current, actions),
      appendix: ({ report }, current) =>
        html`${undecidedView(report, current, actions)} ${marksView(report, current, actions)}`,
      buttons: () =>
        view.undo === undefined
          ? html``
          : html`<button class="tool" data-stop title="Undo: ${view.undo} (Ctrl+Z)" @click=${() => actions.act({ action: "undo" })}>Undo</button>`,
      command: (command) => onCommand(command, actions),
    };
  };
}
