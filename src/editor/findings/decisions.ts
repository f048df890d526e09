import { problemHashes } from "../../render/overview.js";
import type { Finding, Report } from "../../report.js";
import type { Decided, DecisionStore, FindingPlace } from "../../store/decisions.js";

/** Where findings were made: in a picture, which may show a screen that was looked at before. */
export interface Looked {
  /** The picture's id. */
  picture: string;
  /** Where it lies, as a URI. */
  screen: string | undefined;
}

/** A report's findings, with what was decided about them. */
export class FindingDecisions {
  constructor(private readonly store: DecisionStore) {}

  /** Has to be called before `apply`, once. */
  refresh(): Promise<void> {
    return this.store.refresh();
  }

  apply(looked: Looked, report: Report): Finding[] {
    const placeOf = placing(looked, report);
    return report.findings.map((finding) => ({ ...finding, ...this.store.find(placeOf(finding)) }));
  }

  /** What is decided about findings now. */
  of(looked: Looked, report: Report, keys: readonly string[]): Array<FindingPlace & Decided> {
    const placeOf = placing(looked, report);
    return report.findings
      .filter(({ key }) => keys.includes(key))
      .map((finding) => ({ ...placeOf(finding), ...this.store.find(placeOf(finding)) }));
  }

  decide(decisions: ReadonlyArray<FindingPlace & Decided>): Promise<void> {
    return this.store.decide(decisions);
  }
}

function placing({ picture, screen }: Looked, report: Report): (finding: Finding) => FindingPlace {
  const problems = problemHashes(report);
  return ({ key }) => ({
    picture,
    ...(screen === undefined ? {} : { screen }),
    key,
    problem: problems.get(key) ?? "",
  });
}
