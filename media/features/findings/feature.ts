import { html } from "lit";
import type { Actions } from "../../panel/main.js";
import type { FeatureView } from "../feature.js";
import { marksView } from "./marks.js";
import { undecidedView } from "./undecided.js";

/** Findings, which every report may have: all that was measured, with and without a verdict. */
export const findingsFeature = (actions: Actions) => (): FeatureView => ({
  body: () => html``,
  appendix: ({ report }, state) =>
    html`${undecidedView(report, state, actions)} ${marksView(report, state, actions)}`,
});
