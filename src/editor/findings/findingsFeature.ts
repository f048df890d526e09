import { commands, env } from "vscode";
import { readMessage } from "../../protocol/channel.js";
import { FindingsAction, type FindingsView } from "../../protocol/findings.js";
import type { Finding, Report } from "../../report.js";
import type { RunResult } from "../../store/runs/runResult.js";
import { showStatus } from "../notify.js";
import type { FeatureHost, ResultFeature } from "../panel/feature.js";
import { DecisionSession } from "./decisionSession.js";
import type { Looked } from "./decisions.js";
import { findingsDocument, openFindingsIssue } from "./findingsIssue.js";
import { fixesOf } from "./fixes.js";
import { withArriving } from "./numbers.js";

/** Findings: a person's decisions about them, what is made of them, their colours, and the Problems panel. */
export async function createFindingsFeature(run: RunResult, host: FeatureHost): Promise<ResultFeature> {
  await host.services.decisions.refresh();
  return new FindingsFeature(run, host);
}

class FindingsFeature implements ResultFeature {
  private readonly session: DecisionSession;
  private readonly looked: Looked;

  constructor(
    private readonly run: RunResult,
    private readonly host: FeatureHost,
  ) {
    const { subject, services } = host;
    this.looked = { picture: subject.id, screen: subject.uri?.toString() };
    this.session = new DecisionSession(services.decisions, this.looked);
  }

  view(arriving: readonly Finding[]): FindingsView {
    const { undoWords } = this.session;
    return {
      fixes: fixesOf({ ...this.run.report, findings: withArriving(this.run.report.findings, arriving) }),
      arriving: arriving.map(({ key }) => key),
      ...(undoWords === undefined ? {} : { undo: undoWords }),
    };
  }

  /** With what was decided about the findings, each with the number that it keeps. */
  report(report: Report, arriving: readonly Finding[] = []): Report {
    const decided = this.host.services.decisions.apply(this.looked, report);
    return { ...report, findings: this.host.numbers.number(withArriving(decided, arriving)) };
  }

  shown({ findings }: Report, isStale: boolean): void {
    const { services, subject } = this.host;
    if (!subject.uri) return;
    if (isStale) services.problems.clear(this);
    else services.problems.show(this, subject.uri, findings);
  }

  async act(raw: unknown): Promise<void> {
    const action = readMessage(FindingsAction, raw);
    switch (action.action) {
      case "decide":
        await this.session.decide(this.run.report, action);
        return this.host.changed();
      case "comment":
        await this.session.comment(this.run.report, action.key, action.comment.trim());
        return this.host.changed();
      case "undo":
        await this.session.undo();
        return this.host.changed();
      case "copy":
        await env.clipboard.writeText(findingsDocument(this.chosen(action.keys)).text);
        return showStatus(action.keys.length === 1 ? "Finding copied." : "Findings copied.");
      case "issue":
        return openFindingsIssue(this.chosen(action.keys), this.host);
      case "findInFiles":
        return this.findInFiles(action.key);
      case "copyColour":
        await env.clipboard.writeText(action.colour);
        return showStatus(`${action.colour} copied.`);
    }
  }

  dispose(): void {
    this.host.services.problems.clear(this);
  }

  private chosen(keys: readonly string[]): Finding[] {
    return this.report(this.run.report).findings.filter(({ key }) => keys.includes(key));
  }

  /** Opens VS Code's search with the words that the finding is about, or else its title. */
  private async findInFiles(key: string): Promise<void> {
    const [finding] = this.chosen([key]);
    if (!finding) return;
    const words = this.run.report.texts.find(
      ({ id, text }) => finding.marks.includes(id) && text !== "",
    )?.text;
    await commands.executeCommand("workbench.action.findInFiles", {
      query: words ?? finding.title,
      triggerSearch: true,
      isRegex: false,
    });
  }
}
