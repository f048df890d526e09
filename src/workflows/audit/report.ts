import type { Measurement } from "../../measure/measurement.js";
import { asideWords, enoughCoverage, setAsideBy, standing } from "../../report.js";
import type { OwnReport, PreparedInputs } from "../workflow.js";
import type { EvaluatedAudit } from "./audit.js";
import { coverageWords } from "./coverage.js";
import { isCrumb } from "./undecided.js";

/** True of every screenshot. */
const neverShown = [
  "Keyboard operation, focus order and keyboard traps",
  "Names, roles and states for assistive technology; alternative texts",
  "Reflow and zoom, text spacing, orientation",
  "Motion, time limits, sound and captions; flashing, but for that of GIF and WebP animations",
  "States that this picture does not show: hover, focus, error, disabled",
];

export function auditReport(
  evaluated: EvaluatedAudit,
  [{ picture, measurement }]: PreparedInputs,
): OwnReport {
  const { findings, coverage, undecided, disputed, cannotTell, isAsked } = evaluated;
  return {
    workflow: "audit",
    title: `Accessibility audit of ${picture.name}`,
    summary: summaryOf(evaluated),
    findings,
    fields: [],
    documents: [],
    ...(coverage === undefined ? {} : { coverage }),
    undecided,
    notJudged: [
      ...(isAsked && coverage === undefined
        ? ["Contrast by measurement: no text was found in the pixels"]
        : []),
      ...leftOut(measurement),
      ...cannotTell,
      ...neverShown,
    ],
    notes: [
      ...picture.notes,
      ...disputed.map(
        (words) =>
          `Claude takes ${words} for an icon; it is read as words, so what is measured of it stands.`,
      ),
    ],
  };
}

/** How much was checked, what was found and what was set aside, before anything else is said. */
function summaryOf({ summary, findings, coverage, isAsked }: EvaluatedAudit): string {
  const aside = setAsideBy(findings);
  const number = aside.reduce((sum, { findings: own }) => sum + own.length, 0);
  const reasons = aside.map(({ reason, findings: own }) => `${own.length} ${asideWords[reason]}`);
  const isFine = standing(findings).length === 0 && coverage !== undefined && coverage >= enoughCoverage;
  return [
    ...(isAsked && coverage === undefined ? [] : [coverageWords(coverage)]),
    summary,
    ...(isFine
      ? [isAsked ? "No problem was found in what a picture can show." : "No failure was measured."]
      : []),
    ...(number > 0
      ? [
          `${number === 1 ? "1 measured failure is" : `${number} measured failures are`} set aside by Claude: ${reasons.join(", ")}.`,
        ]
      : []),
  ]
    .filter((part) => part !== "")
    .join(" ");
}

/** What looked like text and was dropped. */
function leftOut(page: Measurement): string[] {
  const crumbs = page.texts.filter(
    (text) => text.contrast.status === "unmeasured" && isCrumb(text, page),
  ).length;
  return [
    ...(page.unread > 0
      ? [`The words of ${counted(page.unread, "line")}: there are too many to read them all`]
      : []),
    ...(crumbs > 0 ? [`${counted(crumbs, "speck")} too small to be text`] : []),
  ];
}

const counted = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;

/** What was measured, in a sentence or two. */
export function measuredSummary({ texts, controls }: Measurement): string {
  const measured = texts.filter(({ contrast }) => contrast.status === "measured");
  const failing = measured.filter(({ contrast }) => contrast.status === "measured" && !contrast.passes);
  return [
    `Measured: the contrast of ${counted(measured.length, "text")} and the size of ${counted(controls.length, "control")}.`,
    ...(failing.length > 0
      ? [`${counted(failing.length, "text has", "texts have")} too little contrast.`]
      : []),
  ].join(" ");
}
