import type { ResultKind } from "../../src/report.js";
import type { Actions } from "../panel/main.js";
import { comparisonFeature } from "./comparison/feature.js";
import type { DoneView, FeatureView } from "./feature.js";
import { findingsFeature } from "./findings/feature.js";
import { graphFeature } from "./graph/feature.js";
import { gridFeature } from "./grid/feature.js";
import { issueFeature } from "./issue/feature.js";

/** Reads what the host's feature of the same kind sent. */
type ReadView = (view: unknown, done: DoneView) => FeatureView;

/** The kinds of result that show more than their report. */
export const features = (actions: Actions): Readonly<Partial<Record<ResultKind, ReadView>>> => ({
  findings: findingsFeature(actions),
  issue: issueFeature(actions),
  graph: graphFeature(actions),
  comparison: comparisonFeature(actions),
  grid: gridFeature(actions),
});
