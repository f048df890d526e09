import type { WorkflowPresentation } from "../presentation.js";

export const presentation: WorkflowPresentation = {
  description: "What changed from one picture to another: measured region by region, then explained.",
  verb: "compare",
  purpose: { input: "two pictures of one screen", output: "what changed, measured and explained" },
  result: "comparison",
  commands: [
    {
      name: "compare",
      title: "Compare Pictures",
      way: "panel",
      menu: { group: "1_workflows", order: 5 },
      alsoOn: ["twoSelected", "change"],
    },
    {
      name: "compareWith",
      title: "Compare Picture with…",
      way: "panel",
      menu: { group: "1_workflows", order: 6 },
      alsoOn: ["oneSelected"],
    },
    {
      name: "compareOffline",
      title: "Compare Pictures Offline",
      way: "offline",
      menu: { group: "2_offline", order: 2 },
    },
  ],
  settings: { modelFor: "comparisons", effortFor: "a comparison", defaultEffort: "low" },
  words: {
    many: "Comparison of pictures",
    copy: "Copy as Markdown",
    leftOpen: "Not judged",
    offlineHint:
      "Claude says what the changes are, what they are most likely meant for, and which belong together.",
  },
};
