import type { ControlMark, Finding, TextMark } from "../report.js";

/** A text whose contrast could be measured. */
export type MeasuredText = TextMark & { contrast: Extract<TextMark["contrast"], { status: "measured" }> };

/** What a measured mark says of a criterion; unsure where its error reaches over the threshold. */
export type Verdict = "fails" | "passes" | "unsure";

/** What a verdict may depend on, beside the mark itself. */
export interface Page {
  controls: readonly ControlMark[];
  /** Pixels of the original for each CSS pixel. */
  pixelRatio: number;
}

/** Marks that fail in the same way, at least one. */
export type Alike<Mark> = readonly [Mark, ...Mark[]];

/**
 * One success criterion, as far as pixels tell it. The same value makes measured findings and weighs the model's
 * claims, so that each threshold and each sentence stands once.
 */
export interface Check<Mark> {
  /** Its number in WCAG 2.2. */
  criterion: string;
  verdict(mark: Mark, page: Page): Verdict;
  /** Orders marks from the worst to the best. */
  rank(mark: Mark): number;
  /** What the mark has, with the numbers, such as “2.32:1, #aaaaaa on #ffffff”. */
  words(mark: Mark): string;
  /** What WCAG asks of the mark, such as “4.5:1 is needed”. */
  needed(mark: Mark): string;
  /** What a claim with this number says, and what one without says. */
  claim(value: number): string;
  /** How findings are made of marks that fail; absent where only claims are weighed. */
  findings?: FindingMaker<Mark>;
}

export interface FindingMaker<Mark> {
  /** Whether a mark that fails is a finding by measure alone. */
  covers(mark: Mark, page: Page): boolean;
  /** What is said of such marks that are left without a verdict; absent where there are none. */
  doubt?: string;
  /** Marks with the same text here are one finding. */
  groupBy(mark: Mark): string;
  /** Parts such a group into findings where that takes more than a text; the first of each stands for the others. */
  split?(alike: Alike<Mark>): Alike<Mark>[];
  describe(
    alike: Alike<Mark>,
    page: Page,
  ): Pick<Finding, "impact" | "title" | "where" | "problem" | "affected" | "fix"> &
    /** High, unless something speaks against it. */
    Partial<Pick<Finding, "confidence">>;
}

/** A check with the kind of marks that it is about. */
export type AnyCheck = ({ of: "text" } & Check<MeasuredText>) | ({ of: "control" } & Check<ControlMark>);
