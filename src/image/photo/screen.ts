import type { Rgb } from "../palette.js";
import { textureOf } from "../texture.js";

/** Of a screen, at least so many neighbouring pixels are equal: 0.85 and more, as JPEG too; of few photos as many. */
const fewestEqual = 0.8;
/**
 * The share of tiles that are plain and of one of the commonest colours. Measured: of screens 0.62 and more, reduced
 * and saved as JPEG too; of photos in which noise reduction has left flat patches 0.08 to 0.39, as light falls off.
 */
const fewestCommon = 0.5;
/** Of a screen's strong edges, so many lie between two pixels: 0.33 and more where it was not enlarged; of photos 0.16. */
const fewestSharp = 0.25;
const tile = 16;
const commonest = 6;

/** Whether a picture is of a screen, or was drawn by a program, rather than taken by a camera. */
export function isScreen(pixels: Rgb): boolean {
  return (
    textureOf(pixels).flat >= fewestEqual &&
    (commonGround(pixels) >= fewestCommon || sharpEdges(pixels) >= fewestSharp)
  );
}

function commonGround({ data, width, height }: Rgb): number {
  const grounds = new Map<number, number>();
  let tiles = 0;
  for (let top = 0; top + tile <= height; top += tile)
    for (let left = 0; left + tile <= width; left += tile) {
      tiles++;
      // The colour of most of the tile, if there is one (Boyer and Moore's majority vote).
      let [ground, lead, equal, all] = [-1, 0, 0, 0];
      const each = (visit: (colour: number) => void) => {
        for (let y = top; y < top + tile; y += 2)
          for (let offset = (y * width + left) * 3, end = offset + tile * 3; offset < end; offset += 6)
            visit(((data[offset] ?? 0) << 16) | ((data[offset + 1] ?? 0) << 8) | (data[offset + 2] ?? 0));
      };
      each((colour) => {
        if (lead === 0) ground = colour;
        lead += colour === ground ? 1 : -1;
      });
      each((colour) => {
        all++;
        if (colour === ground) equal++;
      });
      if (equal >= all * 0.9) grounds.set(ground, (grounds.get(ground) ?? 0) + 1);
    }
  const most = [...grounds.values()].sort((a, b) => b - a).slice(0, commonest);
  return most.reduce((sum, count) => sum + count, 0) / Math.max(1, tiles);
}

/** Of the places where green changes much within four pixels, the share where most of it lies between two. */
function sharpEdges({ data, width, height }: Rgb): number {
  let [strong, sharp] = [0, 0];
  for (let y = 0; y < height; y += 3)
    for (let x = 1; x + 2 < width; x++) {
      const index = (y * width + x) * 3 + 1;
      const step = Math.abs((data[index] ?? 0) - (data[index + 3] ?? 0));
      const around = Math.abs((data[index - 3] ?? 0) - (data[index + 6] ?? 0));
      if (around < 60 || step < 20) continue;
      strong++;
      if (step >= around * 0.7) sharp++;
    }
  return strong < 50 ? 0 : sharp / strong;
}
