import { z } from "zod";
import type { Box, GridCell } from "../../report.js";
import { gridOf } from "../../workflows/extract/grid.js";
import { dateStyles, numberStyles, valueTypes } from "../../workflows/extract/schema.js";
import { readSchema } from "../../workflows/extract/userSchema.js";
import { defineTool } from "../defineTool.js";
import { PageNumber, paged } from "../paging.js";
import { coveredWords, lookAt, Path, placeOf, Region } from "../pictures.js";

const pointer = z.string().max(1000);
const printed = z.string().max(2000).describe("Verbatim, as printed; [unreadable] for what cannot be read");
const place = Region.optional().describe(
  "Tight around what is printed; without it, it is looked for everywhere",
);

/** A place that is not named. */
const nowhere: Box = { x: 0, y: 0, width: 0, height: 0 };

export const extractCheck = defineTool({
  name: "extract_check",
  title: "Check Extracted Data",
  description:
    "Holds values that you have read from a receipt, an invoice, a form, a table or a chart against the picture: each is confirmed, contradicted (with OCR's own reading), seen (no machine can read it there) or absent (nothing is printed there). Sums, quantities × prices and check digits are checked, and the data comes back with numbers and dates converted, in the form of your JSON Schema where you give one.",
  input: z.object({
    path: Path,
    values: z
      .array(
        z.object({
          path: pointer.describe("JSON pointer of the value, such as /total or /seller/name"),
          text: printed,
          type: z.enum(valueTypes).default("text"),
          box: place,
        }),
      )
      .max(2000)
      .default([]),
    tables: z
      .array(
        z.object({
          path: pointer.describe("JSON pointer of the list, such as /items"),
          columns: z
            .array(z.object({ name: z.string().max(200), type: z.enum(valueTypes).default("text") }))
            .max(50),
          rows: z.array(z.object({ cells: z.array(printed).max(50), box: place })).max(2000),
          isEstimated: z.boolean().default(false).describe("Whether its numbers are read off a chart's axes"),
        }),
      )
      .max(20)
      .default([]),
    numbers: z.enum(numberStyles).default("none").describe("How numbers are printed, by an example"),
    dates: z.enum(dateStyles).default("none"),
    schema: z
      .string()
      .optional()
      .describe("A JSON Schema, or an example of the data, as JSON text; the data is checked against it"),
    page: PageNumber,
  }),
  run: async ({ path, values, tables, numbers, dates, schema, page }, context, signal) => {
    const wanted = schema === undefined ? undefined : readSchema(schema);
    const { source, measurement } = await lookAt(context, path, signal);
    const claim = { confidence: "high" as const, part: 1 };
    const answer = {
      kind: "facts" as const,
      title: "",
      numbers,
      dates,
      values: values.map(({ box = nowhere, ...value }) => ({ ...value, ...claim, box })),
      tables: tables.map((table) => ({
        ...table,
        rows: table.rows.map(({ cells, box = nowhere }) => ({ ...claim, cells, box })),
      })),
      absent: [],
    };
    const { grid, misplaced } = gridOf(
      answer,
      (_, box) => (box.width > 0 ? box : undefined),
      measurement,
      wanted,
    );
    const cells = [...grid.fields, ...grid.tables.flatMap(({ rows }) => rows.flat())];
    const { items, about } = paged(cells.filter(({ text }) => text !== "").map(verdictOf), page);
    const { checkSchema } = await context.app.dependencies(undefined);
    const problems = wanted ? await checkSchema({ schema: wanted, data: grid.data }) : [];
    return {
      text: {
        name: source.name,
        verdicts: items,
        ...about,
        ...(page > 1
          ? {}
          : {
              checks: grid.checks.map(({ words, holds }) => ({ words, holds })),
              data: grid.data,
              ...(problems.length > 0 ? { schemaProblems: problems } : {}),
              ...(misplaced.length > 0 ? { leftOut: misplaced } : {}),
              ...coveredWords(measurement),
            }),
      },
    };
  },
});

const verdictOf = ({ path, text, evidence, other, box }: GridCell) => ({
  path,
  text,
  evidence,
  ...(other === undefined ? {} : { ocrReads: other }),
  ...(box ? { at: placeOf(box) } : {}),
});
