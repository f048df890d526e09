import type { Rgb } from "../image/palette.js";
import type { Box } from "../report.js";
import { findText } from "./findText.js";
import type { Measurement } from "./measurement.js";
import type { LineReader } from "./ocr.js";
import { plausibleLines, type ReadLine, readLines, runsAcross, shareRead } from "./reading.js";
import { takeSecrets } from "./redact.js";

type Quarters = 1 | 2 | 3;

/** So many lines tell whether a picture stands upright. */
const fewLines = 10;
/** Upright text is read far better than this, and turned text far worse. */
const uprightShare = 0.5;

/**
 * Looks for secrets in a picture of which nearly nothing could be read: turned upside down where its lines run across,
 * by a quarter to either side where they do not.
 *
 * @param badly its lines as they were read
 * @returns places in the picture as it is given; undefined where no turn helps
 */
export async function readTurned(
  read: LineReader,
  pixels: Rgb,
  lossy: boolean,
  badly: readonly ReadLine[],
): Promise<Measurement["secrets"] | undefined> {
  const turns: Quarters[] = runsAcross(badly) ? [2] : [1, 3];
  for (const quarters of turns) {
    const upright = turnedBy(pixels, quarters);
    const { map, lines } = findText(upright, lossy);
    const longest = lines.toSorted((a, b) => b.letters.length - a.letters.length).slice(0, fewLines);
    const tried = await readLines(read, upright, map, longest);
    if (shareRead(tried) < uprightShare) continue;
    const { secrets } = takeSecrets(await readLines(read, upright, map, plausibleLines(lines).lines));
    return secrets.map(({ kind, box }) => ({ kind, box: turnedBack(box, pixels, quarters) }));
  }
  return undefined;
}

/** @param quarters clockwise, 1 to 3 */
export function turnedBy({ data, width, height }: Rgb, quarters: Quarters): Rgb {
  const across = quarters === 2 ? width : height;
  const down = quarters === 2 ? height : width;
  // The pixel that comes to the top left corner, and how far the next one is in the picture as it was.
  const { first, right, below } = {
    1: { first: (height - 1) * width, right: -width, below: 1 },
    2: { first: width * height - 1, right: -1, below: -width },
    3: { first: width - 1, right: width, below: -1 },
  }[quarters];
  const turned = new Uint8Array(data.length);
  for (let y = 0, to = 0; y < down; y++) {
    let from = (first + y * below) * 3;
    for (let x = 0; x < across; x++, to += 3, from += right * 3) {
      turned[to] = data[from] ?? 0;
      turned[to + 1] = data[from + 1] ?? 0;
      turned[to + 2] = data[from + 2] ?? 0;
    }
  }
  return { data: turned, width: across, height: down };
}

/**
 * Where a box of a turned picture is in the picture as it was.
 *
 * @param original the size of the picture as it was
 * @param quarters by which it was turned, clockwise
 */
export function turnedBack(
  { x, y, width, height }: Box,
  original: Pick<Rgb, "width" | "height">,
  quarters: Quarters,
): Box {
  switch (quarters) {
    case 1:
      return { x: y, y: original.height - x - width, width: height, height: width };
    case 2:
      return { x: original.width - x - width, y: original.height - y - height, width, height };
    case 3:
      return { x: original.width - y - height, y: x, width: height, height: width };
  }
}
