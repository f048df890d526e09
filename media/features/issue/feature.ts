import { html } from "lit";
import { type IssueEdits, IssueView } from "../../../src/protocol/issue.js";
import type { Actions } from "../../panel/main.js";
import type { FeatureView } from "../feature.js";
import { issueView } from "./issueView.js";

/** A bug as a filled issue. */
export function issueFeature(actions: Actions): (view: unknown) => FeatureView {
  /** What was typed since the host last wrote the text. */
  let draft: IssueEdits = {};
  let revision = -1;
  return (view) => {
    const issue = IssueView.parse(view);
    if (issue.revision !== revision) draft = {};
    revision = issue.revision;
    const edit = (edits: IssueEdits) => {
      draft = { ...draft, ...edits };
      actions.act({ action: "edit", edits });
      actions.keep();
    };
    return {
      showsAll: true,
      ...(issue.host ? { primary: () => filing(issue.host ?? "", actions) } : {}),
      body: (_, state) => {
        const { title = issue.title, body = issue.body, labels = issue.labels } = draft;
        return issueView({ ...issue, title, body, labels }, edit, state, actions);
      },
      kept: () =>
        issue.edited || Object.keys(draft).length > 0 ? { ...editsOf(issue), ...draft } : undefined,
    };
  };
}

const editsOf = ({ title, body, labels, severity }: IssueView): IssueEdits => ({
  title,
  body,
  labels,
  severity,
});

const filing = (host: string, { act }: Actions) =>
  html`<button class="button" data-stop @click=${() => act({ action: "openIssuePage" })}>Open on ${host}</button>`;
