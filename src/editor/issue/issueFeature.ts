import type { Uri } from "vscode";
import { readMessage } from "../../protocol/channel.js";
import { IssueAction, IssueEdits } from "../../protocol/issue.js";
import type { Document } from "../../report.js";
import type { RunResult } from "../../store/runs/runResult.js";
import type { FeatureHost, ResultFeature } from "../panel/feature.js";
import { TriageIssue } from "./triageIssue.js";

/** A bug as a filled issue. */
export async function createIssueFeature(done: RunResult, host: FeatureHost): Promise<ResultFeature> {
  return new IssueFeature(await TriageIssue.create(done, host.subject, host.services.log), host);
}

class IssueFeature implements ResultFeature {
  constructor(
    private readonly issue: TriageIssue,
    private readonly host: FeatureHost,
  ) {}

  view(): object {
    return this.issue.view();
  }

  async act(raw: unknown): Promise<void> {
    const action = readMessage(IssueAction, raw);
    switch (action.action) {
      case "chooseTemplate":
        this.issue.choose(action.template);
        return this.host.changed();
      case "openIssuePage":
        return this.issue.openPage();
      case "edit":
        // The page shows what is typed: it is not told its own text.
        return this.issue.edit(action.edits);
      case "severity":
        this.issue.setSeverity(action.severity);
        return this.host.changed();
      case "reset":
        this.issue.reset();
        return this.host.changed();
      case "openFrame":
        return this.issue.openFrame(action.frame);
    }
  }

  /** Goes on with what was typed. */
  async restore(kept: unknown): Promise<void> {
    const edits = IssueEdits.safeParse(kept);
    if (!edits.success) return;
    this.issue.edit(edits.data);
    this.host.changed();
  }

  document(from: Uri | undefined): Promise<Document> {
    return this.issue.document(from);
  }
}
