import type { Uri } from "vscode";
import { readMessage } from "../../protocol/channel.js";
import { IssueAction } from "../../protocol/issue.js";
import type { Document } from "../../report.js";
import type { RunResult } from "../../store/runs/runResult.js";
import { showInfo, showStatus } from "../notify.js";
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
      case "pictureCopied":
        if (action.ok) return showStatus("Picture copied.");
        return showInfo("The picture could not be copied: the clipboard of this window takes no pictures.");
    }
  }

  document(from: Uri | undefined): Promise<Document> {
    return this.issue.document(from);
  }
}
