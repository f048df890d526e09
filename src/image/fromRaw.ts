import type { Size } from "./limits.js";
import type { Raw } from "./raw.js";
import { sharp } from "./sharp.js";
import { resized } from "./withSharp.js";

/**
 * What a decoder of our own gives, at the size that is asked for and in sRGB.
 *
 * @param profile an ICC profile that the colours are in
 */
export const fromRaw =
  (decode: () => Promise<Raw>, profile?: Uint8Array) =>
  async (size: Size): Promise<Raw> => {
    const raw = await decode();
    if (profile === undefined && raw.width === size.width && raw.height === size.height) return raw;
    const { width, height, channels } = raw;
    const image =
      profile === undefined
        ? sharp(raw.data, { raw: { width, height, channels } })
        : sharp(tiffWith(raw, profile), { limitInputPixels: false });
    return resized(image, size);
  };

/** An uncompressed TIFF, the least that carries pixels together with their profile. */
function tiffWith({ data, width, height, channels }: Raw, profile: Uint8Array): Buffer {
  const [short, long, undefinedBytes] = [3, 4, 7];
  const entries: Array<[tag: number, type: number, count: number, value: number]> = [];
  const count = channels === 4 ? 13 : 12;
  const bitsAt = 8 + 2 + count * 12 + 4;
  const profileAt = bitsAt + 8;
  const pixelsAt = profileAt + profile.length + (profile.length % 2);
  entries.push([256, long, 1, width], [257, long, 1, height], [258, short, channels, bitsAt]);
  entries.push([259, short, 1, 1], [262, short, 1, 2], [273, long, 1, pixelsAt], [277, short, 1, channels]);
  entries.push([278, long, 1, height], [279, long, 1, data.length], [284, short, 1, 1]);
  if (channels === 4) entries.push([338, short, 1, 2]); // alpha that is not premultiplied
  entries.push([339, short, 1, 1], [34675, undefinedBytes, profile.length, profileAt]);
  const head = Buffer.alloc(pixelsAt);
  head.write("II*\0", 0, "latin1");
  head.writeUInt32LE(8, 4);
  head.writeUInt16LE(count, 8);
  for (const [index, [tag, type, number, value]] of entries.entries()) {
    const place = 10 + index * 12;
    head.writeUInt16LE(tag, place);
    head.writeUInt16LE(type, place + 2);
    head.writeUInt32LE(number, place + 4);
    if (type === short && number === 1) head.writeUInt16LE(value, place + 8);
    else head.writeUInt32LE(value, place + 8);
  }
  for (let channel = 0; channel < channels; channel++) head.writeUInt16LE(8, bitsAt + channel * 2);
  head.set(profile, profileAt);
  return Buffer.concat([head, data]);
}
