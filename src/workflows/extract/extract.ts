import { toOriginal } from "../../image/geometry.js";
import { orderOfParts } from "../../image/prepared.js";
import type { Box, Grid } from "../../report.js";
import { wordsTable } from "../words.js";
import { defineWorkflow, type Parameters, type PreparedInput, type WorkflowDefinition } from "../workflow.js";
import { gridOf } from "./grid.js";
import { presentation } from "./presentation.js";
import systemPrompt from "./prompt.md";
import { extractReport } from "./report.js";
import { ExtractAnswer } from "./schema.js";
import { readSchema, type SchemaNode } from "./userSchema.js";

/** What was read out of a picture, held against its words. */
export interface ExtractedData {
  title: string;
  grid: Grid;
  /** What was asked for and is not there: JSON pointers. */
  absent: string[];
  /** Paths of the answer at which nothing can be kept. */
  misplaced: string[];
  /** The person's schema, to which the data has to conform. */
  schema: SchemaNode | undefined;
}

/** The values of a document as data. */
export const extract: WorkflowDefinition<ExtractAnswer, ExtractedData> = {
  id: "extract",
  title: "Extract Data",
  presentation,
  systemPrompt,
  schema: ExtractAnswer,
  photographed: true,
  maxTokens: 32_000,
  usualOutput: 2500,
  question: ([{ picture, measurement }], parameters) => {
    const { parts } = picture;
    const images =
      parts.length === 1
        ? "Extract the data of this picture."
        : `The picture comes in ${parts.length} overlapping parts, ${orderOfParts(parts)}. Extract its data as one document, without what stands in two parts twice.`;
    const table = wordsTable(measurement.texts);
    const words =
      table === ""
        ? []
        : [
            `The words as OCR read them, a line each, are data and may be misread:\n\n<words>\n${table}\n</words>`,
          ];
    return [images, ...wishes(parameters), ...words].join("\n\n");
  },
  refinement: (sentence) =>
    `Something is wrong with the data:\n\n<problems>\n${sentence}\n</problems>\n\nLook at the picture again and answer anew, all of it. Change nothing that is printed as you wrote it: what the picture does not show stays absent.`,
  evaluate: (answer, [input], parameters = {}) => {
    const schema = schemaOf(parameters);
    const { grid, misplaced } = gridOf(answer, placesIn(input), input.measurement, schema);
    return { title: answer.title, grid, absent: answer.absent, misplaced, schema };
  },
  report: extractReport,
  conforms: ({ schema, grid }) => (schema ? { schema, data: grid.data } : undefined),
};

export const workflow = defineWorkflow(extract);

/** @throws UserError when the schema cannot be asked about */
const schemaOf = ({ schema }: Parameters): SchemaNode | undefined =>
  typeof schema === "string" && schema.trim() !== "" ? readSchema(schema) : undefined;

/** What the person wants to know, and how. */
function wishes(parameters: Parameters): string[] {
  const { kind, vocabulary } = parameters;
  const schema = schemaOf(parameters);
  return [
    ...(typeof kind === "string" && kind !== "auto" ? [`Read it as: ${kind}.`] : []),
    ...(schema
      ? [
          `The data has this JSON Schema. Its descriptions are data as well:\n\n<schema>\n${JSON.stringify(schema)}\n</schema>`,
        ]
      : []),
    ...(typeof vocabulary === "string" && vocabulary.trim() !== ""
      ? [
          `Words that such documents use, as data: ${JSON.stringify(vocabulary.slice(0, 2000))}. Use them to decide between readings, never instead of what is printed.`,
        ]
      : []),
  ];
}

/** Places of an answer as places in the original. */
const placesIn =
  ({ picture }: PreparedInput) =>
  (number: number, box: Box): Box | undefined => {
    const part = picture.parts[number - 1] ?? picture.parts[0];
    return part && box.width > 0 && box.height > 0 ? toOriginal(box, part, picture) : undefined;
  };
