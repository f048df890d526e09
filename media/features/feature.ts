import type { TemplateResult } from "lit";
import type { PanelCommand, View } from "../../src/protocol/panel.js";
import type { Box, Report } from "../../src/report.js";
import type { State } from "../panel/state.js";

/** A place on the picture that a feature shows. */
export interface Place {
  name: string;
  /** Pixels of the original. */
  box: Box;
  isDoubtful: boolean;
}

/** A finished run, as a feature sees it. */
export interface Done {
  report: Report;
  isOffline: boolean;
}

/** A view with a result. */
export type DoneView = Extract<View, { state: "done" }>;

/** What the page shows of one kind of result beyond what every report has. */
export interface FeatureView {
  /** It says itself what the report leaves open, and its fields: they are folded away, or left out. */
  showsAll?: true;
  /** In the place of Insert, as what one most likely wants to do with the result. */
  primary?(): TemplateResult;
  /** In the place of the picture. */
  stage?(state: State): TemplateResult;
  /** In the place of the list of findings. */
  list?(state: State): TemplateResult;
  /** Beside the buttons that every result has. */
  buttons?(): TemplateResult;
  /** Above what is scrolled. */
  tools?(state: State): TemplateResult;
  /** Between the buttons and what was read. */
  body(done: Done, state: State): TemplateResult;
  /** Below what was read. */
  appendix?(done: Done, state: State): TemplateResult;
  places?(): Place[];
  /** What is kept over a reload. */
  kept?(): unknown;
  /** After the page was drawn. */
  drawn?(state: State): void;
  /** Does what a keybinding asks for. */
  command?(command: PanelCommand): void;
}
