import type { WorkflowPresentation } from "../presentation.js";

export const presentation: WorkflowPresentation = {
  description: "A whiteboard or sketch, read into a diagram as text.",
  verb: "convert",
  purpose: { input: "a whiteboard or sketch", output: "a diagram as text" },
  result: "graph",
  commands: [
    { name: "diagram", title: "Convert to Mermaid", way: "panel", menu: { group: "1_workflows", order: 3 } },
  ],
  settings: { modelFor: "diagrams", effortFor: "a diagram", defaultEffort: "medium" },
  paste: { title: "Paste as Mermaid", order: 2 },
  words: { many: "Diagrams", copy: "Copy", leftOpen: "Not judged" },
};
