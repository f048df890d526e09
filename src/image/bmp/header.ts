import { UserError } from "../../errors.js";

/** What the beginning of a BMP says: enough to find its pixels and to read them. */
export interface BmpHeader {
  width: number;
  height: number;
  /** Whether the first row in the file is the topmost; as a rule it is the lowest. */
  topDown: boolean;
  bitsPerPixel: number;
  layout: "palette" | "masks" | "runs";
  /** RGB triples; empty where pixels hold their colours themselves. */
  palette: Uint8Array;
  /** The bits of a pixel that hold red, green, blue and alpha; no alpha is 0. */
  masks: readonly [number, number, number, number];
  /** Where the pixels begin. Bytes from the beginning of the file. */
  pixelsAt: number;
  /** An ICC profile. */
  profile?: Uint8Array;
}

const fileHeader = 14;
/** Compressions of Windows' headers; 3 and 4 mean something else in OS/2's second header. */
const compressions = { none: 0, runs8: 1, runs4: 2, bitFields: 3, alphaBitFields: 6 };
const os2Runs24 = 4;

const unsupported = (what: string) =>
  new UserError({
    code: "pictureUnusable",
    problem: `The BMP file holds ${what}, which is not read here.`,
    advice: "Save it as PNG and choose that picture.",
  });

/**
 * Reads the header in all its historic lengths: OS/2's core header (12 bytes) and second header (16 to 64),
 * Windows' first (40), with masks (52, 56), fourth and fifth (108, 124).
 *
 * @throws UserError when the file holds what is not read here
 * @throws Error when it makes no sense
 */
export function readBmpHeader(bytes: Uint8Array): BmpHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(fileHeader, true);
  const field = (position: number): number =>
    position + 4 <= length && fileHeader + position + 4 <= bytes.length
      ? view.getUint32(fileHeader + position, true)
      : 0;
  const isCore = length === 12;
  const isWindows = [40, 52, 56, 108, 124].includes(length);
  if (!isCore && !isWindows && (length < 16 || length > 64)) throw new Error(`A header of ${length} bytes`);

  const width = isCore ? view.getUint16(fileHeader + 4, true) : field(4) | 0;
  const signedHeight = isCore ? view.getUint16(fileHeader + 6, true) : field(8) | 0;
  const bitsPerPixel = view.getUint16(fileHeader + (isCore ? 10 : 14), true);
  const compression = field(16);
  if (width <= 0 || signedHeight === 0) throw new Error(`${width} × ${signedHeight} px`);

  const layout = layoutOf(bitsPerPixel, compression, isWindows);
  const stated = field(4 * 8);
  let position = fileHeader + length;
  // The first Windows header is followed by the masks, longer ones contain them.
  const masksAt = fileHeader + 40;
  const hasMasks = compression === compressions.bitFields || compression === compressions.alphaBitFields;
  const hasAlphaMask = compression === compressions.alphaBitFields || (isWindows && length >= 56);
  if (layout === "masks" && hasMasks && length === 40) position += hasAlphaMask ? 16 : 12;

  const offset = view.getUint32(10, true);
  const entry = isCore ? 3 : 4;
  const most = bitsPerPixel <= 8 ? 1 << bitsPerPixel : 0;
  const room = Math.floor(((offset === 0 ? bytes.length : offset) - position) / entry);
  const entries = Math.min(stated > 0 && stated < most ? stated : most, Math.max(room, 0));
  if (offset !== 0 && offset < position) throw new Error("The pixels begin within the header");
  return {
    width,
    height: Math.abs(signedHeight),
    topDown: signedHeight < 0,
    bitsPerPixel,
    layout,
    palette: readPalette(bytes, position, entries, entry),
    masks: layout === "masks" ? readMasks() : [0, 0, 0, 0],
    pixelsAt: offset === 0 ? position + entries * entry : offset,
    ...profileOf(bytes, length, field),
  };

  function readMasks(): BmpHeader["masks"] {
    const mask = (place: number) => view.getUint32(masksAt + place * 4, true);
    const alpha = hasAlphaMask ? mask(3) : 0;
    if (hasMasks) return [mask(0), mask(1), mask(2), alpha];
    if (bitsPerPixel === 16) return [0x7c00, 0x3e0, 0x1f, 0];
    return [0xff0000, 0xff00, 0xff, bitsPerPixel === 32 ? alpha : 0];
  }
}

function layoutOf(bits: number, compression: number, isWindows: boolean): BmpHeader["layout"] {
  if (compression === compressions.none) {
    if ([1, 2, 4, 8].includes(bits)) return "palette";
    if ([16, 24, 32].includes(bits)) return "masks";
    if (bits === 64) throw unsupported("64 bits a pixel");
    throw new Error(`${bits} bits a pixel`);
  }
  if (compression === compressions.runs8 && bits === 8) return "runs";
  if (compression === compressions.runs4 && bits === 4) return "runs";
  if (!isWindows) {
    if (compression === os2Runs24 && bits === 24) return "runs";
    if (compression === 3 && bits === 1) throw unsupported("a fax (Huffman) code");
  } else {
    const hasMasks = compression === compressions.bitFields || compression === compressions.alphaBitFields;
    if (hasMasks && (bits === 16 || bits === 32)) return "masks";
    if (compression === 4) throw unsupported("a JPEG picture within");
    if (compression === 5) throw unsupported("a PNG picture within");
  }
  throw new Error(`Compression ${compression} with ${bits} bits a pixel`);
}

/** The file has blue first; a fourth byte means nothing. */
function readPalette(bytes: Uint8Array, from: number, entries: number, entry: number): Uint8Array {
  const palette = new Uint8Array(entries * 3);
  for (let index = 0; index < entries; index++) {
    const offset = from + index * entry;
    palette.set([bytes[offset + 2] ?? 0, bytes[offset + 1] ?? 0, bytes[offset] ?? 0], index * 3);
  }
  return palette;
}

const embedded = 0x4d424544; // "MBED"

function profileOf(bytes: Uint8Array, length: number, field: (offset: number) => number) {
  if (length < 124 || field(56) !== embedded) return {};
  const start = fileHeader + field(112);
  const profile = bytes.subarray(start, start + field(116));
  return profile.length > 0 && profile.length === field(116) ? { profile } : {};
}
