import { IssueView } from "../../../src/protocol/issue.js";
import type { Actions } from "../../panel/main.js";
import type { FeatureView } from "../feature.js";
import { issueView } from "./issueView.js";

/** A bug as a filled issue. */
export const issueFeature =
  (actions: Actions) =>
  (view: unknown): FeatureView => {
    const issue = IssueView.parse(view);
    return { body: (_, state) => issueView(issue, state, actions) };
  };
