import type { PanelPicture, View } from "../../src/protocol/panel.js";
import type { WorkflowView } from "../../src/protocol/workflows.js";
import { type Finding, type Impact, impacts, type Report } from "../../src/report.js";
import type { FeatureView } from "../features/feature.js";

export interface State {
  /** All that there are. */
  workflows: readonly WorkflowView[];
  view: View | undefined;
  picture: PanelPicture | undefined;
  /** The chosen finding, by its place in the unfiltered list. */
  chosen: number | undefined;
  /** The chosen mark's id. */
  chosenMark: string | undefined;
  shownImpacts: readonly Impact[];
  /** Display pixels per picture pixel, or as wide as the pane. */
  zoom: number | "fit";
  /** Whether the photo is shown as it was taken, instead of what was made of it. */
  asTaken: boolean;
  /** The name of the feature's place under the pointer or the focus. */
  hovered: string | undefined;
  /** What the kind of result shows beyond its report. */
  feature: FeatureView | undefined;
  /** What was pasted into the empty panel. */
  pasted: { name: string; bytes: string; preview: string } | undefined;
}

export function createStore(onChange: () => void) {
  let state: State = {
    workflows: [],
    view: undefined,
    picture: undefined,
    chosen: undefined,
    chosenMark: undefined,
    shownImpacts: impacts,
    zoom: "fit",
    asTaken: false,
    hovered: undefined,
    feature: undefined,
    pasted: undefined,
  };
  return {
    get: () => state,
    update: (change: Partial<State>) => {
      state = { ...state, ...change };
      onChange();
    },
  };
}

/** The findings of the view, numbered as they are listed, without those that are filtered out. */
export function shownFindings({ view, shownImpacts }: State): Array<{ finding: Finding; index: number }> {
  return allFindings(view)
    .map((finding, index) => ({ finding, index }))
    .filter(({ finding }) => shownImpacts.includes(finding.impact));
}

/** What a workflow says of its results. */
export const wordsOf = ({ workflows }: State, workflow: string): WorkflowView["words"] | undefined =>
  workflows.find(({ id }) => id === workflow)?.words;

export const reportOf = (view: View | undefined): Report | undefined =>
  view?.state === "done" ? view.report : undefined;

export function allFindings(view: View | undefined): readonly Finding[] {
  if (view?.state === "done") return view.report.findings;
  return view?.state === "loading" || view?.state === "failed" ? view.findings : [];
}
