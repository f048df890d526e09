import sharp from "sharp";
import { bytes, type Item, iccOf, irot, ispe, nclx, onlyItem, writeHeif } from "../heif.js";
import { type Colour, fixture } from "../pictures.js";
import { type TiffKind, writeTiff } from "../tiff.js";
import { type Case, height, inQuarters, picture, places, quarters, truth, width } from "./case.js";

const tiff = (variant: string, kind: TiffKind, pixels: Buffer, more: Partial<Case> = {}): Case => ({
  format: "TIFF",
  variant,
  make: () => writeTiff(kind, width, height, pixels),
  ...more,
});
const samples = (...channels: Array<(place: number) => number>) =>
  Buffer.from(places.flatMap((place) => channels.map((channel) => channel(place))));
const colour = (channel: number) => (place: number) => quarters[place]?.[channel] ?? 0;
const of = (value: number) => () => value;
const greys: Colour[] = quarters.map(([red]) => [red, red, red]);
const planes = Buffer.concat([0, 1, 2].map((channel) => samples(colour(channel))));
const rgb: TiffKind = { bits: 8, samples: 3, photometric: 2 };
const grey: TiffKind = { bits: 8, samples: 1, photometric: 1 };

export const tiffCases: Case[] = [
  tiff("8-bit colours", rgb, truth),
  tiff("most significant byte first", { ...rgb, bigEndian: true }, truth),
  tiff("offsets of 64 bits (BigTIFF)", { ...rgb, big: true }, truth),
  tiff("a plane for each channel", { ...rgb, planar: true }, planes),
  tiff(
    "a palette",
    {
      bits: 8,
      samples: 1,
      photometric: 3,
      palette: Array.from({ length: 256 }, (_, index) => quarters[index] ?? [0, 0, 0]),
    },
    samples((place) => place),
  ),
  tiff("grey", grey, samples(colour(0)), { shows: inQuarters(greys) }),
  tiff(
    "grey, white being 0",
    { ...grey, photometric: 0 },
    samples((place) => 255 - colour(0)(place)),
    { shows: inQuarters(greys) },
  ),
  tiff("grey with alpha", { ...grey, samples: 2, extra: [2] }, samples(colour(0), of(255)), {
    shows: inQuarters(greys),
  }),
  tiff("alpha", { ...rgb, samples: 4, extra: [2] }, samples(colour(0), colour(1), colour(2), of(255))),
  tiff(
    "premultiplied alpha",
    { ...rgb, samples: 4, extra: [1] },
    samples(
      (p) => colour(0)(p) >> 1,
      (p) => colour(1)(p) >> 1,
      (p) => colour(2)(p) >> 1,
      of(128),
    ),
    {
      shows: inQuarters(
        quarters.map(([r, g, b]): Colour => [127 + (r >> 1), 127 + (g >> 1), 127 + (b >> 1)]),
      ),
      tolerance: 2,
    },
  ),
  tiff(
    "a fourth channel of no meaning",
    { ...rgb, samples: 4, extra: [0] },
    samples(colour(0), colour(1), colour(2), of(9)),
  ),
  ...(["lzw", "deflate", "packbits", "jpeg"] as const).map(
    (compression): Case => ({
      format: "TIFF",
      variant: `compressed (${compression})`,
      make: () => picture().tiff({ compression, quality: 95 }).toBuffer(),
      tolerance: compression === "jpeg" ? 12 : 0,
    }),
  ),
  {
    format: "TIFF",
    variant: "in tiles",
    make: () => picture().tiff({ tile: true, tileWidth: 16, tileHeight: 16 }).toBuffer(),
    tolerance: 8,
  },
  {
    format: "TIFF",
    variant: "16 bits a channel",
    make: () => picture().toColourspace("rgb16").tiff({ compression: "none" }).toBuffer(),
    tolerance: 1,
  },
  tiff("floating point", { ...rgb, bits: 32, sampleFormat: 3 }, Buffer.alloc(width * height * 12)),
  tiff("signed numbers", { ...grey, sampleFormat: 2 }, samples(colour(0))),
  tiff("32 bits a channel", { ...grey, bits: 32 }, Buffer.alloc(width * height * 4)),
  tiff("12 bits a channel", { ...grey, bits: 12 }, Buffer.alloc(width * height * 2)),
  tiff("CIELab", { ...rgb, photometric: 8 }, truth),
  tiff("YCbCr without JPEG", { ...rgb, photometric: 6 }, truth),
  tiff("ZSTD", { ...rgb, compression: 50000 }, truth),
  tiff("JPEG of the old style", { ...rgb, photometric: 6, compression: 6 }, truth),
];

/** The item of a real file, with more said about it. */
const heic = (...properties: Buffer[]): Item => {
  const item = onlyItem(fixture("flag.heic"));
  return { ...item, properties: [...item.properties, ...properties] };
};
/** Of the flag, away from its edges. */
const flagShows: Case["shows"] = [
  [30, 40, [0xc0, 0x20, 0x20]],
  [60, 40, [0x20, 0x40, 0xc0]],
  [5, 5, [0x20, 0xa0, 0x40]],
];
const flag = (
  variant: string,
  make: () => Buffer | Promise<Buffer>,
  shows: Case["shows"] = flagShows,
  tolerance = 14,
): Case => ({
  format: "HEIC",
  variant,
  make,
  shows,
  tolerance,
});
const p3 = async () =>
  (await sharp(await picture().withIccProfile("p3").png().toBuffer()).metadata()).icc ?? Buffer.alloc(0);
/** The flag's colours, taken as those of Display P3. */
const flagAsP3: Case["shows"] = [
  [30, 40, [210, 0, 0x13]],
  [60, 40, [0, 0x42, 0xc8]],
];

export const heicCases: Case[] = [
  flag("one picture", () => fixture("flag.heic")),
  flag("several pictures, the second the main one", () => writeHeif([heic(irot(1)), heic()], 2)),
  flag("with a thumbnail", () =>
    writeHeif([heic(), { ...heic(irot(1)), refersTo: { as: "thmb", items: [1] } }]),
  ),
  flag("a grid", () =>
    writeHeif(
      [
        { ...heic(), hidden: true },
        { ...heic(), hidden: true },
        {
          type: "grid",
          data: bytes([0, 2], [0, 1], [1, 1], [160, 2], [60, 2]),
          properties: [ispe(160, 60)],
          refersTo: { as: "dimg", items: [1, 2] },
        },
      ],
      3,
    ),
  ),
  flag("a quarter turn", () => writeHeif([heic(irot(1))]), [
    [40, 49, [0xc0, 0x20, 0x20]],
    [40, 19, [0x20, 0x40, 0xc0]],
  ]),
  flag("an ICC profile (Display P3)", async () => writeHeif([heic(iccOf(await p3()))]), flagAsP3, 22),
  flag("Display P3 by numbers", () => writeHeif([heic(nclx(12, 13, 6, true))]), flagAsP3, 22),
  flag("named by its codec alone (mif1)", () => writeHeif([heic()], 1, "mif1")),
  flag("another codec (VVC)", () => writeHeif([{ ...heic(), type: "vvc1" }], 1, "mif1")),
  flag("cut short", () => fixture("flag.heic").subarray(0, 600)),
];

const avif = (options: object = {}) =>
  picture()
    .avif({ quality: 95, chromaSubsampling: "4:4:4", ...options })
    .toBuffer();
const rewritten = async (brand: string, ...properties: Buffer[]) => {
  const item = onlyItem(await avif());
  return writeHeif([{ ...item, properties: [...item.properties, ...properties] }], 1, brand);
};
const grid = (x: number, level: number): [number, number, Colour] => [x, 8, [level, level, level]];

export const avifCases: Case[] = [
  { format: "AVIF", variant: "8 bits", make: () => avif(), tolerance: 8 },
  {
    format: "AVIF",
    variant: "colours at half the size",
    make: () => avif({ chromaSubsampling: "4:2:0" }),
    tolerance: 10,
  },
  {
    format: "AVIF",
    variant: "alpha",
    make: () => picture().ensureAlpha(0).avif({ lossless: true }).toBuffer(),
    shows: inQuarters(Array(4).fill([255, 255, 255])),
    tolerance: 4,
  },
  {
    format: "AVIF",
    variant: "greys of limited range",
    make: () => fixture("grey-limited.avif"),
    shows: [grid(0, 0), grid(64, 56), grid(128, 130), grid(200, 214), grid(235, 255)],
    tolerance: 1,
  },
  {
    format: "AVIF",
    variant: "colours of limited range",
    make: () => rewritten("avif", nclx(1, 13, 6, false)),
    shows: [[24, 18, [121, 121, 121]]],
    tolerance: 3,
  },
  {
    format: "AVIF",
    variant: "a quarter turn",
    make: () => rewritten("avif", irot(1)),
    shows: [
      [6, 8, quarters[1] ?? [0, 0, 0]],
      [18, 8, quarters[3] ?? [0, 0, 0]],
      [6, 24, quarters[0] ?? [0, 0, 0]],
    ],
    tolerance: 8,
  },
  {
    format: "AVIF",
    variant: "Display P3 by numbers",
    make: () => rewritten("avif", nclx(12, 13, 6, true)),
    shows: inQuarters([
      [219, 0, 25],
      [0, 143, 48],
      [0, 92, 207],
      [120, 120, 120],
    ]),
    tolerance: 10,
  },
  {
    format: "AVIF",
    variant: "an ICC profile (Display P3)",
    make: () =>
      picture().withIccProfile("p3").avif({ lossless: true, chromaSubsampling: "4:4:4" }).toBuffer(),
    tolerance: 8,
  },
  {
    format: "AVIF",
    variant: "HDR (PQ) by numbers",
    make: () => rewritten("avif", nclx(9, 16, 9, true)),
    shows: [],
  },
  {
    format: "AVIF",
    variant: "animated, with a still picture",
    make: async () => Buffer.concat([await rewritten("avis"), bytes([8, 4]), Buffer.from("moov")]),
    tolerance: 8,
  },
  {
    format: "AVIF",
    variant: "animated, without one",
    make: async () => {
      const file = await rewritten("avis");
      return Buffer.concat([file.subarray(0, file.readUInt32BE(0)), bytes([8, 4]), Buffer.from("moov")]);
    },
  },
];
