import { z } from "zod";
import { Confidence } from "../../report.js";

/** What a document is read as. */
export const documentKinds = ["receipt", "invoice", "form", "table", "chart", "facts"] as const;

/** What a printed text stands for. */
export const valueTypes = ["text", "number", "date", "checkbox"] as const;
export type ValueType = (typeof valueTypes)[number];

/** How numbers are printed in a document, by an example. */
export const numberStyles = ["1,234.56", "1.234,56", "1 234,56", "none"] as const;
export type NumberStyle = (typeof numberStyles)[number];

/** Which part of a date is printed first. */
export const dateStyles = ["day first", "month first", "year first", "none"] as const;
export type DateStyle = (typeof dateStyles)[number];

const place = {
  part: z.number().int().describe("The number of the part that shows it, from 1"),
  box: z
    .object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })
    .describe("Around it, in pixels of that part; all 0 when it is nowhere in print"),
};

export const ExtractedValue = z.object({
  path: z.string().describe("JSON pointer of the value, such as /total or /seller/name"),
  type: z.enum(valueTypes),
  text: z.string().describe("Verbatim, as printed; of a checkbox “yes” or “no”"),
  confidence: Confidence,
  ...place,
});
export type ExtractedValue = z.infer<typeof ExtractedValue>;

export const ExtractedTable = z.object({
  path: z.string().describe("JSON pointer of the list, such as /items"),
  columns: z.array(
    z.object({ name: z.string().describe("The key of each row's value"), type: z.enum(valueTypes) }),
  ),
  isEstimated: z.boolean().describe("Whether its numbers are read off a chart's axes, not printed"),
  rows: z.array(
    z.object({
      cells: z.array(z.string()).describe("Verbatim, one for each column; empty where nothing is printed"),
      confidence: Confidence,
      ...place,
    }),
  ),
});
export type ExtractedTable = z.infer<typeof ExtractedTable>;

export const ExtractAnswer = z.object({
  kind: z.enum(documentKinds),
  title: z.string().describe("What the document is, in a few words"),
  numbers: z.enum(numberStyles).describe("How numbers are printed in it"),
  dates: z.enum(dateStyles),
  values: z.array(ExtractedValue).describe("Everything that stands once"),
  tables: z.array(ExtractedTable).describe("Everything that comes in rows"),
  absent: z.array(z.string()).describe("JSON pointers of what was asked for and is not in the picture"),
});
export type ExtractAnswer = z.infer<typeof ExtractAnswer>;
