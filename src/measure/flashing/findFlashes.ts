import { type Animation, smallFrames } from "../../image/animation.js";
import type { Size } from "../../image/limits.js";
import type { Flashing } from "../measurement.js";
import { FlashCounter, type FlashKind } from "./flashCounter.js";

/**
 * A pattern whose squares are finer than a tenth of a degree does no harm. Of the 341 CSS pixels that ten degrees have,
 * that is 3.4: frames are looked at in cells of about that size.
 */
const cell = 4;

/** Ten degrees of what is seen at 1024 × 768, and which share of it may flash. CSS pixels. */
const field: Size = { width: 341, height: 256 };
const mostOfField = 0.25;

/** After so long, a loop has shown all that it will. Milliseconds beyond its duration. */
const seam = 1_000;

/**
 * Looks through all frames of an animation for more than three flashes in a second, on so much of the screen that they
 * may cause seizures.
 *
 * @param ratio pixels of the animation for each CSS pixel
 * @param onFrame called after each frame: a sign of life
 */
export async function findFlashes(
  bytes: Uint8Array,
  animation: Animation,
  ratio: number,
  onFrame: () => void,
): Promise<Flashing | undefined> {
  const size = {
    width: Math.max(1, Math.round(animation.width / ratio / cell)),
    height: Math.max(1, Math.round(animation.height / ratio / cell)),
  };
  const counter = new FlashCounter(size.width * size.height);
  const end = animation.repeats ? animation.duration + seam : animation.duration;
  for (let begun = 0; begun < end; begun += animation.duration) {
    for await (const { number, data } of smallFrames(bytes, animation, size)) {
      const time = begun + (animation.starts[number - 1] ?? 0);
      if (time > end) return undefined;
      counter.add(data, time);
      for (const kind of ["general", "red"] as const) {
        const box = flashingBox(counter, kind, time, size);
        if (!box) continue;
        const scale = { x: animation.width / size.width, y: animation.height / size.height };
        return {
          kind,
          time,
          box: {
            x: Math.round(box.x * scale.x),
            y: Math.round(box.y * scale.y),
            width: Math.round(box.width * scale.x),
            height: Math.round(box.height * scale.y),
          },
        };
      }
      onFrame();
    }
  }
  return undefined;
}

/** Where so much flashes at once that it is too much, in cells. */
function flashingBox(counter: FlashCounter, kind: FlashKind, time: number, { width, height }: Size) {
  /** How many flash above and left of each cell. */
  const sums = new Uint32Array((width + 1) * (height + 1));
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      if (counter.isFlashing(kind, y * width + x, time)) {
        row++;
        [left, top] = [Math.min(left, x), Math.min(top, y)];
        [right, bottom] = [Math.max(right, x + 1), Math.max(bottom, y + 1)];
      }
      sums[(y + 1) * (width + 1) + x + 1] = (sums[y * (width + 1) + x + 1] ?? 0) + row;
    }
  }
  const most = (mostOfField * field.width * field.height) / cell ** 2;
  const [across, down] = [Math.min(width, field.width / cell), Math.min(height, field.height / cell)].map(
    Math.round,
  );
  if ((sums.at(-1) ?? 0) <= most || across === undefined || down === undefined) return undefined;
  const at = (x: number, y: number) => sums[y * (width + 1) + x] ?? 0;
  for (let y = 0; y + down <= height; y++)
    for (let x = 0; x + across <= width; x++) {
      const inside = at(x + across, y + down) - at(x, y + down) - at(x + across, y) + at(x, y);
      if (inside > most) return { x: left, y: top, width: right - left, height: bottom - top };
    }
  return undefined;
}
