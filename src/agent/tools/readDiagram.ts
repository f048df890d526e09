import { z } from "zod";
import { UserError } from "../../errors.js";
import { withoutSecrets } from "../../run/withoutSecrets.js";
import { oneLine } from "../../text/plain.js";
import {
  largestText,
  readerEndings,
  readerForFile,
  readDiagram as readText,
} from "../../workflows/diagram/read/readers.js";
import { defineTool } from "../defineTool.js";
import { textAt } from "../files.js";
import { briefGraph } from "../graphs.js";
import { PageNumber, paged } from "../paging.js";
import { Path } from "../pictures.js";

export const readDiagram = defineTool({
  name: "read_diagram",
  title: "Read Diagram",
  description: `Reads the file of a diagram (${readerEndings.map((ending) => `.${ending}`).join(", ")}) into the graph that write_diagram takes, and says what was not taken over. Pictures of diagrams are read by you: see diagram_schema.`,
  input: z.object({
    path: Path.describe("The diagram's file, absolute or from the first folder that may be read"),
    page: PageNumber,
  }),
  run: async ({ path, page }, context, signal) => {
    const reader = readerForFile(path);
    if (!reader)
      throw new UserError({
        code: "wrongInput",
        problem: "Its ending says of no language that diagrams are read from.",
        advice: `Name a file that ends in one of .${readerEndings.join(", .")}; of a picture, read the graph yourself, as diagram_schema says.`,
        picture: oneLine(path),
      });
    const { name, text } = await textAt(path, context, largestText, "Name the file of one diagram.", signal);
    const { readMermaid } = context.app;
    const reading = await readText(text, reader, name, { readMermaid });
    const { graph, warnings } = withoutSecrets(reading, context.settings.redaction !== "off");
    const elements = Object.entries(briefGraph(graph)).flatMap(([list, rows]) =>
      rows.map((row: object): [string, object] => [list, row]),
    );
    const { items, about } = paged(elements, page);
    const { kind, title, direction } = graph;
    return {
      text: {
        language: reader.title,
        graph: { kind, title, direction, ...byList(items) },
        ...about,
        ...(about.pages ? { note: "The lists of all pages together are the graph." } : {}),
        notTakenOver: page === 1 ? warnings : [],
      },
    };
  },
});

function byList(elements: ReadonlyArray<[string, object]>): Record<string, object[]> {
  const lists: Record<string, object[]> = {};
  for (const [list, row] of elements) {
    const rows = lists[list] ?? [];
    rows.push(row);
    lists[list] = rows;
  }
  return lists;
}
