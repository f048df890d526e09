import type { PreparedImage } from "../image/prepared.js";
import type { Box } from "../report.js";

/** As much of a prepared image as it takes to name a place in it. */
export type PlacedPart = Pick<PreparedImage, "width" | "height" | "scale" | "offset">;

/**
 * Names places for a model: as x,y,width,height in pixels of the prepared part; of several parts, the part's number
 * comes first.
 *
 * @param parts of the prepared picture, from top to bottom
 * @returns takes a place in pixels of the original
 */
export function placing(parts: readonly PlacedPart[]): (box: Box) => string {
  return (box) => {
    const found = parts.findIndex(
      ({ offset, height, scale }) => box.y + box.height <= offset.y + height / scale.y + 1,
    );
    const index = Math.max(0, found);
    const part = parts[index];
    if (!part) return "";
    const { offset, scale } = part;
    const numbers = [
      (box.x - offset.x) * scale.x,
      (box.y - offset.y) * scale.y,
      box.width * scale.x,
      box.height * scale.y,
    ];
    return `${parts.length > 1 ? `${index + 1}:` : ""}${numbers.map(Math.round).join(",")}`;
  };
}
