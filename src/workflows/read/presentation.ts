import type { WorkflowPresentation } from "../presentation.js";

export const presentation: WorkflowPresentation = {
  description: "The words of a picture as text: paragraphs, lists and code, each line checked by OCR.",
  verb: "read",
  purpose: { input: "a picture with words", output: "its text, each line checked by OCR" },
  result: "text",
  commands: [
    { name: "copyText", title: "Copy Text", way: "copy", menu: { group: "0_quick", order: 1 } },
    { name: "read", title: "Read Text", way: "panel", menu: { group: "1_workflows", order: 4 } },
  ],
  settings: { modelFor: "reading text", effortFor: "reading text", defaultEffort: "low" },
  words: {
    many: "Text of pictures",
    copy: "Copy Text",
    leftOpen: "Not read",
    offlineHint:
      "Claude reads what OCR cannot: handwriting, small or faint print, tables, and code with its indentation.",
  },
};
