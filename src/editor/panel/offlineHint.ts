import type { NextStep } from "../../errors.js";
import type { View } from "../../protocol/panel.js";
import type { WorkflowId } from "../../report.js";
import { workflowOf } from "../../workflows/index.js";
import type { Keys } from "../keys/keys.js";
import { stepLabels } from "../notify.js";

export type OfflineHint = NonNullable<Extract<View, { state: "done" }>["offline"]>;

/** What a key, or asking with it, would add to what the pixels say. */
export async function offlineHint(workflow: WorkflowId, keys: Keys): Promise<OfflineHint> {
  const step: NextStep = (await keys.known()) ? "askClaude" : "setKey";
  const { offlineHint: adds = "" } = workflowOf(workflow).presentation.words;
  return {
    message: `Measured locally; nothing was sent. ${adds}`.trim(),
    next: [{ step, label: stepLabels[step] }],
  };
}
