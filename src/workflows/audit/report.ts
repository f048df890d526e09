import type { Report } from "../../report.js";
import type { PictureGeometry } from "../workflow.js";
import type { JudgedAudit } from "./audit.js";

/** True of every screenshot. */
const neverShown = [
  "Keyboard operation, focus order and keyboard traps",
  "Names, roles and states for assistive technology; alternative texts",
  "Reflow and zoom, text spacing, orientation",
  "Motion, flashing, time limits, sound and captions",
  "States that this picture does not show: hover, focus, error, disabled",
];

export function auditReport(
  { summary, findings, cannotTell }: JudgedAudit,
  picture: PictureGeometry,
): Report {
  return {
    workflow: "audit",
    title: `Accessibility audit of ${picture.name}`,
    summary,
    findings,
    fields: [],
    documents: [],
    notJudged: [...cannotTell, ...neverShown],
    notes: picture.notes,
  };
}
