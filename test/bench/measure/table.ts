import { causes } from "./causes.js";
import type { Outcome, Score } from "./score.js";

const percent = (part: number, whole: number): string =>
  whole === 0 ? "–" : `${((100 * part) / whole).toFixed(1)}%`;
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** What is asked for, and how it is counted. */
const rows: Array<[name: string, value: (score: Score) => string]> = [
  ["pictures", ({ pictures }) => String(pictures)],
  ["failing runs", ({ failing }) => String(failing)],
  ["  caught (≥ 95%)", ({ outcomes, failing }) => percent(outcomes.caught, failing)],
  ["  called passing (≤ 0.3%)", ({ outcomes, failing }) => percent(outcomes.calledPassing, failing)],
  ["  mentioned nowhere (≤ 0.3%)", ({ outcomes, failing }) => percent(outcomes.silent, failing)],
  ["  listed as unmeasured (≤ 4%)", ({ outcomes, failing }) => percent(outcomes.unmeasured, failing)],
  ["alarms that are right (≥ 98%)", ({ alarmsRight, alarms }) => percent(alarmsRight, alarms)],
  [
    "  and alarms on exempt text, of all",
    ({ alarmsExempt, alarms }) => percent(alarmsExempt, alarms + alarmsExempt),
  ],
  ["passing runs lost or garbled (≤ 1%)", ({ passingLost, passing }) => percent(passingLost, passing)],
  [
    "“not judged” on no text (≤ 10%)",
    ({ notJudgedOnNothing, notJudged }) => percent(notJudgedOnNothing, notJudged),
  ],
  ["mean error of the ratio (≤ 1% PNG, ≤ 4% JPEG)", ({ errors }) => `${(100 * mean(errors)).toFixed(2)}%`],
  ["outlined controls ≥ 24 px", ({ controls }) => String(controls)],
  ["  found (≥ 85%)", ({ controlsFound, controls }) => percent(controlsFound, controls)],
  [
    "  marks that are no control (≤ 5%)",
    ({ controlMarksWrong, controlMarks }) => percent(controlMarksWrong, controlMarks),
  ],
  ["targets below 24 px", ({ small }) => String(small)],
  ["  found (≥ 80%)", ({ smallFound, small }) => percent(smallFound, small)],
  ["  marks that are none (≤ 5%)", ({ smallMarksWrong, smallMarks }) => percent(smallMarksWrong, smallMarks)],
  ["pixel ratio guessed right (all)", ({ ratioRight, pictures }) => percent(ratioRight, pictures)],
];

export type Columns = ReadonlyMap<string, Score>;

/** The rows of the table by their names, for each column: for a machine. */
export const valuesOf = (columns: Columns): Record<string, Record<string, string>> =>
  Object.fromEntries(
    [...columns].map(([column, score]) => [
      column,
      Object.fromEntries(rows.map(([name, value]) => [name.trim(), value(score)])),
    ]),
  );

const outcomes: Array<[Outcome, string]> = [
  ["caught", "caught"],
  ["calledPassing", "passing"],
  ["silent", "silent"],
  ["unmeasured", "unmeasured"],
];

/** The table, and what became of failing runs by cause, as lines of text. */
export function tableOf(columns: Columns): string {
  const width = 14;
  const lines = [" ".repeat(48) + [...columns.keys()].map((name) => name.padStart(width)).join("")];
  for (const [name, value] of rows)
    lines.push(name.padEnd(48) + [...columns.values()].map((score) => value(score).padStart(width)).join(""));
  return lines.join("\n");
}

/** What became of failing runs, by what makes them hard. */
export function causesTable(score: Score): string {
  const lines = [`${" ".repeat(32)}failing${outcomes.map(([, name]) => name.padStart(12)).join("")}`];
  for (const cause of causes) {
    const row = score.causes.get(cause);
    if (!row) continue;
    const shares = outcomes.map(([outcome]) => percent(row.outcomes[outcome], row.failing).padStart(12));
    lines.push(cause.padEnd(32) + String(row.failing).padStart(7) + shares.join(""));
  }
  return lines.join("\n");
}
