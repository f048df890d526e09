import { html } from "lit";
import type { Actions } from "../../panel/main.js";
import { wordsOf } from "../../panel/state.js";
import type { FeatureView } from "../feature.js";
import { marksView } from "./marks.js";

/** Findings, which every report may have: what is said without any, and all that was measured. */
export const findingsFeature = (actions: Actions) => (): FeatureView => ({
  body: ({ report, isOffline }, state) => {
    const words = wordsOf(state, report.workflow)?.nothingFound;
    if (!words || report.findings.length > 0) return html``;
    return html`<p>${isOffline ? words.offline : words.asked}</p>`;
  },
  appendix: ({ report }, state) => marksView(report, state, actions),
});
