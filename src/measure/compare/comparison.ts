import type { Box } from "../../report.js";

/** What became of a region from one picture to the other. */
export type ChangeKind =
  | "added"
  | "removed"
  | "moved"
  | "resized"
  | "recoloured"
  | "retexted"
  | "restyled"
  | "imageChanged"
  /** It only stands elsewhere, because something before it grew or went. Said once for all that moved alike. */
  | "shifted"
  /** The picture itself became wider, narrower, taller or shorter. */
  | "canvas";

/** A colour that became another. */
export interface ColourChange {
  of: "ink" | "ground";
  /** Such as #1a2b3c. */
  from: string;
  to: string;
  /** CIEDE2000. */
  deltaE: number;
}

/** One change, as a person would draw a box around it. */
export interface Change {
  kind: ChangeKind;
  /** Where it is in the picture before, in pixels of that original, upright; absent where it is not. */
  before?: Box;
  /** The same in the picture after. */
  after?: Box;
  /** By how much it moved: from before, in pixels of the picture after. */
  by?: { x: number; y: number };
  colours?: ColourChange[];
  /** Contrast of the text in it, where it has one. */
  contrast?: { before: number; after: number };
  /** The words in it, where they were read. */
  words?: { before: string; after: string };
  /** What was restyled: from and to, such as a size of letters in pixels or a weight of strokes. */
  style?: Array<{ of: "size" | "weight"; from: number; to: number }>;
  /** Pixels in it that differ, as a share of its area: 0 to 1. */
  differing: number;
}

/** Rows, or columns, that face each other: `length` of them from `before` and from `after` on. */
export interface Aligned {
  before: number;
  after: number;
  length: number;
}

export interface Comparison {
  /** Pixels of the picture after for each pixel of the picture before; 1 but for pictures of two pixel ratios. */
  scale: number;
  /** What faces what, from top to bottom, in pixels of each original; the gaps between were inserted or removed. */
  rows: Aligned[];
  /** From top to bottom. Empty when the pictures show the same. */
  changes: Change[];
  /** Places that differ by rendering alone (antialiasing, JPEG): how many there are. */
  noise: number;
}
