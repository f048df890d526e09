import type { PanelPicture, View } from "../../src/protocol/panel.js";
import { type Finding, type Impact, impacts, type Report } from "../../src/report.js";

export interface State {
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
  /** The element of a diagram under the pointer or the focus; u1, u2, … are its unreadable places. */
  hovered: string | undefined;
  /** What is to be refined, until that is done. */
  sentence: string;
  /** A diagram's text as typed, until the host has answered. */
  draft: string | undefined;
  /** What was pasted into the empty panel. */
  pasted: { name: string; bytes: string; preview: string } | undefined;
}

export function createStore(onChange: () => void) {
  let state: State = {
    view: undefined,
    picture: undefined,
    chosen: undefined,
    chosenMark: undefined,
    shownImpacts: impacts,
    zoom: "fit",
    asTaken: false,
    hovered: undefined,
    sentence: "",
    draft: undefined,
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

export const reportOf = (view: View | undefined): Report | undefined =>
  view?.state === "done" ? view.report : undefined;

export function allFindings(view: View | undefined): readonly Finding[] {
  if (view?.state === "done") return view.report.findings;
  return view?.state === "loading" || view?.state === "failed" ? view.findings : [];
}
