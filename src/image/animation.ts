import { UserError } from "../errors.js";
import type { Size } from "./limits.js";
import { sharp } from "./sharp.js";

/** An animation before its frames are decoded. */
export interface Animation extends Size {
  /** When each frame is shown, from the beginning. Milliseconds. */
  starts: readonly number[];
  /** When the last one ends. Milliseconds. */
  duration: number;
  /** Whether it begins again. */
  repeats: boolean;
}

/** A frame, small. */
export interface SmallFrame {
  /** From 1. */
  number: number;
  /** RGB, row by row. */
  data: Uint8Array;
}

/** More are not looked at: at 60 a second, 33 seconds. */
const mostFrames = 2_000;
/** Pixels of all frames that are decoded at once. */
const mostAtOnce = 16_000_000;

/** Browsers take a shorter time than this for a mistake, and show the frame for a tenth of a second. Milliseconds. */
const shortest = 10;
const insteadOfShortest = 100;

/** What a GIF or WebP says of its frames; undefined of what is no animation that can be read. */
export async function animationOf(bytes: Uint8Array): Promise<Animation | undefined> {
  const opened = sharp(bytes, { animated: true, limitInputPixels: false });
  // What is damaged is said by whoever decodes it.
  const read = await opened.metadata().catch(() => undefined);
  const { pages = 1, pageHeight, width, height, delay = [], loop } = read ?? {};
  if (pages < 2 || width === undefined || height === undefined) return undefined;
  const starts: number[] = [];
  let time = 0;
  for (let index = 0; index < Math.min(pages, mostFrames); index++) {
    starts.push(time);
    const told = delay[index] ?? insteadOfShortest;
    time += told <= shortest ? insteadOfShortest : told;
  }
  return { width, height: pageHeight ?? height, starts, duration: time, repeats: loop !== 1 };
}

/**
 * Decodes the frames one after the other, each whole, at a small size: each of its pixels is the mean of those that it
 * stands for, and of no others.
 *
 * @param size pixels of what is given, at most those of the animation
 */
export async function* smallFrames(
  bytes: Uint8Array,
  { width, height, starts }: Animation,
  size: Size,
): AsyncGenerator<SmallFrame> {
  const atOnce = Math.max(1, Math.min(64, Math.floor(mostAtOnce / (width * height))));
  const length = width * height * 3;
  for (let from = 0; from < starts.length; from += atOnce) {
    const pages = Math.min(atOnce, starts.length - from);
    const data = await sharp(bytes, { page: from, pages, limitInputPixels: false })
      .flatten({ background: "white" })
      .toColourspace("srgb")
      .raw({ depth: "uchar" })
      .toBuffer();
    for (let index = 0; index < pages; index++)
      yield {
        number: from + index + 1,
        data: shrunk(data.subarray(index * length, (index + 1) * length), { width, height }, size),
      };
  }
}

function shrunk(data: Uint8Array, from: Size, to: Size): Uint8Array {
  const small = new Uint8Array(to.width * to.height * 3);
  const edges = (count: number, length: number) =>
    Array.from({ length: count + 1 }, (_, index) => Math.round((index * length) / count));
  const columns = edges(to.width, from.width);
  const rows = edges(to.height, from.height);
  for (let y = 0, place = 0; y < to.height; y++) {
    const [top = 0, bottom = 0] = [rows[y], rows[y + 1]];
    for (let x = 0; x < to.width; x++, place += 3) {
      const [left = 0, right = 0] = [columns[x], columns[x + 1]];
      let [red, green, blue] = [0, 0, 0];
      for (let row = top; row < bottom; row++)
        for (let at = (row * from.width + left) * 3; at < (row * from.width + right) * 3; at += 3) {
          red += data[at] ?? 0;
          green += data[at + 1] ?? 0;
          blue += data[at + 2] ?? 0;
        }
      const count = (bottom - top) * (right - left);
      small[place] = red / count;
      small[place + 1] = green / count;
      small[place + 2] = blue / count;
    }
  }
  return small;
}

/** @throws UserError when there is no such frame */
export function checkFrame(frame: number, frames: number): void {
  if (frame <= frames) return;
  throw new UserError({
    code: "pictureUnusable",
    problem: `The file has ${frames} frame${frames === 1 ? "" : "s"}: there is no frame ${frame}.`,
    advice: "Name another frame.",
  });
}
