import type { Rgb } from "../palette.js";

/** Brightness, 0 to 255, row by row. */
export interface Grey {
  data: Float32Array;
  width: number;
  height: number;
  /** Pixels of the picture for each of these, along a side. */
  step: number;
}

/** A picture's brightness at about this width, each pixel the mean of those that it stands for. */
export function shrunk({ data, width, height }: Rgb, longEdge: number): Grey {
  const step = Math.max(1, Math.max(width, height) / longEdge);
  const small = {
    width: Math.max(1, Math.floor(width / step)),
    height: Math.max(1, Math.floor(height / step)),
  };
  const grey = new Float32Array(small.width * small.height);
  for (let y = 0; y < small.height; y++) {
    const [top, bottom] = [
      Math.floor(y * step),
      Math.max(Math.floor(y * step) + 1, Math.floor((y + 1) * step)),
    ];
    for (let x = 0; x < small.width; x++) {
      const [left, right] = [
        Math.floor(x * step),
        Math.max(Math.floor(x * step) + 1, Math.floor((x + 1) * step)),
      ];
      let sum = 0;
      for (let row = top; row < bottom; row++) {
        for (let at = (row * width + left) * 3, end = (row * width + right) * 3; at < end; at += 3)
          sum += (data[at] ?? 0) * 0.299 + (data[at + 1] ?? 0) * 0.587 + (data[at + 2] ?? 0) * 0.114;
      }
      grey[y * small.width + x] = sum / ((bottom - top) * (right - left));
    }
  }
  return { data: grey, ...small, step };
}
