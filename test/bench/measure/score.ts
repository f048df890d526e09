import { overlapOf } from "../../../src/measure/boxes.js";
import type { Measurement } from "../../../src/measure/measurement.js";
import type { Box, TextMark } from "../../../src/report.js";
import { similarity } from "../../../src/text/similarity.js";
import type { Cause } from "./causes.js";
import { scoreControls } from "./scoreControls.js";
import type { Truth, TruthRun } from "./truth.js";

/** What became of a run of text whose contrast is too low. */
export type Outcome = "caught" | "calledPassing" | "unmeasured" | "silent";

/** What came of measuring pictures whose truth is known: counts, and the errors of the ratio. */
export interface Score {
  pictures: number;
  /** Runs that fail, and what became of them. */
  failing: number;
  outcomes: Record<Outcome, number>;
  passing: number;
  /** Passing runs that no mark is on, or that were read as something else. */
  passingLost: number;
  /** Marks that say that they fail, those of them on a failing text, and, counted apart, those on an exempt one. */
  alarms: number;
  alarmsRight: number;
  alarmsExempt: number;
  /** Marks that are not judged, and those of them that lie on no text. */
  notJudged: number;
  notJudgedOnNothing: number;
  /** Relative errors of the ratio, one for each measured run. */
  errors: number[];
  /** Outlined controls of 24 CSS pixels and more; marks of controls; drawn targets below 24 CSS pixels. */
  controls: number;
  controlsFound: number;
  controlMarks: number;
  controlMarksWrong: number;
  small: number;
  smallFound: number;
  smallMarks: number;
  smallMarksWrong: number;
  /** Pictures whose pixel ratio was guessed right. */
  ratioRight: number;
  causes: Map<Cause, { failing: number; outcomes: Record<Outcome, number> }>;
}

const noOutcomes = (): Record<Outcome, number> => ({ caught: 0, calledPassing: 0, unmeasured: 0, silent: 0 });

export const emptyScore = (): Score => ({
  pictures: 0,
  failing: 0,
  outcomes: noOutcomes(),
  passing: 0,
  passingLost: 0,
  alarms: 0,
  alarmsRight: 0,
  alarmsExempt: 0,
  notJudged: 0,
  notJudgedOnNothing: 0,
  errors: [],
  controls: 0,
  controlsFound: 0,
  controlMarks: 0,
  controlMarksWrong: 0,
  small: 0,
  smallFound: 0,
  smallMarks: 0,
  smallMarksWrong: 0,
  ratioRight: 0,
  causes: new Map(),
});

/** Something that went wrong, for the page of crops. */
export interface Miss {
  what: string;
  /** Pixels of the picture. */
  box: Box;
  /** The worst is highest. */
  harm: number;
}

/** Whether a mark covers at least half of a word, on its line and not on several. */
const covers = (mark: Box, word: Box): boolean =>
  overlapOf(mark, word).across >= word.width * 0.5 &&
  overlapOf(mark, word).down >= word.height * 0.3 &&
  mark.height <= word.height * 2.2;

const touches = (one: Box, other: Box): boolean =>
  overlapOf(one, other).across > 0 && overlapOf(one, other).down > 0;

/** How bad each outcome is, of all misses. */
const harms: Record<Outcome, number> = { calledPassing: 3, silent: 2, unmeasured: 1, caught: 0 };

/** Adds what was measured of one picture to a score. */
export function addPicture(score: Score, truth: Truth, measured: Measurement): Miss[] {
  score.pictures++;
  if (measured.pixelRatio === truth.shot.ratio) score.ratioRight++;
  return [
    ...scoreRuns(score, truth.runs, measured.texts),
    ...scoreMarks(score, truth.runs, measured.texts),
    ...scoreControls(score, truth, measured.controls),
  ];
}

/** What can be argued about is neither counted as failing nor as passing. */
const isJudged = ({ exempt, shadowed }: TruthRun): boolean => exempt === undefined && !shadowed;

function scoreRuns(score: Score, runs: readonly TruthRun[], marks: readonly TextMark[]): Miss[] {
  return runs.filter(isJudged).flatMap((run) => {
    const over = marks.filter(({ box }) => run.words.some((word) => covers(box, wordBox(word))));
    const measured = over.flatMap(({ contrast }) => (contrast.status === "measured" ? [contrast] : []));
    if (measured.length > 0)
      score.errors.push(Math.min(...measured.map(({ worst }) => Math.abs(worst - run.worst) / run.worst)));
    if (run.worst >= run.needed) {
      score.passing++;
      if (over.length === 0 || isGarbled(run, over)) score.passingLost++;
      return [];
    }
    const outcome: Outcome = measured.some(({ passes }) => !passes)
      ? "caught"
      : measured.length > 0
        ? "calledPassing"
        : over.length > 0
          ? "unmeasured"
          : "silent";
    score.failing++;
    score.outcomes[outcome]++;
    for (const cause of run.causes) {
      const row = score.causes.get(cause) ?? { failing: 0, outcomes: noOutcomes() };
      score.causes.set(cause, row);
      row.failing++;
      row.outcomes[outcome]++;
    }
    if (outcome === "caught") return [];
    const text = run.words.map((word) => word.text).join(" ");
    const said = measured.map(
      ({ worst, foreground, background }) => `${worst.toFixed(2)} ${foreground} on ${background}`,
    );
    const what = `${outcome}: “${text}” has ${run.worst.toFixed(2)} of ${run.needed} (${run.causes.join(", ")}) ${said.join("; ")}`;
    const box = run.words[0]?.box ?? { x: 0, y: 0, width: 0, height: 0 };
    return [{ what, box, harm: harms[outcome] + Math.min(0.9, (run.needed - run.worst) / run.needed) }];
  });
}

function scoreMarks(score: Score, runs: readonly TruthRun[], marks: readonly TextMark[]): Miss[] {
  return marks.flatMap(({ box, text, contrast }) => {
    const under = runs.filter(({ words }) => words.some((word) => touches(box, word.letters)));
    if (contrast.status === "unmeasured") {
      score.notJudged++;
      if (under.length === 0) score.notJudgedOnNothing++;
      return [];
    }
    if (contrast.passes) return [];
    // A shadow may be counted or not: an alarm on it is neither right nor wrong.
    if (under.some(({ shadowed }) => shadowed)) return [];
    const beneath = under.filter(({ words }) => words.some((word) => covers(box, wordBox(word))));
    if (beneath.some((run) => run.exempt === undefined && run.worst < run.needed)) {
      score.alarms++;
      score.alarmsRight++;
      return [];
    }
    const exempt = under.some((run) => run.exempt !== undefined);
    if (exempt) score.alarmsExempt++;
    else score.alarms++;
    const truth = under.map(
      (run) => `“${run.words.map((word) => word.text).join(" ")}” ${run.worst.toFixed(2)}`,
    );
    const what = `false alarm${exempt ? " on exempt text" : ""}: “${text}” ${contrast.worst.toFixed(2)} ${contrast.foreground} on ${contrast.background}; there: ${truth.join(", ") || "no text"}`;
    return [{ what, box, harm: exempt ? 0.5 : 1.5 }];
  });
}

/** A word's letters across, its font's box down: marks may hold a line, or letters alone. */
const wordBox = ({ box, letters }: TruthRun["words"][number]): Box => ({
  x: letters.x,
  width: letters.width,
  y: Math.min(box.y, letters.y),
  height: Math.max(box.y + box.height, letters.y + letters.height) - Math.min(box.y, letters.y),
});

/** Whether most words of a Latin text were read as something else. What is in another script is not read. */
function isGarbled({ words }: TruthRun, over: readonly TextMark[]): boolean {
  const latin = words.filter(({ text }) => (text.match(/\p{Script=Latin}/gu) ?? []).length >= 2);
  const read = over.flatMap(({ text }) => text.split(" "));
  const known = latin.filter(({ text }) => read.some((word) => similarity(word, text) >= 0.6));
  return known.length < latin.length / 2;
}
