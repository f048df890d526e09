import type { PanelPicture, View } from "../../src/protocol/panel.js";
import type { WorkflowView } from "../../src/protocol/workflows.js";
import type { Finding, Report } from "../../src/report.js";
import type { FeatureView } from "../features/feature.js";
import { type FindingsState, initialFindings } from "../features/findings/findingsState.js";
import type { Covers } from "./picture/covers.js";
import type { Eyedropper } from "./picture/eyedropper.js";
import type { Simulation } from "./picture/simulation.js";
import type { Zoom } from "./picture/zoom.js";

export interface State {
  /** All that there are. */
  workflows: readonly WorkflowView[];
  view: View | undefined;
  picture: PanelPicture | undefined;
  /** The chosen finding's key. */
  chosen: string | undefined;
  /** The chosen mark's id. */
  chosenMark: string | undefined;
  /** The chosen change of a comparison, by its place in the list. */
  chosenChange: number | undefined;
  findings: FindingsState;
  zoom: Zoom;
  /** The numbers that stand at one place of the picture and are listed, by the first finding's key. */
  openCluster: string | undefined;
  /** The menu that is open. */
  openMenu: "picture" | "filter" | undefined;
  /** There while colours are looked at. */
  eyedropper: Eyedropper | undefined;
  /** There while the picture is covered by hand. */
  covers: Covers | undefined;
  simulation: Simulation;
  /** Whether the photo is shown as it was taken, instead of what was made of it. */
  asTaken: boolean;
  /** Whether all of the summary is shown. */
  isSummaryOpen: boolean;
  /** The name of the feature's place under the pointer or the focus. */
  hovered: string | undefined;
  /** What the kind of result shows beyond its report. */
  feature: FeatureView | undefined;
  /** What was pasted into the empty panel. */
  pasted: { name: string; bytes: string; preview: string } | undefined;
  /** What a screen reader is told. */
  announcement: string;
}

export function createStore(onChange: () => void) {
  let state: State = {
    workflows: [],
    view: undefined,
    picture: undefined,
    chosen: undefined,
    chosenMark: undefined,
    chosenChange: undefined,
    findings: initialFindings,
    zoom: "fit",
    openCluster: undefined,
    openMenu: undefined,
    eyedropper: undefined,
    covers: undefined,
    simulation: "none",
    asTaken: false,
    isSummaryOpen: false,
    hovered: undefined,
    feature: undefined,
    pasted: undefined,
    announcement: "",
  };
  return {
    get: () => state,
    update: (change: Partial<State>) => {
      state = { ...state, ...change };
      onChange();
    },
  };
}

/** What a workflow says of its results. */
export const wordsOf = ({ workflows }: State, workflow: string): WorkflowView["words"] | undefined =>
  workflows.find(({ id }) => id === workflow)?.words;

export const reportOf = (view: View | undefined): Report | undefined =>
  view?.state === "done" ? view.report : undefined;

/** The findings of the view, in the order of their numbers. */
export const allFindings = (view: View | undefined): readonly Finding[] => reportOf(view)?.findings ?? [];
