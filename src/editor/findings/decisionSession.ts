import type { FindingsAction } from "../../protocol/findings.js";
import { dismissalWords, type Report } from "../../report.js";
import type { FindingDecisions, Looked } from "./decisions.js";

type Decision = Extract<FindingsAction, { action: "decide" }>;

/** What can be taken back. */
interface Step {
  words: string;
  back(): Promise<void>;
}

/** More steps than anyone goes back. */
const mostSteps = 100;

/** Decides about the findings of one panel, and takes it back step by step. */
export class DecisionSession {
  private readonly steps: Step[] = [];

  constructor(
    private readonly decisions: FindingDecisions,
    private readonly looked: Looked,
  ) {}

  /** What Undo takes back, in words. */
  get undoWords(): string | undefined {
    return this.steps.at(-1)?.words;
  }

  decide(report: Report, { keys, decision, dismissal }: Omit<Decision, "action">): Promise<void> {
    const word = decision === undefined ? "Reopened" : decision === "accepted" ? "Accepted" : "Dismissed";
    const reason =
      decision === "dismissed" && dismissal ? ` (${dismissalWords[dismissal].toLowerCase()})` : "";
    return this.change(report, keys, `${word} ${countWords(keys.length)}${reason}`, ({ comment }) => ({
      comment,
      decision,
      dismissal: decision === "dismissed" ? dismissal : undefined,
    }));
  }

  comment(report: Report, key: string, comment: string): Promise<void> {
    const words = comment === "" ? "Removed a comment" : "Commented on 1 finding";
    return this.change(report, [key], words, (before) => ({ ...before, comment: comment || undefined }));
  }

  async undo(): Promise<void> {
    await this.steps.pop()?.back();
  }

  private async change(
    report: Report,
    keys: readonly string[],
    words: string,
    changed: (before: ReturnType<FindingDecisions["of"]>[number]) => object,
  ): Promise<void> {
    const before = this.decisions.of(this.looked, report, keys);
    if (before.length === 0) return;
    this.steps.push({ words, back: () => this.decisions.decide(before) });
    if (this.steps.length > mostSteps) this.steps.shift();
    await this.decisions.decide(
      before.map((one) => {
        const { picture, key, problem, screen } = one;
        return { picture, key, problem, ...(screen === undefined ? {} : { screen }), ...changed(one) };
      }),
    );
  }
}

const countWords = (number: number): string => (number === 1 ? "1 finding" : `${number} findings`);
