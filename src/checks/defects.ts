import type { DisplayDefect } from "../measure/measurement.js";
import type { Finding, Impact } from "../report.js";
import { placeWords } from "./words.js";

/** What is said of display defects of one kind. None of them breaks a criterion of WCAG by itself. */
export interface DefectWords {
  impact: Impact;
  title: string;
  problem(defect: DisplayDefect): string;
  affected: string;
  fix: string;
}

const pixels = (by: number | undefined): string => `${Math.abs(Math.round((by ?? 0) * 10) / 10)} CSS px`;

/** The words for each kind. A new kind is one entry here. */
export const defectWords: Record<DisplayDefect["kind"], DefectWords> = {
  clipped: {
    impact: "serious",
    title: "A text is cut off",
    problem: () => "The lower part of its letters is missing: they all end on one row of pixels.",
    affected: "Everybody who has to read it.",
    fix: "Let its box grow with the text, or give it enough height.",
  },
  overlapping: {
    impact: "serious",
    title: "Two lines of text are drawn over each other",
    problem: ({ by }) => `Their baselines are only ${pixels(by)} apart: the letters reach into each other.`,
    affected: "Everybody who has to read them, most of all people with low vision or dyslexia.",
    fix: "Remove the negative margin or the fixed height that pulls them together.",
  },
  protruding: {
    impact: "moderate",
    title: "A text runs out of its box",
    problem: ({ by }) => `It goes on for ${pixels(by)} beyond the right edge of the box that it starts in.`,
    affected: "Everybody who has to read it, and what lies beside it.",
    fix: "Let the text wrap, or let the box grow with it.",
  },
  occluded: {
    impact: "serious",
    title: "A text is partly covered",
    problem: () => "Its letters end at the edge of a thing without words that lies on it.",
    affected: "Everybody who has to read it.",
    fix: "Move the thing away, or below the text.",
  },
  misaligned: {
    impact: "minor",
    title: "One of several is out of line",
    problem: ({ by, of }) =>
      `It stands ${pixels(by)} off the line or the step of the other ${(of ?? 1) - 1} like it.`,
    affected: "Nobody is kept from anything, but it looks like a mistake.",
    fix: "Give all of them the same alignment, and margins of whole pixels.",
  },
  nearlyEqual: {
    impact: "minor",
    title: "One of several has nearly the size of the others",
    problem: ({ by, of }) =>
      `It is ${pixels(by)} ${(by ?? 0) > 0 ? "larger" : "smaller"} than the other ${(of ?? 1) - 1} like it.`,
    affected: "Nobody is kept from anything, but it looks like a mistake.",
    fix: "Give all of them one size.",
  },
};

/** A measured finding without a criterion. Pixels do not tell what was meant: its confidence is medium. */
export function defectFinding(defect: DisplayDefect): Finding {
  const { kind, box } = defect;
  const { impact, title, problem, affected, fix } = defectWords[kind];
  return {
    key: `${kind} ${[box.x, box.y, box.width, box.height].map(Math.round).join(" ")}`,
    title,
    impact,
    where: placeWords(box),
    box,
    problem: problem(defect),
    affected,
    fix,
    confidence: "medium",
    evidence: "measured",
    measured: `Measured: ${problem(defect)}`,
    marks: [],
  };
}
