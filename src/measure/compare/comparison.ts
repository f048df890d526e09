import { z } from "zod";
import { Box } from "../../report.js";

/** What became of a region from one picture to the other. */
export const ChangeKind = z.enum([
  "added",
  "removed",
  "moved",
  "resized",
  "recoloured",
  "retexted",
  "restyled",
  "imageChanged",
  /** It only stands elsewhere, because something before it grew or went. Said once for all that moved alike. */
  "shifted",
  /** The picture itself became wider, narrower, taller or shorter. */
  "canvas",
]);
export type ChangeKind = z.infer<typeof ChangeKind>;

/** A colour that became another. */
export const ColourChange = z.object({
  of: z.enum(["ink", "ground"]),
  /** Such as #1a2b3c. */
  from: z.string(),
  to: z.string(),
  /** CIEDE2000. */
  deltaE: z.number(),
});
export type ColourChange = z.infer<typeof ColourChange>;

/** One change, as a person would draw a box around it. */
export const Change = z.object({
  kind: ChangeKind,
  /** Where it is in the picture before, in pixels of that original, upright; absent where it is not. */
  before: Box.optional(),
  /** The same in the picture after. */
  after: Box.optional(),
  /** By how much it moved: from before, in pixels of the picture after. */
  by: z.object({ x: z.number(), y: z.number() }).optional(),
  colours: z.array(ColourChange).optional(),
  /** Contrast of the text in it, where it has one. */
  contrast: z.object({ before: z.number(), after: z.number() }).optional(),
  /** The words in it, where they were read. */
  words: z.object({ before: z.string(), after: z.string() }).optional(),
  /** What was restyled: from and to, such as a size of letters in pixels or a weight of strokes. */
  style: z.array(z.object({ of: z.enum(["size", "weight"]), from: z.number(), to: z.number() })).optional(),
  /** Pixels in it that differ, as a share of its area: 0 to 1. */
  differing: z.number(),
});
export type Change = z.infer<typeof Change>;

/** Rows, or columns, that face each other: `length` of them from `before` and from `after` on. */
export const Aligned = z.object({ before: z.number(), after: z.number(), length: z.number() });
export type Aligned = z.infer<typeof Aligned>;

/** What differs between two pictures. It is kept with a run, so that it is shown again without them. */
export const Comparison = z.object({
  /** Pixels of the picture after for each pixel of the picture before; 1 but for pictures of two pixel ratios. */
  scale: z.number(),
  /** What faces what, from top to bottom, in pixels of each original; the gaps between were inserted or removed. */
  rows: z.array(Aligned),
  /** From top to bottom. Empty when the pictures show the same. */
  changes: z.array(Change),
  /** Places that differ by rendering alone (antialiasing, JPEG): how many there are. */
  noise: z.number(),
});
export type Comparison = z.infer<typeof Comparison>;
