import type { Grey } from "./grey.js";

/**
 * The ground without what is drawn on it: a morphological closing, each pixel first the brightest and then the
 * darkest around it, so that what is dark and narrower than twice the reach vanishes and edges stay where they are.
 *
 * @param reach pixels of `grey`
 */
export function closed({ data, width, height, step }: Grey, reach: number): Grey {
  const brightest = slide(slide(data, width, height, 1, width, reach, 1), height, width, width, 1, reach, 1);
  const ground = slide(
    slide(brightest, width, height, 1, width, reach, -1),
    height,
    width,
    width,
    1,
    reach,
    -1,
  );
  return { data: ground, width, height, step };
}

/** The greatest (sign 1) or least (sign -1) within reach along each of `lines` lines of `length` pixels. */
function slide(
  data: Float32Array,
  length: number,
  lines: number,
  next: number,
  nextLine: number,
  reach: number,
  sign: 1 | -1,
): Float32Array {
  const result = new Float32Array(data.length);
  // Places whose value is not yet surpassed by a later one, in order: the first is the extreme of the window.
  const waiting = new Int32Array(length);
  for (let line = 0; line < lines; line++) {
    const start = line * nextLine;
    let [first, last] = [0, 0];
    for (let index = 0; index < length + reach; index++) {
      if (index < length) {
        const value = (data[start + index * next] ?? 0) * sign;
        while (last > first && (data[start + (waiting[last - 1] ?? 0) * next] ?? 0) * sign <= value) last--;
        waiting[last++] = index;
      }
      const middle = index - reach;
      if (middle < 0) continue;
      if ((waiting[first] ?? 0) < middle - reach) first++;
      result[start + middle * next] = data[start + (waiting[first] ?? 0) * next] ?? 0;
    }
  }
  return result;
}
