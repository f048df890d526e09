import { orderOfParts } from "../../image/prepared.js";
import { defineWorkflow, type WorkflowDefinition } from "../workflow.js";
import { evidenceOf, type GraphEvidence } from "./evidence.js";
import { type ValidGraph, validGraph } from "./graph.js";
import { presentation } from "./presentation.js";
import systemPrompt from "./prompt.md";
import { diagramReport } from "./report.js";
import { Graph } from "./schema.js";

/** A graph as we stand by it, and what the picture's ink says about it, where that is known. */
export interface EvaluatedDiagram extends ValidGraph {
  evidence?: GraphEvidence;
}

/** A drawing, read into a graph, from which text is written. */
export const diagram: WorkflowDefinition<Graph, EvaluatedDiagram> = {
  id: "diagram",
  title: "Convert to Mermaid",
  presentation,
  systemPrompt,
  schema: Graph,
  photographed: true,
  maxTokens: 16_000,
  usualOutput: 2500,
  question: ([
    {
      picture: { parts },
    },
  ]) => {
    const sizes = parts.map(({ width, height }) => `${width} × ${height} px`);
    return sizes.length === 1
      ? `The picture is ${sizes[0]}. Read its diagram.`
      : `The picture comes in ${sizes.length} overlapping parts, ${orderOfParts(parts)}: ${sizes.join(", ")}, and last an overview of the whole, for what joins what. Read its one diagram; take words and places from the parts.`;
  },
  refinement: (sentence) =>
    [
      "Your answer is above, with what the person has corrected in it since. Change it as the person asks, and answer with the whole graph. Keep everything else as it is: every other node, edge, row, step, id and place. What the person says about the picture is right, also where you see it otherwise. The person asks:",
      sentence,
    ].join("\n\n"),
  evaluate: (answer, [input]) => {
    const valid = validGraph(answer);
    const evidence = evidenceOf(valid.graph, input);
    return { ...valid, ...(evidence ? { evidence } : {}) };
  },
  report: diagramReport,
};

export const workflow = defineWorkflow(diagram);
