import type { Rgb } from "../../image/palette.js";

/** For each channel of each pixel: the least and the most among it and its neighbours. */
export interface Envelopes {
  low: Uint8Array;
  high: Uint8Array;
}

/**
 * Between the two lies whatever a stroke or an edge becomes when it is drawn again with another antialiasing, or a
 * part of a pixel further.
 */
export function envelopesOf({ data, width, height }: Rgb): Envelopes {
  const low = new Uint8Array(data.length);
  const high = new Uint8Array(data.length);
  const row = width * 3;
  const [rowLow, rowHigh] = [new Uint8Array(data.length), new Uint8Array(data.length)];
  for (let y = 0; y < height; y++) {
    const [start, end] = [y * row, (y + 1) * row];
    for (let place = start; place < end; place++) {
      const here = data[place] ?? 0;
      const left = place - 3 >= start ? (data[place - 3] ?? 0) : here;
      const right = place + 3 < end ? (data[place + 3] ?? 0) : here;
      rowLow[place] = Math.min(here, left, right);
      rowHigh[place] = Math.max(here, left, right);
    }
  }
  for (let place = 0; place < data.length; place++) {
    const above = place >= row ? place - row : place;
    const below = place + row < data.length ? place + row : place;
    const [a, b, c] = [rowLow[above] ?? 0, rowLow[place] ?? 0, rowLow[below] ?? 0];
    low[place] = Math.min(a, b, c);
    const [d, e, f] = [rowHigh[above] ?? 0, rowHigh[place] ?? 0, rowHigh[below] ?? 0];
    high[place] = Math.max(d, e, f);
  }
  return { low, high };
}
