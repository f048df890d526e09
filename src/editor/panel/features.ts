import type { ResultKind } from "../../report.js";
import { createCompareFeature } from "../compare/compareFeature.js";
import { createGraphFeature } from "../diagram/graphFeature.js";
import { createFindingsFeature } from "../findings/findingsFeature.js";
import { createGridFeature } from "../grid/gridFeature.js";
import { createIssueFeature } from "../issue/issueFeature.js";
import type { CreateFeature } from "./feature.js";

/** The kinds of result with which more can be done than with any report. */
export const resultFeatures: Readonly<Partial<Record<ResultKind, CreateFeature>>> = {
  findings: createFindingsFeature,
  issue: createIssueFeature,
  graph: createGraphFeature,
  comparison: createCompareFeature,
  grid: createGridFeature,
};

/** The scripts of our bundle that a page needs for a kind of result, before its own. */
export const pageScripts: Readonly<Partial<Record<ResultKind, readonly string[]>>> = {
  graph: ["diagram.js"],
};
