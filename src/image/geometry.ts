import type { Box } from "../report.js";
import type { Size } from "./limits.js";
import type { PreparedImage } from "./prepared.js";

type Placement = Pick<PreparedImage, "scale" | "offset">;

/**
 * A place in a prepared image as a place in the original, cut to the picture.
 *
 * @param box pixels of `part`
 * @param picture pixels of the upright original
 * @returns pixels of the upright original; undefined when nothing of the box lies in the picture
 */
export function toOriginal(box: Box, part: Placement, picture: Size): Box | undefined {
  const clamp = (value: number, most: number) => Math.min(Math.max(value, 0), most);
  const left = clamp(part.offset.x + box.x / part.scale.x, picture.width);
  const top = clamp(part.offset.y + box.y / part.scale.y, picture.height);
  const right = clamp(part.offset.x + (box.x + box.width) / part.scale.x, picture.width);
  const bottom = clamp(part.offset.y + (box.y + box.height) / part.scale.y, picture.height);
  const whole = {
    x: Math.round(left),
    y: Math.round(top),
    width: Math.round(right - left),
    height: Math.round(bottom - top),
  };
  return whole.width > 0 && whole.height > 0 ? whole : undefined;
}
