import type { WorkflowPresentation } from "../presentation.js";

export const presentation: WorkflowPresentation = {
  description: "A whiteboard or sketch, read into a diagram as text.",
  verb: "convert",
  purpose: { input: "a whiteboard or sketch", output: "a diagram as text" },
  result: "graph",
  commands: [
    { name: "diagram", title: "Convert to Mermaid", way: "panel", menu: { group: "1_workflows", order: 3 } },
  ],
  settings: {
    modelFor: "diagrams",
    effortFor: "a diagram",
    defaultEffort: "medium",
    own: {
      "mermaid.version": {
        type: "string",
        enum: ["github", "latest"],
        enumDescriptions: [
          "What GitHub, GitLab and others draw: Mermaid 10.9 and later.",
          "All that the latest Mermaid knows: shapes of documents, names of packages, the direction of entity diagrams.",
        ],
        default: "github",
        markdownDescription: "Which Mermaid is to read the diagrams that are written.",
      },
    },
  },
  paste: { title: "Paste as Mermaid", order: 2 },
  words: { many: "Diagrams", copy: "Copy", leftOpen: "Not judged" },
};
