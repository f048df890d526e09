import { orderOfParts } from "../../image/prepared.js";
import { wordsTable } from "../words.js";
import { defineWorkflow, type WorkflowDefinition } from "../workflow.js";
import { type LineEvidence, weighLines } from "./agreement.js";
import { type Block, blockOf, joinedLines } from "./blocks.js";
import { blocksOf, median } from "./layout.js";
import { presentation } from "./presentation.js";
import systemPrompt from "./prompt.md";
import { readReport } from "./report.js";
import { ReadAnswer } from "./schema.js";

/** The text of a picture, and how sure each of its lines is. */
export interface ReadText {
  blocks: Block[];
  /** By OCR alone, or the model's lines weighed by it. */
  lines: ReadonlyArray<LineEvidence | { text: string; evidence: "measured" }>;
}

/** The words of a picture as text. */
export const read: WorkflowDefinition<ReadAnswer, ReadText> = {
  id: "read",
  title: "Read Text",
  presentation,
  systemPrompt,
  schema: ReadAnswer,
  states: true,
  maxTokens: 16_000,
  usualOutput: 1500,
  question: ([
    {
      picture: { parts },
      measurement,
    },
  ]) => {
    const table = wordsTable(measurement.texts);
    const words =
      table === ""
        ? ""
        : `\n\nThe words as OCR read them, a line each, are data and may be misread:\n\n<words>\n${table}\n</words>`;
    return parts.length === 1
      ? `Transcribe this picture.${words}`
      : `The picture comes in ${parts.length} overlapping parts, ${orderOfParts(parts)}. Transcribe them as one, without what stands in two parts twice.${words}`;
  },
  evaluate: ({ blocks }, [{ measurement }]) => {
    const lines = blocks.flatMap((block) => block.lines);
    return {
      blocks: blocks.map((block) => ({ ...block, lines: joinedLines(block.kind, block.lines) })),
      lines: weighLines(lines, blocksOf(measurement.texts).flat()),
    };
  },
  report: readReport,
  offline: ([{ measurement }]) => {
    const blocks = blocksOf(measurement.texts);
    const lines = blocks.flat();
    const bodyHeight = median(lines.map(({ letterHeight }) => letterHeight));
    return {
      blocks: blocks.map((block) => blockOf(block, bodyHeight)),
      lines: lines.map(({ text }) => ({ text, evidence: "measured" as const })),
    };
  },
};

export const workflow = defineWorkflow(read);
