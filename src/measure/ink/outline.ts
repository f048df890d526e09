import type { Box } from "../../report.js";
import type { InkMap } from "./inkMap.js";

/** In how many directions an outline is looked for. */
const rays = 32;
/** Between which shares of the way from a place's middle to the edge of its box an outline may be: a diamond's is within. */
const [nearest, farthest] = [0.48, 1.18];

/**
 * In how many directions from the middle of a place there is ink near its edge.
 *
 * @param box pixels of the original
 * @returns from 0 to 1: 1 for an outline, next to 0 where nothing is drawn
 */
export function outlineAround({ ink, width, height, scale }: InkMap, box: Box): number {
  const [x, y] = [(box.x + box.width / 2) * scale, (box.y + box.height / 2) * scale];
  const [w, h] = [Math.max(2, (box.width / 2) * scale), Math.max(2, (box.height / 2) * scale)];
  let met = 0;
  for (let ray = 0; ray < rays; ray++) {
    const angle = (2 * Math.PI * ray) / rays;
    // To the edge of the box, in whichever direction that is.
    const length = 1 / Math.max(Math.abs(Math.cos(angle)), Math.abs(Math.sin(angle)));
    const [across, down] = [Math.cos(angle) * length * w, Math.sin(angle) * length * h];
    const steps = Math.ceil(Math.hypot(across, down) * (farthest - nearest) * 2);
    for (let step = 0; step <= steps; step++) {
      const share = nearest + ((farthest - nearest) * step) / Math.max(1, steps);
      const [column, row] = [Math.round(x + across * share), Math.round(y + down * share)];
      const isThere = column >= 0 && row >= 0 && column < width && row < height;
      if (!isThere || ink[row * width + column] !== 1) continue;
      met++;
      break;
    }
  }
  return met / rays;
}
