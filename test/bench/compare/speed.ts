import pixelmatch from "pixelmatch";
import type { Rgb } from "../../../src/image/palette.js";
import { comparePictures } from "../../../src/measure/compare/compare.js";

const [width, height] = [1920, 1080];

/** The picture, repeated until it fills a screen. */
function tiled(picture: Rgb): Rgb {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    const row = (y % picture.height) * picture.width * 3;
    for (let x = 0; x < width; x += picture.width) {
      const part = picture.data.subarray(row, row + Math.min(picture.width, width - x) * 3);
      data.set(part, (y * width + x) * 3);
    }
  }
  return { data, width, height };
}

function withAlpha({ data }: Rgb): Uint8Array {
  const pixels = new Uint8Array((data.length / 3) * 4).fill(255);
  for (let from = 0, to = 0; from < data.length; from += 3, to += 4) {
    pixels[to] = data[from] ?? 0;
    pixels[to + 1] = data[from + 1] ?? 0;
    pixels[to + 2] = data[from + 2] ?? 0;
  }
  return pixels;
}

const median = (values: number[]): number => values.sort((a, b) => a - b)[values.length >> 1] ?? 0;

/** CPU time, as other work on the machine does not count. Milliseconds. */
async function timeOf(work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 7; round++) {
    const start = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / 1000);
  }
  return median(times);
}

/** How long a screen takes beside pixelmatch, on the same pixels. */
export async function speedOf(name: string, one: Rgb, other: Rgb): Promise<string> {
  const [before, after] = [tiled(one), tiled(other)];
  const [a, b] = [withAlpha(before), withAlpha(after)];
  const ours = await timeOf(() => comparePictures(before, after));
  const theirs = await timeOf(() => pixelmatch(a, b, undefined, width, height, {}));
  return `${name.padEnd(26)} ${ours.toFixed(0).padStart(6)} ms   pixelmatch ${theirs.toFixed(0).padStart(5)} ms   ${(ours / theirs).toFixed(1)} times`;
}
