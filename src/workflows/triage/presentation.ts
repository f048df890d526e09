import type { WorkflowPresentation } from "../presentation.js";

export const presentation: WorkflowPresentation = {
  description: "A bug screenshot, read and filled into your issue template.",
  verb: "triage",
  purpose: { input: "a bug screenshot", output: "your issue template, filled in" },
  result: "issue",
  commands: [{ name: "triage", title: "Triage Bug", way: "panel", menu: { group: "1_workflows", order: 2 } }],
  settings: { modelFor: "bug triage", effortFor: "a bug screenshot", defaultEffort: "low" },
  paste: { title: "Paste as Filled Issue", order: 1 },
  words: {
    many: "Bug triage",
    copy: "Copy",
    leftOpen: "Missing for a reproduction",
    offlineHint:
      "Claude also says what happened, what was expected and how severe it is, and reads what is no text.",
  },
};
