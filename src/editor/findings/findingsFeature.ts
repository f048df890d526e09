import { env } from "vscode";
import { readMessage } from "../../protocol/channel.js";
import { FindingsAction } from "../../protocol/findings.js";
import { type Finding, type Report, standingOf, standings } from "../../report.js";
import { showStatus } from "../notify.js";
import type { FeatureHost, ResultFeature } from "../panel/feature.js";

/** Findings: a person's decisions about them, their colours, and the Problems panel. */
export async function createFindingsFeature(_: unknown, host: FeatureHost): Promise<ResultFeature> {
  return new FindingsFeature(host);
}

class FindingsFeature implements ResultFeature {
  constructor(private readonly host: FeatureHost) {}

  view(): object {
    return {};
  }

  /** With what was decided about the findings, those that count first. */
  report(report: Report): Report {
    const { services, subject } = this.host;
    const findings = services.decisions.apply(subject.sha256, report.findings);
    const order = (finding: Finding) => standings.indexOf(standingOf(finding));
    return { ...report, findings: findings.sort((a, b) => order(a) - order(b)) };
  }

  shown({ findings }: Report, isStale: boolean): void {
    const { services, subject } = this.host;
    if (!subject.uri) return;
    if (isStale) services.problems.clear(this);
    else services.problems.show(this, subject.uri, findings);
  }

  async act(raw: unknown): Promise<void> {
    const action = readMessage(FindingsAction, raw);
    const { services, subject } = this.host;
    switch (action.action) {
      case "decide":
        await services.decisions.decide(subject.sha256, action.key, action.decision);
        return this.host.changed();
      case "copyColour":
        await env.clipboard.writeText(action.colour);
        return showStatus(`${action.colour} copied.`);
    }
  }

  dispose(): void {
    this.host.services.problems.clear(this);
  }
}
