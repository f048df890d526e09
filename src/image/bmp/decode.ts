import type { Raw } from "../raw.js";
import type { BmpHeader } from "./header.js";
import { decodeRuns } from "./runs.js";

/**
 * Decodes a BMP, which sharp's libvips does not read, as Chromium does: a palette's missing colours are black,
 * pixels that runs leave out are transparent, and alpha that is nowhere more than 0 was not meant.
 *
 * @throws Error when the file is cut short
 */
export function decodeBmp(bytes: Uint8Array, header: BmpHeader): Raw {
  if (header.layout === "runs") return opaqueUnless(decodeRuns(bytes, header));
  const { width, height, bitsPerPixel, topDown, pixelsAt } = header;
  const stride = Math.ceil((width * bitsPerPixel) / 32) * 4;
  if (pixelsAt + stride * (height - 1) + Math.ceil((width * bitsPerPixel) / 8) > bytes.length)
    throw new Error("Fewer bytes than pixels");
  const channels = header.masks[3] === 0 ? 3 : 4;
  const data = new Uint8Array(width * height * channels);
  const readRow = header.layout === "palette" ? paletteRow(header) : maskedRow(header);
  for (let row = 0; row < height; row++) {
    const y = topDown ? row : height - 1 - row;
    readRow(bytes, pixelsAt + row * stride, data.subarray(y * width * channels, (y + 1) * width * channels));
  }
  const raw: Raw = { data, width, height, channels };
  return channels === 4 ? opaqueUnless(raw) : raw;
}

type ReadRow = (bytes: Uint8Array, from: number, to: Uint8Array) => void;

function paletteRow({ bitsPerPixel: bits, palette, width }: BmpHeader): ReadRow {
  const perByte = 8 / bits;
  const mask = (1 << bits) - 1;
  return (bytes, from, to) => {
    for (let x = 0; x < width; x++) {
      const byte = bytes[from + Math.floor(x / perByte)] ?? 0;
      const index = (byte >> (8 - bits - (x % perByte) * bits)) & mask;
      for (let channel = 0; channel < 3; channel++) to[x * 3 + channel] = palette[index * 3 + channel] ?? 0;
    }
  };
}

function maskedRow({ bitsPerPixel, masks, width }: BmpHeader): ReadRow {
  const size = bitsPerPixel / 8;
  const channels = (masks[3] === 0 ? masks.slice(0, 3) : masks).map(channelOf);
  return (bytes, from, to) => {
    let offset = 0;
    for (let x = 0, pixel = from; x < width; x++, pixel += size) {
      let value = (bytes[pixel] ?? 0) | ((bytes[pixel + 1] ?? 0) << 8);
      if (size > 2) value |= (bytes[pixel + 2] ?? 0) << 16;
      if (size > 3) value |= (bytes[pixel + 3] ?? 0) << 24;
      for (const { mask, shift, scale } of channels)
        to[offset++] = Math.round(((value & mask) >>> shift) * scale);
    }
  };
}

/** How to take a channel out of a pixel and spread it over 0 to 255. */
function channelOf(mask: number): { mask: number; shift: number; scale: number } {
  if (mask === 0) return { mask, shift: 0, scale: 0 };
  const shift = 31 - Math.clz32(mask & -mask);
  const most = mask >>> shift;
  if ((most & (most + 1)) !== 0) throw new Error("A mask with a gap");
  return { mask, shift, scale: 255 / most };
}

function opaqueUnless(raw: Raw): Raw {
  const { data } = raw;
  for (let offset = 3; offset < data.length; offset += 4) if (data[offset] !== 0) return raw;
  for (let offset = 3; offset < data.length; offset += 4) data[offset] = 255;
  return raw;
}
