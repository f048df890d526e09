import type { Size } from "./limits.js";

/** 8-bit pixels, upright, row by row without padding: RGB, or RGBA that is not premultiplied. */
export interface Raw extends Size {
  data: Uint8Array;
  channels: 3 | 4;
}
