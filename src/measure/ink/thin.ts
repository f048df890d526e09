/** Thicker than twice this is no stroke. Pixels. */
const mostRounds = 30;

/**
 * Strokes thinned to lines one pixel wide that hang together as they did: the parallel thinning of Zhang and Suen.
 *
 * @param ink 1 where there is any; its outermost rows and columns are taken for empty
 */
export function thinned(ink: Uint8Array, width: number, height: number): Uint8Array {
  const left = ink.slice();
  for (let x = 0; x < width; x++) left[x] = left[(height - 1) * width + x] = 0;
  for (let y = 0; y < height; y++) left[y * width] = left[y * width + width - 1] = 0;
  // Clockwise from above.
  const around = [-width, -width + 1, 1, width + 1, width, width - 1, -1, -width - 1];
  let inked: number[] = [];
  for (let index = 0; index < left.length; index++) if (left[index] === 1) inked.push(index);
  const removable = (index: number, isSecond: boolean): boolean => {
    let [count, changes] = [0, 0];
    let before = left[index + (around[7] ?? 0)] ?? 0;
    for (let side = 0; side < 8; side++) {
      const value = left[index + (around[side] ?? 0)] ?? 0;
      count += value;
      if (value > before) changes++;
      before = value;
    }
    if (count < 2 || count > 6 || changes !== 1) return false;
    const [up, right, down, back] = [
      left[index - width],
      left[index + 1],
      left[index + width],
      left[index - 1],
    ];
    return isSecond
      ? !(up && right && back) && !(up && down && back)
      : !(up && right && down) && !(right && down && back);
  };
  for (let round = 0; round < mostRounds; round++) {
    let removed = 0;
    for (const isSecond of [false, true]) {
      const going = inked.filter((index) => removable(index, isSecond));
      for (const index of going) left[index] = 0;
      removed += going.length;
      inked = inked.filter((index) => left[index] === 1);
    }
    if (removed === 0) break;
  }
  return left;
}
