import sharp, { type Sharp } from "sharp";
import { UserError } from "../../../src/errors.js";
import { openPicture } from "../../../src/image/open.js";
import { preparePicture, readPixels } from "../../../src/image/prepare.js";
import { type Colour, current, difference } from "../pictures.js";

/** A file of one kind, and what it shows. */
export interface Case {
  format: string;
  variant: string;
  make: () => Promise<Buffer> | Buffer;
  /** What stands where; the four quarters, when it is not said. */
  shows?: ReadonlyArray<readonly [x: number, y: number, colour: Colour]>;
  /** Steps that a channel may be off: what the format itself loses. */
  tolerance?: number;
}

export const [width, height] = [32, 24];
export const quarters: readonly Colour[] = [
  [200, 40, 40],
  [30, 140, 60],
  [20, 90, 200],
  [120, 120, 120],
];
const quarterAt = (x: number, y: number): number => (y < height / 2 ? 0 : 2) + (x < width / 2 ? 0 : 1);

/** The same picture for every format: four quarters, so that what is turned or shifted is seen. */
export const places = Array.from({ length: width * height }, (_, index) =>
  quarterAt(index % width, Math.floor(index / width)),
);
export const truth = Buffer.from(places.flatMap((quarter) => quarters[quarter] ?? []));
export const picture = (): Sharp => sharp(truth, { raw: { width, height, channels: 3 } });

/** The middle of each quarter. */
export const inQuarters = (colours: readonly Colour[]): Array<[number, number, Colour]> =>
  colours.map((colour, index) => [index % 2 === 0 ? 8 : 24, index < 2 ? 6 : 18, colour]);

export interface Outcome {
  /** As the table of formats says it. */
  what: string;
  /** The largest difference from what the file shows; undefined when it is refused. */
  off: number | undefined;
}

/** Reads the file of a case. */
export async function outcomeOf({ make, shows = inQuarters(quarters) }: Case): Promise<Outcome> {
  const bytes = await make();
  try {
    const opened = await openPicture(bytes);
    const { data, width: columns } = await readPixels(opened, opened);
    const { notes } = await preparePicture(bytes, "x", current);
    const off = shows.map(([x, y, colour]) => {
      const index = (y * columns + x) * 3;
      return difference([data[index] ?? 0, data[index + 1] ?? 0, data[index + 2] ?? 0], colour);
    });
    return {
      what: notes.length === 0 ? "read" : `read, with a note: ${notes.join(" ")}`,
      off: Math.max(...off),
    };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { what: `refused: ${error.problem} ${error.advice}`, off: undefined };
  }
}
