import sharp from "sharp";
import type { Colour } from "../pictures.js";
import { actl, cicp, gama, withChunks } from "../png.js";
import { type Case, height, inQuarters, picture, quarters, width } from "./case.js";

const png = () => picture().png().toBuffer();
/** What Chromium makes of the quarters' numbers. */
const asP3: Colour[] = [
  [219, 0, 25],
  [0, 143, 48],
  [0, 92, 207],
  [120, 120, 120],
];
const asLight: Colour[] = [
  [229, 110, 110],
  [96, 194, 133],
  [79, 160, 229],
  [182, 182, 182],
];

export const pngCases: Case[] = [
  { format: "PNG", variant: "8-bit colours", make: png },
  { format: "PNG", variant: "interlaced", make: () => picture().png({ progressive: true }).toBuffer() },
  { format: "PNG", variant: "palette", make: () => picture().png({ palette: true }).toBuffer() },
  {
    format: "PNG",
    variant: "16 bits a channel",
    make: () => picture().toColourspace("rgb16").png().toBuffer(),
    tolerance: 1,
  },
  {
    format: "PNG",
    variant: "grey",
    make: () => picture().extractChannel(0).png().toBuffer(),
    shows: inQuarters(quarters.map(([red]) => [red, red, red])),
  },
  { format: "PNG", variant: "opaque alpha", make: () => picture().ensureAlpha().png().toBuffer() },
  {
    format: "PNG",
    variant: "transparent, dark content",
    make: () => picture().ensureAlpha(0).png().toBuffer(),
    shows: inQuarters(Array(4).fill([255, 255, 255])),
  },
  {
    format: "PNG",
    variant: "an ICC profile (Display P3)",
    make: () => picture().withIccProfile("p3").png().toBuffer(),
    tolerance: 2,
  },
  {
    format: "PNG",
    variant: "cICP: Display P3",
    make: async () => withChunks(await png(), cicp(12, 13)),
    shows: inQuarters(asP3),
    tolerance: 3,
  },
  {
    format: "PNG",
    variant: "cICP: HDR (PQ)",
    make: async () =>
      withChunks(
        await sharp(Buffer.alloc(width * height * 3, 0x94), { raw: { width, height, channels: 3 } })
          .png()
          .toBuffer(),
        cicp(9, 16),
      ),
    shows: inQuarters(Array(4).fill([255, 255, 255])),
    tolerance: 3,
  },
  {
    format: "PNG",
    variant: "cICP: HDR (HLG)",
    make: async () =>
      withChunks(
        await sharp(Buffer.alloc(width * height * 3, 0xbf), { raw: { width, height, channels: 3 } })
          .png()
          .toBuffer(),
        cicp(9, 18),
      ),
    shows: inQuarters(Array(4).fill([255, 255, 255])),
    tolerance: 3,
  },
  {
    format: "PNG",
    variant: "gAMA: 1",
    make: async () => withChunks(await png(), gama(1)),
    shows: inQuarters(asLight),
    tolerance: 2,
  },
  { format: "PNG", variant: "gAMA: 1/2.2", make: async () => withChunks(await png(), gama(0.45455)) },
  { format: "PNG", variant: "animated (APNG)", make: async () => withChunks(await png(), actl(3)) },
  { format: "PNG", variant: "cut short", make: async () => (await png()).subarray(0, 70) },
];

const jpeg = (options: object = {}) =>
  picture().jpeg({ quality: 95, chromaSubsampling: "4:4:4", ...options });
/** How the pixels lie in the file, so that the orientation turns them upright. */
const stored = (orientation: number) => {
  const turned = picture().rotate({ 3: 180, 5: 90, 6: 270, 7: 90, 8: 90 }[orientation] ?? 0);
  if (orientation === 2 || orientation === 7) return turned.flop();
  return orientation === 4 || orientation === 5 ? turned.flip() : turned;
};

export const jpegCases: Case[] = [
  { format: "JPEG", variant: "baseline", make: () => jpeg().toBuffer(), tolerance: 6 },
  {
    format: "JPEG",
    variant: "progressive",
    make: () => jpeg({ progressive: true }).toBuffer(),
    tolerance: 6,
  },
  {
    format: "JPEG",
    variant: "colours at half the size",
    make: () => jpeg({ chromaSubsampling: "4:2:0" }).toBuffer(),
    tolerance: 6,
  },
  {
    format: "JPEG",
    variant: "grey",
    make: () => picture().extractChannel(0).jpeg({ quality: 95 }).toBuffer(),
    shows: inQuarters(quarters.map(([red]) => [red, red, red])),
    tolerance: 4,
  },
  {
    format: "JPEG",
    variant: "CMYK",
    make: () => picture().toColourspace("cmyk").jpeg({ quality: 95 }).toBuffer(),
    tolerance: 45,
  },
  {
    format: "JPEG",
    variant: "an ICC profile (Display P3)",
    make: () => jpeg().withIccProfile("p3").toBuffer(),
    tolerance: 6,
  },
  ...[1, 2, 3, 4, 5, 6, 7, 8].map(
    (orientation): Case => ({
      format: "JPEG",
      variant: `EXIF orientation ${orientation}`,
      make: async () => {
        const { data, info } = await stored(orientation).raw().toBuffer({ resolveWithObject: true });
        return sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } })
          .jpeg({ quality: 95, chromaSubsampling: "4:4:4" })
          .withMetadata({ orientation })
          .toBuffer();
      },
      tolerance: 6,
    }),
  ),
  {
    format: "JPEG",
    variant: "stray bytes before a marker",
    make: async () => {
      const whole = await jpeg().toBuffer();
      const second = 4 + whole.readUInt16BE(4);
      return Buffer.concat([whole.subarray(0, second), Buffer.alloc(2), whole.subarray(second)]);
    },
    tolerance: 6,
  },
  { format: "JPEG", variant: "cut short", make: async () => (await jpeg().toBuffer()).subarray(0, -40) },
];

const frames = async () => {
  const other = await sharp({ create: { width, height, channels: 3, background: "#000" } })
    .png()
    .toBuffer();
  return sharp([await png(), other], { join: { animated: true } });
};

export const animationCases: Case[] = [
  { format: "GIF", variant: "still", make: () => picture().gif().toBuffer(), tolerance: 4 },
  { format: "GIF", variant: "animated", make: async () => (await frames()).gif().toBuffer(), tolerance: 4 },
  { format: "WebP", variant: "lossy", make: () => picture().webp({ quality: 95 }).toBuffer(), tolerance: 8 },
  { format: "WebP", variant: "lossless", make: () => picture().webp({ lossless: true }).toBuffer() },
  {
    format: "WebP",
    variant: "transparent, dark content",
    make: () => picture().ensureAlpha(0).webp({ lossless: true, exact: true }).toBuffer(),
    shows: inQuarters(Array(4).fill([255, 255, 255])),
  },
  {
    format: "WebP",
    variant: "an ICC profile (Display P3)",
    make: () => picture().withIccProfile("p3").webp({ lossless: true }).toBuffer(),
    tolerance: 2,
  },
  {
    format: "WebP",
    variant: "animated",
    make: async () => (await frames()).webp({ lossless: true }).toBuffer(),
    tolerance: 2,
  },
];
