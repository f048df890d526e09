import { z } from "zod";

export const blockKinds = ["heading", "paragraph", "lines", "list", "code"] as const;

export const ReadAnswer = z.object({
  blocks: z
    .array(
      z.object({
        kind: z.enum(blockKinds),
        language: z.string().describe("Of code, as after a Markdown fence; else empty"),
        lines: z.array(z.string()).describe("One entry for each line of the picture, in order, verbatim"),
      }),
    )
    .describe("In reading order"),
});
export type ReadAnswer = z.infer<typeof ReadAnswer>;
