import type { Box } from "../../../src/report.js";

/** A place that a number stands beside. */
export interface Placed {
  /** Pixels of the original. */
  box: Box;
}

/** Where the number of a box stands: to its left, or to its right where there is no room. Pixels of the original. */
const besideOf = ({ x, y, width, height }: Box): { x: number; y: number } => ({
  x: x > 24 ? x : x + width,
  y: y + height / 2,
});

/**
 * Boxes whose numbers would cover each other, together: the numbers of a cluster become one. Each box is in one cluster,
 * in the order in which they come.
 *
 * @param distance within which two numbers cover each other, in pixels of the original
 */
export function clustersOf<T extends Placed>(places: readonly T[], distance: number): T[][] {
  const clusters: T[][] = [];
  for (const place of places) {
    const at = besideOf(place.box);
    const near = clusters.find(([first]) => {
      const other = first && besideOf(first.box);
      return other && Math.abs(other.x - at.x) < distance && Math.abs(other.y - at.y) < distance;
    });
    if (near) near.push(place);
    else clusters.push([place]);
  }
  return clusters;
}
