import type { WorkflowPresentation } from "../presentation.js";
import { levels } from "./levels.js";

export const presentation: WorkflowPresentation = {
  description: "WCAG 2.2 problems that a picture of a screen can show, each at its place.",
  verb: "audit",
  purpose: { input: "a screen", output: "WCAG 2.2 problems, each at its place" },
  result: "findings",
  commands: [
    {
      name: "audit",
      title: "Audit Accessibility",
      way: "panel",
      menu: { group: "1_workflows", order: 1 },
    },
    {
      name: "auditOffline",
      title: "Audit Accessibility Offline",
      way: "offline",
      menu: { group: "2_offline", order: 1 },
    },
  ],
  settings: {
    modelFor: "accessibility audits",
    effortFor: "an audit",
    defaultEffort: "medium",
    parameters: ["level"],
    own: {
      level: {
        type: "string",
        enum: levels,
        default: levels[0],
        markdownDescription:
          "The level of WCAG 2.2 to audit at. `AAA` adds enhanced contrast (1.4.6) and target sizes of 44 × 44 CSS px (2.5.5).",
      },
    },
  },
  paste: { title: "Paste as Audit Report", order: 3 },
  words: {
    many: "Accessibility audit",
    copy: "Copy as Markdown",
    leftOpen: "Not judged",
    offlineHint: "Claude also checks labels, instructions, colour-only cues, text in images and exemptions.",
  },
  firstStep: {
    sentence: "An audit works without any key: the pixels are measured on your machine.",
    label: "Audit a Picture",
  },
};
