import { z } from "zod";
import { withoutSecrets } from "../../run/withoutSecrets.js";
import { emitTarget } from "../../workflows/diagram/emit/emitTarget.js";
import { mermaidVersions } from "../../workflows/diagram/emit/emitted.js";
import { targetIds, targets } from "../../workflows/diagram/emit/targets.js";
import { defineTool } from "../defineTool.js";
import { graphOf } from "../graphs.js";
import { PageNumber, pagedText } from "../paging.js";

export const writeDiagram = defineTool({
  name: "write_diagram",
  title: "Write Diagram",
  description: `Writes a graph, as you read it from a picture or have it otherwise, as a valid text in a language of diagrams or a programming language: ${targetIds.join(", ")}. Says what that language cannot hold and what had to be put right. Nothing is written to the disk.`,
  input: z.object({
    graph: z.looseObject({}).describe("A graph of the form that diagram_schema gives"),
    target: z.enum(targetIds),
    mermaid_version: z
      .enum(mermaidVersions)
      .default("github")
      .describe("Of Mermaid: for what GitHub and other hosts draw, or for the latest"),
    page: PageNumber,
  }),
  run: async ({ graph: raw, target, mermaid_version, page }, { settings }) => {
    const { graph, repairs } = graphOf(withoutSecrets(raw, settings.redaction !== "off"));
    const earlierNames = new Map([...graph.nodes, ...graph.groups].map(({ id }) => [id, id]));
    const emitted = emitTarget(graph, target, {
      mermaidVersion: mermaid_version,
      earlierNames,
      keepsBreaks: true,
    });
    const { text, about } = pagedText(emitted.text, page);
    return {
      text: {
        target,
        ending: targets[target].ending,
        text,
        ...about,
        lost: emitted.warnings,
        repaired: repairs,
      },
    };
  },
});
