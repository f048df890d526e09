import { z } from "zod";
import { targets, targetsFor } from "../../workflows/diagram/emit/targets.js";
import { Graph, kinds } from "../../workflows/diagram/schema.js";
import { workflows } from "../../workflows/index.js";
import { defineTool } from "../defineTool.js";
import { AgentGraph } from "../graphs.js";

export const diagramSchema = defineTool({
  name: "diagram_schema",
  title: "Diagram Schema",
  description:
    "The form of the graph that write_diagram takes, the rules by which a drawing is read into it, and the languages that each kind of diagram can be written in. Call it before you read a picture of a diagram.",
  input: z.object({
    rules: z
      .boolean()
      .default(true)
      .describe("Whether the rules of reading come along; false once you know them"),
  }),
  run: async ({ rules }) => ({
    text: {
      schema: z.toJSONSchema(AgentGraph, { io: "input" }),
      targets: Object.fromEntries(kinds.map((kind) => [kind, targetsFor(kind)])),
      languages: Object.fromEntries(Object.entries(targets).map(([id, { title }]) => [id, title])),
      example: {
        kind: Graph.shape.kind.enum.flowchart,
        nodes: [
          { id: "n1", label: "Order" },
          { id: "n2", label: "Paid?", shape: "diamond" },
        ],
        edges: [{ from: "n1", to: "n2", endHead: "arrow" }],
      },
      ...(rules ? { rules: workflows.diagram.systemPrompt } : {}),
    },
  }),
});
