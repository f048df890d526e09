import type { Rgb } from "../palette.js";
import type { Point } from "./quad.js";

/** Levels, 0 to 255, row by row. */
export interface Grey {
  data: Float32Array;
  width: number;
  height: number;
  /** Pixels of the picture for each of these, along a side. */
  step: number;
}

/** A picture at a smaller size: the least and the greatest of each pixel's red, green and blue. */
export interface Shades {
  /** High only where it is bright and without colour. */
  least: Grey;
  greatest: Grey;
}

/** A picture's shades at about this size, each pixel the mean of those that it stands for. */
export function shrunk({ data, width, height }: Rgb, longEdge: number): Shades {
  const step = Math.max(1, Math.max(width, height) / longEdge);
  const small = {
    width: Math.max(1, Math.floor(width / step)),
    height: Math.max(1, Math.floor(height / step)),
  };
  const least = new Float32Array(small.width * small.height);
  const greatest = new Float32Array(small.width * small.height);
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
      let [low, high] = [0, 0];
      for (let row = top; row < bottom; row++) {
        for (
          let offset = (row * width + left) * 3, end = (row * width + right) * 3;
          offset < end;
          offset += 3
        ) {
          const [red, green, blue] = [data[offset] ?? 0, data[offset + 1] ?? 0, data[offset + 2] ?? 0];
          low += Math.min(red, green, blue);
          high += Math.max(red, green, blue);
        }
      }
      const pixels = (bottom - top) * (right - left);
      least[y * small.width + x] = low / pixels;
      greatest[y * small.width + x] = high / pixels;
    }
  }
  const grey = (levels: Float32Array): Grey => ({ data: levels, ...small, step });
  return { least: grey(least), greatest: grey(greatest) };
}

/** The level of the pixel that a place lies in, or of the one nearest to it. */
export function levelAt({ data, width, height }: Grey, { x, y }: Point): number {
  const clamp = (value: number, most: number) => Math.min(Math.max(Math.floor(value), 0), most);
  return data[clamp(y, height - 1) * width + clamp(x, width - 1)] ?? 0;
}
