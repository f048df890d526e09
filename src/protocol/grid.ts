import { z } from "zod";

/** Data that was read, as the panel shows it beyond its report, and what a person does with it. */

export const GridView = z.object({
  /** The texts that it can be inserted and copied as; `chosen` is one of them. */
  formats: z.array(z.object({ id: z.string(), title: z.string() })),
  chosen: z.string(),
  /** JSON pointers of the values that a person has corrected. */
  corrected: z.array(z.string()),
  /** What in the data does not conform to the person's schema. */
  problems: z.array(z.string()),
});
export type GridView = z.infer<typeof GridView>;

export const GridAction = z.discriminatedUnion("action", [
  z.object({ action: z.literal("correct"), path: z.string(), text: z.string().max(10_000) }),
  z.object({ action: z.literal("chooseFormat"), format: z.string() }),
  z.object({ action: z.literal("saveWorkbook") }),
]);
export type GridAction = z.infer<typeof GridAction>;
