import type { Measurement } from "../../measure/measurement.js";
import type { OwnReport, PreparedInput } from "../workflow.js";
import type { JudgedAudit } from "./audit.js";

/** True of every screenshot. */
const neverShown = [
  "Keyboard operation, focus order and keyboard traps",
  "Names, roles and states for assistive technology; alternative texts",
  "Reflow and zoom, text spacing, orientation",
  "Motion, flashing, time limits, sound and captions",
  "States that this picture does not show: hover, focus, error, disabled",
];

/** Unmeasured texts are named one by one up to this many. */
const mostNamed = 30;

export function auditReport(
  { summary, findings, cannotTell }: JudgedAudit,
  { picture, measurement }: PreparedInput,
): OwnReport {
  return {
    workflow: "audit",
    title: `Accessibility audit of ${picture.name}`,
    summary,
    findings,
    fields: [],
    documents: [],
    notJudged: [...unmeasured(measurement), ...cannotTell, ...neverShown],
    notes: picture.notes,
  };
}

/** What was not measured is said to be: silence would be taken for a pass. */
function unmeasured({ texts, unread }: Measurement): string[] {
  const all = texts.flatMap(({ id, text, box, contrast }) =>
    contrast.status === "unmeasured"
      ? [
          `${id} ${text === "" ? "" : `“${text}” `}at ${Math.round(box.x)}, ${Math.round(box.y)} px: ${contrast.reason}`,
        ]
      : [],
  );
  const rest = all.length - mostNamed;
  return [
    ...all.slice(0, mostNamed).map((one) => `Contrast of ${one}`),
    ...(rest > 0 ? [`The contrast of ${rest} more texts, listed with the marks`] : []),
    ...(unread > 0 ? [`${unread} lines that may be text: there are too many to read them all`] : []),
  ];
}

/** What was measured, in two sentences. */
export function measuredSummary({ texts, controls }: Measurement): string {
  const count = (number: number, one: string, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;
  const measured = texts.filter(({ contrast }) => contrast.status === "measured");
  const failing = measured.filter(({ contrast }) => contrast.status === "measured" && !contrast.passes);
  const left = texts.length - measured.length;
  return [
    `Measured: the contrast of ${count(measured.length, "text")} and the size of ${count(controls.length, "control")}.`,
    failing.length === 0
      ? "No measured text has too little contrast."
      : `${count(failing.length, "text has", "texts have")} too little contrast.`,
    ...(left > 0
      ? [`${count(left, "text")} could not be measured and ${left === 1 ? "is" : "are"} listed below.`]
      : []),
  ].join(" ");
}
