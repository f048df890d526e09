import type { Rgb } from "../../image/palette.js";
import type { Facing } from "./facing.js";
import type { Mask } from "./mask.js";

/** Marks the pixels of after that differ by more than this from those that they face. Levels of 255. */
export function markDifferences(before: Rgb, after: Rgb, facing: Facing, most: number, mask: Mask): number {
  let marked = 0;
  for (let y = 0; y < facing.height; y++) {
    let one = ((facing.before.y + y) * before.width + facing.before.x) * 3;
    let other = ((facing.after.y + y) * after.width + facing.after.x) * 3;
    let place = (facing.after.y + y) * after.width + facing.after.x;
    for (let x = 0; x < facing.width; x++, one += 3, other += 3, place++) {
      const red = (before.data[one] ?? 0) - (after.data[other] ?? 0);
      const green = (before.data[one + 1] ?? 0) - (after.data[other + 1] ?? 0);
      const blue = (before.data[one + 2] ?? 0) - (after.data[other + 2] ?? 0);
      if (red > most || red < -most || green > most || green < -most || blue > most || blue < -most) {
        mask.marked[place] = 1;
        marked++;
      }
    }
  }
  return marked;
}
