import { UserError } from "../../errors.js";
import { workingSize } from "../../image/caps.js";
import type { Size } from "../../image/limits.js";
import { openPicture } from "../../image/open.js";
import type { Rgb } from "../../image/palette.js";
import { readPixels } from "../../image/prepare.js";
import type { Box } from "../../report.js";
import type { LineReader } from "../ocr.js";
import type { Compared, PictureFile } from "../process/compareMessages.js";
import { comparePictures } from "./compare.js";
import type { Comparison } from "./comparison.js";

interface Options {
  /** Pixels of the upright original after. */
  ignore: readonly Box[];
  read: LineReader | undefined;
  onStep: (step: "decode" | "be compared") => void;
}

/**
 * Compares two files.
 *
 * @returns places in pixels of each upright original
 * @throws UserError when one of them is no picture that can be used
 */
export async function compareFiles(
  before: PictureFile,
  after: PictureFile,
  { ignore, read, onStep }: Options,
): Promise<Compared> {
  if (Buffer.compare(before.bytes, after.bytes) === 0) {
    const size = await named(before.name, async () => sizeOf(await openPicture(before.bytes)));
    return { comparison: same(size.height), before: size, after: size };
  }
  onStep("decode");
  const one = await decoded(before);
  onStep("decode");
  const other = await decoded(after);
  onStep("be compared");
  const [from, to] = [ratioOf(one), ratioOf(other)];
  const comparison = await comparePictures(one.pixels, other.pixels, {
    ignore: ignore.map((box) => times(box, 1 / to)),
    read,
  });
  return { comparison: enlarged(comparison, from, to), before: one.size, after: other.size };
}

const same = (height: number): Comparison => ({
  scale: 1,
  rows: [{ before: 0, after: 0, length: height }],
  changes: [],
  noise: 0,
});

const sizeOf = ({ width, height }: Size): Size => ({ width, height });

interface Decoded {
  size: Size;
  /** Smaller than the original where that is more than can be decoded at once. */
  pixels: Rgb;
}

const decoded = ({ bytes, name }: PictureFile): Promise<Decoded> =>
  named(name, async () => {
    const picture = await openPicture(bytes);
    return { size: sizeOf(picture), pixels: await readPixels(picture, workingSize(picture)) };
  });

/** Errors say which of the two pictures they are about. */
async function named<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { code, problem, advice } = error;
    throw new UserError({ code, problem: `${name}: ${problem}`, advice, cause: error });
  }
}

const ratioOf = ({ size, pixels }: Decoded): number => size.width / pixels.width;

const times = ({ x, y, width, height }: Box, by: number): Box => ({
  x: Math.round(x * by),
  y: Math.round(y * by),
  width: Math.round(width * by),
  height: Math.round(height * by),
});

/** From the pixels that were compared to those of the originals. */
function enlarged(comparison: Comparison, from: number, to: number): Comparison {
  if (from === 1 && to === 1) return comparison;
  return {
    ...comparison,
    scale: (comparison.scale * to) / from,
    rows: comparison.rows.map(({ before, after, length }) => ({
      before: Math.round(before * from),
      after: Math.round(after * to),
      length: Math.round(length * from),
    })),
    changes: comparison.changes.map((change) => ({
      ...change,
      ...(change.before ? { before: times(change.before, from) } : {}),
      ...(change.after ? { after: times(change.after, to) } : {}),
      ...(change.by ? { by: { x: change.by.x * to, y: change.by.y * to } } : {}),
    })),
  };
}
