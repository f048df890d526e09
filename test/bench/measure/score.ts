import { around, overlapOf } from "../../../src/measure/boxes.js";
import type { Measurement } from "../../../src/measure/measurement.js";
import type { Box, TextMark } from "../../../src/report.js";
import { similarity } from "../../../src/text/similarity.js";
import type { Cause } from "./causes.js";
import { scoreControls } from "./scoreControls.js";
import type { Truth, TruthRun, TruthWord } from "./truth.js";

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
function covers(mark: Box, { box, letters }: TruthWord): boolean {
  // A mark may hold a line, or letters alone, which some fonts draw in the lower third of theirs.
  const word = around([box, letters]);
  return (
    overlapOf(mark, letters).across >= letters.width * 0.5 &&
    (overlapOf(mark, word).down >= word.height * 0.3 ||
      overlapOf(mark, letters).down >= letters.height * 0.7) &&
    mark.height <= word.height * 2.2
  );
}

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
    const over = marks.filter(({ box }) => run.words.some((word) => covers(box, word)));
    const measured = over.flatMap(({ contrast }) => (contrast.status === "measured" ? [contrast] : []));
    if (measured.length > 0)
      score.errors.push(Math.min(...measured.map(({ worst }) => Math.abs(worst - run.worst) / run.worst)));
    if (run.worst >= run.needed) {
      score.passing++;
      if (over.length > 0 && !isGarbled(run, over)) return [];
      score.passingLost++;
      const read = over.map(({ text }) => text).join(" ");
      const what = `passing text ${over.length === 0 ? "not mentioned" : `read as “${read}”`}: “${textOf(run)}” has ${run.worst.toFixed(2)} (${run.causes.join(", ")})`;
      return [{ what, box: boxOf(run), harm: over.length === 0 ? 0.8 : 0.4 }];
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
    const said = over.map(({ contrast }) =>
      contrast.status === "measured"
        ? `${contrast.worst.toFixed(2)} ${contrast.foreground} on ${contrast.background}`
        : contrast.reason,
    );
    const what = `${outcome}: “${textOf(run)}” has ${run.worst.toFixed(2)} of ${run.needed} (${run.causes.join(", ")}) ${said.join("; ")}`;
    return [
      { what, box: boxOf(run), harm: harms[outcome] + Math.min(0.9, (run.needed - run.worst) / run.needed) },
    ];
  });
}

const textOf = ({ words }: TruthRun): string => words.map(({ text }) => text).join(" ");
const boxOf = ({ words }: TruthRun): Box => around(words.map(({ box }) => box));

function scoreMarks(score: Score, runs: readonly TruthRun[], marks: readonly TextMark[]): Miss[] {
  return marks.flatMap(({ box, text, contrast }) => {
    const under = runs.filter(({ words }) => words.some((word) => touches(box, word.letters)));
    if (contrast.status === "unmeasured") {
      score.notJudged++;
      if (under.length > 0) return [];
      score.notJudgedOnNothing++;
      return [{ what: `not judged, and no text: “${text}” ${contrast.reason}`, box, harm: 0.3 }];
    }
    if (contrast.passes) return [];
    // A shadow may be counted or not: an alarm on it is neither right nor wrong.
    if (under.some(({ shadowed }) => shadowed)) return [];
    const beneath = under.filter(({ words }) =>
      words.some((word) => covers(box, word) || overlapOf(box, word.letters).across >= box.width * 0.7),
    );
    if (beneath.some((run) => run.exempt === undefined && run.worst < run.needed)) {
      score.alarms++;
      score.alarmsRight++;
      return [];
    }
    const exempt = under.some((run) => run.exempt !== undefined);
    if (exempt) score.alarmsExempt++;
    else score.alarms++;
    const truth = under.map((run) => `“${textOf(run)}” ${run.worst.toFixed(2)}`);
    const what = `false alarm${exempt ? " on exempt text" : ""}: “${text}” ${contrast.worst.toFixed(2)} ${contrast.foreground} on ${contrast.background}; there: ${truth.join(", ") || "no text"}`;
    return [{ what, box, harm: exempt ? 0.5 : 1.5 }];
  });
}

/** Whether most words of a Latin text were read as something else. What is in another script is not read. */
function isGarbled({ words }: TruthRun, over: readonly TextMark[]): boolean {
  const latin = words.filter(({ text }) => (text.match(/\p{Script=Latin}/gu) ?? []).length >= 2);
  const read = over.flatMap(({ text }) => text.split(" "));
  const known = latin.filter(({ text }) => read.some((word) => similarity(word, text) >= 0.6));
  return known.length < latin.length / 2;
}
