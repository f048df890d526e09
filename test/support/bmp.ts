/** A BMP as some program may write it. Pixels are given row by row from the top. */
export interface BmpKind {
  /** Bytes of the header that says how the pixels are laid out. */
  header: 12 | 16 | 40 | 52 | 56 | 64 | 108 | 124;
  bits: 1 | 2 | 4 | 8 | 16 | 24 | 32;
  compression?: "runs" | "literals" | "masks";
  /** Red, green, blue and alpha; with "masks". */
  masks?: readonly [number, number, number, number];
  topDown?: boolean;
  /** Bytes between the header and the pixels. */
  gap?: number;
}

/**
 * Writes a BMP.
 *
 * @param pixels a number for each pixel: its place in the palette, or its 16, 24 or 32 bits
 * @param palette RGB
 */
export function writeBmp(
  kind: BmpKind,
  { width, height, pixels }: { width: number; height: number; pixels: readonly number[] },
  palette: ReadonlyArray<readonly [number, number, number]> = [],
): Buffer {
  const { header, bits, compression, topDown = false, gap = 0 } = kind;
  const rows = Array.from({ length: height }, (_, y) => pixels.slice(y * width, (y + 1) * width));
  if (!topDown) rows.reverse();
  const body = Buffer.concat(
    compression === "runs" || compression === "literals"
      ? [...rows.map((row) => runLength(row, bits, compression)), Buffer.from([0, 1])]
      : rows.map((row) => plainRow(row, bits)),
  );

  const dib = Buffer.alloc(header);
  dib.writeUInt32LE(header, 0);
  if (header === 12) {
    dib.writeUInt16LE(width, 4);
    dib.writeUInt16LE(height, 6);
    dib.writeUInt16LE(1, 8);
    dib.writeUInt16LE(bits, 10);
  } else {
    dib.writeInt32LE(width, 4);
    dib.writeInt32LE(topDown ? -height : height, 8);
    dib.writeUInt16LE(1, 12);
    dib.writeUInt16LE(bits, 14);
    if (header >= 40) {
      dib.writeUInt32LE(compressionCode(kind), 16);
      dib.writeUInt32LE(body.length, 20);
      dib.writeUInt32LE(palette.length, 32);
    }
  }
  const masks = Buffer.alloc(16);
  for (const [index, mask] of (kind.masks ?? []).entries()) masks.writeUInt32LE(mask, index * 4);
  const withAlpha = header >= 56;
  if (kind.masks && header >= 52) masks.copy(dib, 40, 0, withAlpha ? 16 : 12);
  const between = kind.masks && header === 40 ? masks.subarray(0, 12) : Buffer.alloc(0);

  const entries = Buffer.concat(
    palette.map(([red, green, blue]) => Buffer.from([blue, green, red, ...(header === 12 ? [] : [0])])),
  );
  // OS/2's core header cannot say how many colours there are: all of them.
  const full = header === 12 || header === 16 ? (1 << bits) * (header === 12 ? 3 : 4) : entries.length;
  const table = bits <= 8 ? Buffer.concat([entries, Buffer.alloc(full - entries.length)]) : Buffer.alloc(0);
  const pixelsAt = 14 + header + between.length + table.length + gap;
  const file = Buffer.alloc(14);
  file.write("BM", 0, "latin1");
  file.writeUInt32LE(pixelsAt + body.length, 2);
  file.writeUInt32LE(pixelsAt, 10);
  return Buffer.concat([file, dib, between, table, Buffer.alloc(gap, 0xaa), body]);
}

function compressionCode({ compression, bits }: BmpKind): number {
  if (compression === undefined) return 0;
  if (compression === "masks") return 3;
  return bits === 8 ? 1 : bits === 4 ? 2 : 4;
}

function plainRow(row: readonly number[], bits: number): Buffer {
  const out = Buffer.alloc(Math.ceil((row.length * bits) / 32) * 4);
  for (const [x, pixel] of row.entries()) {
    if (bits >= 8) out.writeUIntLE(pixel, (x * bits) / 8, bits / 8);
    else {
      const index = (x * bits) >> 3;
      out[index] = (out[index] ?? 0) | (pixel << (8 - bits - ((x * bits) % 8)));
    }
  }
  return out;
}

/** Bytes of one pixel, or of two with four bits. */
const stored = (pixels: readonly number[], bits: number): number[] => {
  if (bits === 8) return [...pixels];
  if (bits === 24) return pixels.flatMap((pixel) => [pixel & 255, (pixel >> 8) & 255, pixel >> 16]);
  return Array.from(
    { length: Math.ceil(pixels.length / 2) },
    (_, index) => ((pixels[index * 2] ?? 0) << 4) | (pixels[index * 2 + 1] ?? 0),
  );
};

function runLength(row: readonly number[], bits: number, way: "runs" | "literals"): Buffer {
  const out: number[] = [];
  for (let x = 0; x < row.length; ) {
    // Three and more may be written one by one.
    const literal = row.slice(x, x + 100);
    if (way === "literals" && literal.length >= 3) {
      const bytes = stored(literal, bits);
      out.push(0, literal.length, ...bytes, ...(bytes.length % 2 === 1 ? [0] : []));
      x += literal.length;
      continue;
    }
    let length = 1;
    while (x + length < row.length && length < 255 && row[x + length] === row[x]) length++;
    const pixel = row[x] ?? 0;
    out.push(length, ...(bits === 4 ? [(pixel << 4) | pixel] : stored([pixel], bits)));
    x += length;
  }
  return Buffer.from([...out, 0, 0]);
}
