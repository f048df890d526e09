/** A TIFF as some program may write it: numbers of the TIFF 6.0 specification. */
export interface TiffKind {
  bits: number;
  samples: number;
  /** 0 white is zero, 1 black is zero, 2 RGB, 3 palette, 5 CMYK, 6 YCbCr, 8 CIELab. */
  photometric: number;
  /** 1 whole numbers, 2 signed, 3 floating point. */
  sampleFormat?: number;
  /** One for each sample beyond the colours: 0 of no meaning, 1 premultiplied alpha, 2 alpha. */
  extra?: number[];
  /** 1 none; others are stated without being done. */
  compression?: number;
  /** Whether the samples of each kind stand together. */
  planar?: boolean;
  orientation?: number;
  bigEndian?: boolean;
  /** With offsets of 64 bits. */
  big?: boolean;
  palette?: ReadonlyArray<readonly [number, number, number]>;
}

/** Writes a TIFF of one strip (a strip each with `planar`), around pixels that are laid out already. */
export function writeTiff(kind: TiffKind, width: number, height: number, pixels: Buffer): Buffer {
  const { bits, samples, photometric, sampleFormat = 1, extra = [], compression = 1, planar = false } = kind;
  const { orientation = 1, bigEndian = false, big = false, palette } = kind;
  const size = big ? 8 : 4;
  const number = (value: number, length: number): Buffer => {
    const out = Buffer.alloc(length);
    if (length === 8) bigEndian ? out.writeBigUInt64BE(BigInt(value)) : out.writeBigUInt64LE(BigInt(value));
    else bigEndian ? out.writeUIntBE(value, 0, length) : out.writeUIntLE(value, 0, length);
    return out;
  };
  const strips = planar ? samples : 1;
  const tags: Array<[tag: number, type: 3 | 4, values: number[]]> = [
    [256, 4, [width]],
    [257, 4, [height]],
    [258, 3, Array(samples).fill(bits)],
    [259, 3, [compression]],
    [262, 3, [photometric]],
    [273, 4, Array(strips).fill(0)],
    [274, 3, [orientation]],
    [277, 3, [samples]],
    [278, 4, [height]],
    [279, 4, Array(strips).fill(pixels.length / strips)],
    [284, 3, [planar ? 2 : 1]],
    ...(palette
      ? [
          [320, 3, [0, 1, 2].flatMap((c) => palette.map((rgb) => (rgb[c] ?? 0) * 257))] as [
            number,
            3,
            number[],
          ],
        ]
      : []),
    ...(extra.length > 0 ? [[338, 3, extra] as [number, 3, number[]]] : []),
    [339, 3, Array(samples).fill(sampleFormat)],
    ...(photometric === 6 ? [[530, 3, [1, 1]] as [number, 3, number[]]] : []),
  ];
  const head = big ? 16 : 8;
  const entry = big ? 20 : 12;
  const directory = (big ? 8 : 2) + tags.length * entry + size;
  let free = head + directory;
  const outside: Buffer[] = [];
  const stored = tags.map(([, type, values]) => {
    const bytes = Buffer.concat(values.map((value) => number(value, type === 3 ? 2 : 4)));
    if (bytes.length <= size) return { bytes, at: undefined };
    const position = free;
    free += bytes.length + (bytes.length % 2);
    return { bytes, at: position };
  });
  const pixelsAt = free;
  const entries = tags.map(([tag, type, values], index) => {
    const isStrips = tag === 273;
    const filled = isStrips ? values.map((_, strip) => pixelsAt + (strip * pixels.length) / strips) : values;
    const bytes = Buffer.concat(filled.map((value) => number(value, type === 3 ? 2 : 4)));
    const place = stored[index]?.at;
    if (place !== undefined) outside.push(bytes, Buffer.alloc(bytes.length % 2));
    const inline =
      place === undefined ? Buffer.concat([bytes, Buffer.alloc(size - bytes.length)]) : number(place, size);
    return Buffer.concat([number(tag, 2), number(type, 2), number(values.length, size), inline]);
  });
  return Buffer.concat([
    Buffer.from(bigEndian ? "MM" : "II"),
    big
      ? Buffer.concat([number(43, 2), number(8, 2), number(0, 2), number(16, 8)])
      : Buffer.concat([number(42, 2), number(8, 4)]),
    number(tags.length, big ? 8 : 2),
    ...entries,
    number(0, size),
    ...outside,
    pixels,
  ]);
}
