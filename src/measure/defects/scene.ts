import type { Rgb } from "../../image/palette.js";
import type { DisplayDefect } from "../measurement.js";
import type { Outline } from "../outlines.js";
import type { Segment } from "../segments.js";

/** What display defects are looked for in. Places are in pixels of the picture. */
export interface Scene {
  pixels: Rgb;
  /** Pixels of the picture for each CSS pixel. */
  ratio: number;
  segments: readonly Segment[];
  outlines: readonly Outline[];
}

/** Finds defects of one kind; `box` is in pixels of the picture. */
export type DefectFinder = (scene: Scene) => DisplayDefect[];
