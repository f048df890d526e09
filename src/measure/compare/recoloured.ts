import type { Box } from "../../report.js";
import type { Scene } from "./scene.js";

/** Levels of 255 that a colour may stand off what its like became. */
const off = 20;

/**
 * Whether a box shows the same shapes in other colours: each colour of before became one colour of after.
 *
 * @param before of the same size as after
 */
export function isOnlyRecoloured(scene: Scene, before: Box, after: Box): boolean {
  if (before.width !== after.width || before.height !== after.height) return false;
  const became = new Map<number, [red: number, green: number, blue: number, pixels: number]>();
  const each = (
    visit: (key: number, red: number, green: number, blue: number, isChanged: boolean) => void,
  ) => {
    const [one, other] = [scene.before, scene.after];
    for (let y = 0; y < after.height; y++) {
      for (let x = 0; x < after.width; x++) {
        const from = ((before.y + y) * one.width + before.x + x) * 3;
        const place = (after.y + y) * other.width + after.x + x;
        const to = place * 3;
        const key =
          (((one.data[from] ?? 0) >> 3) << 10) |
          (((one.data[from + 1] ?? 0) >> 3) << 5) |
          ((one.data[from + 2] ?? 0) >> 3);
        const { data } = other;
        visit(key, data[to] ?? 0, data[to + 1] ?? 0, data[to + 2] ?? 0, scene.changed.marked[place] === 1);
      }
    }
  };
  each((key, red, green, blue) => {
    const sum = became.get(key);
    if (sum) {
      sum[0] += red;
      sum[1] += green;
      sum[2] += blue;
      sum[3]++;
    } else became.set(key, [red, green, blue, 1]);
  });
  let [unlike, changed] = [0, 0];
  each((key, red, green, blue, isChanged) => {
    if (!isChanged) return;
    changed++;
    const [r, g, b, pixels] = became.get(key) ?? [0, 0, 0, 1];
    if (Math.max(Math.abs(red - r / pixels), Math.abs(green - g / pixels), Math.abs(blue - b / pixels)) > off)
      unlike++;
  });
  return unlike <= changed * 0.18;
}
