import { UserError } from "../errors.js";
import type { Opened } from "./open.js";
import { openWithSharp } from "./withSharp.js";

const compressions: Record<number, string> = {
  6: "JPEG of the old style",
  34661: "JBIG",
  34712: "JPEG 2000",
  34925: "LZMA",
  50000: "ZSTD",
  50001: "WebP",
  50002: "JPEG XL",
};
const colours: Record<number, string> = {
  8: "CIELab colours",
  9: "ICC Lab colours",
  10: "ITU Lab colours",
  32803: "a camera's raw pixels",
  32844: "LogL colours",
  32845: "LogLuv colours",
  34892: "a camera's raw pixels",
};

const [yCbCr, jpeg] = [6, 7];

/**
 * Opens a TIFF that libvips reads right. It shows some kinds wrong without a word; those are refused for what they are.
 *
 * @throws UserError when it holds what is not read here
 */
export async function openTiff(bytes: Uint8Array): Promise<Opened> {
  const tags = readTags(bytes);
  const odd = oddityOf(tags);
  if (odd !== undefined) {
    throw new UserError({
      code: "pictureUnusable",
      problem: `The TIFF file holds ${odd}, which is not read here.`,
      advice: "Save it as PNG and choose that picture.",
    });
  }
  const opened = await openWithSharp(bytes);
  // A fourth channel of no stated meaning is no transparency.
  if (tags.get(338)?.[0] !== 0) return opened;
  const decode: Opened["decode"] = async (size) => {
    const raw = await opened.decode(size);
    if (raw.channels === 4)
      for (let offset = 3; offset < raw.data.length; offset += 4) raw.data[offset] = 255;
    return raw;
  };
  return { ...opened, decode };
}

function oddityOf(tags: ReadonlyMap<number, number[]>): string | undefined {
  const first = (tag: number, otherwise: number) => tags.get(tag)?.[0] ?? otherwise;
  const [bits, compression, photometric] = [first(258, 1), first(259, 1), first(262, 1)];
  const [format, extra] = [first(339, 1), tags.get(338)?.length ?? 0];
  if (format === 3) return "numbers with a floating point";
  if (format === 5 || format === 6) return "complex numbers";
  if (format === 2) return "signed numbers";
  if (compression in compressions) return `pixels compressed with ${compressions[compression]}`;
  if (photometric in colours) return colours[photometric];
  if (photometric === yCbCr && compression !== jpeg) return "YCbCr colours";
  if (![1, 2, 4, 8, 16].includes(bits)) return `pixels of ${bits} bits a channel`;
  if (extra > 1) return "channels beyond colour and transparency";
  return undefined;
}

/** Whole numbers of one, two, four and eight bytes, by TIFF's number of their type. */
const sizes: Record<number, number> = { 1: 1, 3: 2, 4: 4, 16: 8 };
/** More values than the tags have that matter here. */
const mostValues = 64;

/** The values of the first picture's tags. */
function readTags(bytes: Uint8Array): Map<number, number[]> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const little = bytes[0] === 0x49;
  const number = (offset: number, size: number): number => {
    if (offset + size > bytes.length) return 0;
    if (size === 1) return view.getUint8(offset);
    if (size === 2) return view.getUint16(offset, little);
    return size === 4 ? view.getUint32(offset, little) : Number(view.getBigUint64(offset, little));
  };
  const isBig = number(2, 2) === 43;
  const word = isBig ? 8 : 4;
  const directory = isBig ? number(8, 8) : number(4, 4);
  const entries = number(directory, isBig ? 8 : 2);
  const tags = new Map<number, number[]>();
  for (let entry = 0; entry < Math.min(entries, 1000); entry++) {
    const offset = directory + (isBig ? 8 : 2) + entry * (4 + 2 * word);
    const size = sizes[number(offset + 2, 2)];
    if (size === undefined) continue;
    const count = Math.min(number(offset + 4, word), mostValues);
    const values = offset + 4 + word;
    const from = count * size <= word ? values : number(values, word);
    tags.set(
      number(offset, 2),
      Array.from({ length: count }, (_, index) => number(from + index * size, size)),
    );
  }
  return tags;
}
