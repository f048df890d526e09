import type { Raw } from "../raw.js";
import type { BmpHeader } from "./header.js";

/** What follows a byte of 0 in place of a run; more than these is a number of pixels that follow one by one. */
const endOfRow = 0;
const endOfPicture = 1;
const move = 2;

/**
 * Decodes run-length coded pixels (RLE4, RLE8, and OS/2's RLE24), lowest row first.
 *
 * @returns RGBA; what no run covers is transparent
 * @throws Error when the code is cut short
 */
export function decodeRuns(bytes: Uint8Array, header: BmpHeader): Raw {
  const { width, height, bitsPerPixel, palette, topDown } = header;
  const data = new Uint8Array(width * height * 4);
  let offset = header.pixelsAt;
  let [x, y] = [0, 0];

  const next = (): number => {
    const byte = bytes[offset++];
    if (byte === undefined) throw new Error("The code of the pixels is cut short");
    return byte;
  };
  const put = (red: number, green: number, blue: number) => {
    if (x >= width) return;
    data.set([red, green, blue, 255], ((topDown ? y : height - 1 - y) * width + x) * 4);
    x++;
  };
  const putIndex = (index: number) =>
    put(palette[index * 3] ?? 0, palette[index * 3 + 1] ?? 0, palette[index * 3 + 2] ?? 0);

  /** One colour, or with four bits the two colours that alternate. */
  const readRun = (count: number) => {
    const first = next();
    if (bitsPerPixel === 24) {
      const [green, red] = [next(), next()];
      for (let n = 0; n < count; n++) put(red, green, first);
    } else if (bitsPerPixel === 8) for (let n = 0; n < count; n++) putIndex(first);
    else for (let n = 0; n < count; n++) putIndex(n % 2 === 0 ? first >> 4 : first & 15);
  };

  const readLiterals = (count: number) => {
    const start = offset;
    if (bitsPerPixel === 24) {
      for (let n = 0; n < count; n++) {
        const [blue, green, red] = [next(), next(), next()];
        put(red, green, blue);
      }
    } else if (bitsPerPixel === 8) for (let n = 0; n < count; n++) putIndex(next());
    else {
      for (let n = 0; n < count; n += 2) {
        const two = next();
        putIndex(two >> 4);
        if (n + 1 < count) putIndex(two & 15);
      }
    }
    // They fill whole words.
    offset += (offset - start) % 2;
  };

  while (y < height) {
    // Some writers leave out the mark of the end after the last row.
    if (y === height - 1 && x >= width && offset >= bytes.length) break;
    const count = next();
    if (count > 0) {
      readRun(count);
      continue;
    }
    const code = next();
    if (code === endOfPicture) break;
    if (code === endOfRow) {
      x = 0;
      y++;
    } else if (code === move) {
      x = Math.min(width, x + next());
      y += next();
    } else readLiterals(code);
  }
  return { data, width, height, channels: 4 };
}
