import type { NextStep } from "../../errors.js";
import type { View } from "../../protocol/panel.js";
import type { WorkflowId } from "../../report.js";
import type { Keys } from "../keys/keys.js";
import { stepLabels } from "../notify.js";

/** What asking Claude adds to the measurements. */
const offlineHints: Record<WorkflowId, string> = {
  audit:
    "Claude also judges what pixels cannot: labels, instructions, colour as the only sign, text in images, what is exempt.",
  triage:
    "Claude also says what happened, what was expected and how severe it is, and reads what is no text.",
  diagram: "",
};

export type OfflineHint = NonNullable<Extract<View, { state: "done" }>["offline"]>;

/** What a key, or asking with it, would add to what the pixels say. */
export async function offlineHint(workflow: WorkflowId, keys: Keys): Promise<OfflineHint> {
  const step: NextStep = (await keys.known()) ? "askClaude" : "setKey";
  return {
    message: `Measured on this machine; nothing was sent. ${offlineHints[workflow]}`,
    next: [{ step, label: stepLabels[step] }],
  };
}
