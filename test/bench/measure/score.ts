import { overlapOf } from "../../../src/measure/boxes.js";
import { isSmall } from "../../../src/measure/controls.js";
import type { Box, ControlMark, TextMark } from "../../../src/report.js";
import type { Truth, TruthWord } from "./truth.js";

/** What came of measuring pictures whose truth is known. Every number is a count unless it says otherwise. */
export interface Score {
  words: number;
  located: number;
  readRight: number;
  /** Texts of one colour on one line. */
  failing: number;
  failingMeasured: number;
  failingCalledPassing: number;
  passing: number;
  unmeasured: number;
  /** Marks that say that they fail, and those of them that do. */
  alarms: number;
  trueAlarms: number;
  /** Relative errors of the ratio, one for each measured text. */
  errors: number[];
  /** Texts whose axe-core result the pixels of the page deny. */
  axeWrong: number;
  /** Controls that are smaller than 24×24 CSS pixels, and those that were found to be. */
  small: number;
  smallFound: number;
  /** Controls that were marked as smaller, and those of them that are. */
  smallMarked: number;
  smallRight: number;
}

export const emptyScore = (): Score => ({
  words: 0,
  located: 0,
  readRight: 0,
  failing: 0,
  failingMeasured: 0,
  failingCalledPassing: 0,
  passing: 0,
  unmeasured: 0,
  alarms: 0,
  trueAlarms: 0,
  errors: [],
  axeWrong: 0,
  small: 0,
  smallFound: 0,
  smallMarked: 0,
  smallRight: 0,
});

/** Whether a mark covers at least half of a word, on its line and not on several. */
const covers = (mark: Box, word: Box): boolean =>
  overlapOf(mark, word).across >= word.width * 0.5 &&
  overlapOf(mark, word).down >= word.height * 0.3 &&
  mark.height <= word.height * 2.2;

export const fails = (word: TruthWord): boolean => word.worst < word.needed;

/** Adds what was measured of one picture to a score. */
export function scoreTexts(score: Score, truth: Pick<Truth, "words">, marks: readonly TextMark[]): void {
  const covering = truth.words.map((word) => marks.filter(({ box }) => covers(box, word.box)));
  for (const [at, word] of truth.words.entries()) {
    const over = covering[at] ?? [];
    score.words++;
    if (over.length > 0) score.located++;
    if (over.some(({ text }) => text.split(" ").includes(word.text))) score.readRight++;
  }
  const runs = new Map<number, number[]>();
  for (const [at, { run }] of truth.words.entries()) runs.set(run, [...(runs.get(run) ?? []), at]);
  for (const run of runs.values()) {
    const words = run.map((at) => truth.words[at]).filter((word) => word !== undefined);
    const over = [...new Set(run.flatMap((at) => covering[at] ?? []))];
    const measured = over.flatMap(({ contrast }) => (contrast.status === "measured" ? [contrast] : []));
    const fail = words.some(fails);
    if (fail) score.failing++;
    else score.passing++;
    if (measured.length === 0) score.unmeasured++;
    else {
      const alarm = measured.some(({ passes }) => !passes);
      if (fail && alarm) score.failingMeasured++;
      if (fail && !alarm) score.failingCalledPassing++;
      const worst = Math.min(...words.map((word) => word.worst));
      const closest = Math.min(...measured.map((one) => Math.abs(one.worst - worst) / worst));
      score.errors.push(closest);
    }
    if (words.some((word) => word.axe !== "unsure" && (word.axe === "fails") !== fails(word)))
      score.axeWrong++;
  }
  for (const mark of marks) {
    if (mark.contrast.status !== "measured" || mark.contrast.passes) continue;
    score.alarms++;
    const beneath = truth.words.filter((_, at) => covering[at]?.includes(mark));
    if (beneath.some(fails)) score.trueAlarms++;
  }
}

/** Adds how well small controls were told. */
export function scoreControls(
  score: Score,
  truth: Pick<Truth, "controls" | "ratio">,
  marks: readonly ControlMark[],
): void {
  const same = (one: Box, other: Box) => {
    const { across, down } = overlapOf(one, other);
    if (across <= 0 || down <= 0) return false;
    const common = across * down;
    return common / (one.width * one.height + other.width * other.height - common) >= 0.6;
  };
  const small = truth.controls.filter(({ width, height }) => width < 24 || height < 24);
  const marked = marks.filter((mark) => isSmall(mark, 24, truth.ratio));
  score.small += small.length;
  score.smallFound += small.filter(({ box }) => marked.some((mark) => same(mark.box, box))).length;
  score.smallMarked += marked.length;
  score.smallRight += marked.filter((mark) => small.some(({ box }) => same(mark.box, box))).length;
}
