import { z } from "zod";

/** What a person does with findings. */
export const FindingsAction = z.discriminatedUnion("action", [
  /** A person's decision about a finding; without one, it is open again. */
  z.object({
    action: z.literal("decide"),
    key: z.string().max(2000),
    decision: z.enum(["accepted", "dismissed"]).optional(),
  }),
  z.object({ action: z.literal("copyColour"), colour: z.string().regex(/^#[0-9a-f]{6}$/) }),
]);
export type FindingsAction = z.infer<typeof FindingsAction>;
