import type { Uri } from "vscode";
import type { Document, Finding, Report } from "../../report.js";
import type { RunResult } from "../../store/runs/runResult.js";
import type { FindingNumbers } from "../findings/numbers.js";
import type { Services } from "../services.js";
import type { Subject } from "./subjects.js";

/** What a feature may ask of the panel that it is shown in. */
export interface FeatureHost {
  subject: Subject;
  services: Services;
  /** How the panel has numbered its findings so far. */
  numbers: FindingNumbers;
  /** Something else is to be shown. */
  changed(): void;
  /** Runs the workflow once more, with what it is told by now. */
  runAgain(): Promise<void>;
  /** The run's answer is another now: it is shown and kept. */
  replace(run: RunResult): Promise<void>;
  /** Does something that can be cancelled in a notification and in the panel. */
  whileRunning<T>(
    title: string,
    action: (signal: AbortSignal, say: (words: string) => void) => Promise<T>,
  ): Promise<T>;
}

/**
 * What can be seen and done in a panel with one kind of result, beyond what every report has. The page has a feature of
 * the same kind, in media/features.
 */
export interface ResultFeature {
  /**
   * What the page's feature shows; its schema is in src/protocol.
   *
   * @param arriving findings of an answer that is not there as a whole: they may change
   */
  view(arriving: readonly Finding[]): object;
  /**
   * Does what a person did on the page.
   *
   * @param action as the page's feature sent it, not checked yet
   * @throws RefusedMessageError when it is none of this feature's
   */
  act(action: unknown): Promise<void>;
  /**
   * The report as it is to be shown and used.
   *
   * @param arriving as in `view`; none where the report is used
   */
  report?(report: Report, arriving?: readonly Finding[]): Report;
  /** Told what is shown, and whether the picture is another by now. */
  shown?(report: Report, isStale: boolean): void;
  /**
   * The text to insert, copy or save, where it is not the report's own.
   *
   * @param from the document that it goes into
   * @param place where the text is going to be, or undefined when that is not known
   */
  document?(from: Uri | undefined, place: Uri | undefined): Promise<Document>;
  /** Goes on with what the page kept over a reload. */
  restore?(kept: unknown): Promise<void>;
  /** The panel is closed, or shows another run. */
  dispose?(): void;
}

/** @returns undefined when this run has nothing for the feature */
export type CreateFeature = (done: RunResult, host: FeatureHost) => Promise<ResultFeature | undefined>;
