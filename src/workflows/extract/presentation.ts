import type { WorkflowPresentation } from "../presentation.js";

/** What a document can be read as; `auto` leaves it to the model. */
export const kindChoices = ["auto", "receipt", "invoice", "form", "table", "chart", "facts"] as const;

export const presentation: WorkflowPresentation = {
  description:
    "The values of a receipt, an invoice, a form, a table or a chart as data, each with its place and checked by OCR.",
  verb: "extract",
  purpose: {
    input: "a receipt, a form, a table, a chart",
    output: "its values as data, each checked by OCR",
  },
  result: "grid",
  commands: [
    { name: "extract", title: "Extract Data", way: "panel", menu: { group: "1_workflows", order: 7 } },
  ],
  settings: {
    modelFor: "extracting data",
    effortFor: "extracting data",
    defaultEffort: "medium",
    own: {
      kind: {
        type: "string",
        enum: kindChoices,
        enumDescriptions: [
          "Claude sees what it is.",
          "A receipt of a shop: items, sums, tax.",
          "An invoice: parties, items, sums, tax, payment.",
          "A form: each label with what is filled in.",
          "Tables alone.",
          "A chart: its series, read off its axes where they are not printed.",
          "The facts that matter, as labels and values.",
        ],
        default: "auto",
        description: "What Extract Data takes a picture for.",
      },
      vocabulary: {
        type: "string",
        default: "",
        scope: "resource",
        description:
          "Words that your documents use and that are easily misread: names, products, accounts, separated by commas. They go along with the question.",
      },
    },
    parameters: ["kind", "schema", "vocabulary"],
  },
  words: {
    many: "Data of pictures",
    copy: "Copy Data",
    leftOpen: "Not read",
  },
};
