import { findBoard } from "../../../src/image/photo/board.js";
import type { Point, Quad } from "../../../src/image/photo/quad.js";
import type { KnownBoard } from "./boards.js";
import type { KnownDrawing } from "./handDrawn.js";

/** What straightening does to drawings whose places are known. */
export interface Straightened {
  drawings: number;
  straightened: number;
  /** How many boards have all their corners in the picture, and how many of those are found. */
  whole: number;
  found: number;
  /** Those in which the middle of something lies outside of what is kept. */
  cut: string[];
  /** How many have at least half of what is drawn outside. */
  halved: number;
}

/** A corner is found when it is no further off than this share of the picture's longer side. */
const near = 0.025;

export async function straightening(
  drawings: AsyncIterable<KnownDrawing | KnownBoard>,
): Promise<Straightened> {
  const result: Straightened = { drawings: 0, straightened: 0, whole: 0, found: 0, cut: [], halved: 0 };
  for await (const { name, pixels, middles, ...rest } of drawings) {
    const corners = "corners" in rest ? rest.corners : undefined;
    const quad = findBoard(pixels);
    result.drawings++;
    if (corners) result.whole++;
    if (!quad) continue;
    result.straightened++;
    const off = Math.max(pixels.width, pixels.height) * near;
    if (
      corners?.every(
        ({ x, y }, index) => Math.hypot(x - (quad[index]?.x ?? 0), y - (quad[index]?.y ?? 0)) < off,
      )
    )
      result.found++;
    const outside = middles.filter((middle) => !isInside(middle, quad)).length;
    if (outside === 0) continue;
    result.cut.push(name);
    if (outside * 2 >= middles.length) result.halved++;
  }
  return result;
}

/** Whether a point lies in a quadrilateral whose corners go round as a clock's hand. */
export function isInside({ x, y }: Point, quad: Quad): boolean {
  return quad.every((from, index) => {
    const to = quad[(index + 1) % 4] ?? from;
    return (to.x - from.x) * (y - from.y) - (to.y - from.y) * (x - from.x) >= 0;
  });
}
