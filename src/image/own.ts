import type { Size } from "./limits.js";

/** A rectangle in pixels of the picture, from its top left corner. */
interface Place extends Size {
  x: number;
  y: number;
}

/** A word that a picture brings along, exactly as it is written. */
export interface OwnWord extends Place {
  text: string;
}

/** Words that stand side by side and look alike, as the file itself says it. */
export interface OwnLine extends Place {
  words: readonly OwnWord[];
  /** The font's size. Pixels of the picture. */
  em: number;
  bold: boolean;
  /** 8-bit sRGB; undefined where it is no plain, opaque colour. */
  colour: readonly [red: number, green: number, blue: number] | undefined;
}
