import { type BmpKind, writeBmp } from "../bmp.js";
import { type Case, height, inQuarters, places, quarters, width } from "./case.js";

const headers = {
  12: "OS/2 core",
  16: "OS/2 short",
  64: "OS/2",
  40: "Windows",
  52: "with masks",
  56: "with alpha mask",
  108: "V4",
  124: "V5",
} as const;
const sizes = [12, 16, 64, 40, 52, 56, 108, 124] as const;

const packed = (bits: readonly [number, number, number], order: "rgb" | "bgr" = "rgb") =>
  places.map((place) => {
    const colour = quarters[place] ?? [0, 0, 0];
    const parts = (order === "rgb" ? colour : [...colour].reverse()).map((value, index) =>
      Math.round((value / 255) * (2 ** (bits[index] ?? 8) - 1)),
    );
    return parts.reduce((value, part, index) => value * 2 ** (bits[index] ?? 8) + part, 0);
  });

const bmp = (variant: string, kind: BmpKind, pixels: readonly number[] = places, tolerance = 0): Case => ({
  format: "BMP",
  variant,
  tolerance,
  make: () => writeBmp(kind, { width, height, pixels }, kind.bits <= 8 ? quarters : []),
});

export const bmpCases: Case[] = [
  ...sizes.flatMap((header) => [
    ...([2, 4, 8] as const).map((bits) =>
      bmp(`${bits}-bit palette, ${headers[header]} header`, { header, bits }),
    ),
    bmp(`24 bits, ${headers[header]} header`, { header, bits: 24 }, packed([8, 8, 8])),
  ]),
  ...([40, 108, 124] as const).flatMap((header) => [
    bmp(`16 bits (5, 5, 5), ${headers[header]} header`, { header, bits: 16 }, packed([5, 5, 5]), 5),
    bmp(
      `16 bits (5, 6, 5), ${headers[header]} header`,
      { header, bits: 16, compression: "masks", masks: [0xf800, 0x7e0, 0x1f, 0] },
      packed([5, 6, 5]),
      5,
    ),
    bmp(`32 bits, ${headers[header]} header`, { header, bits: 32 }, packed([8, 8, 8])),
    bmp(
      `32 bits, red last, ${headers[header]} header`,
      { header, bits: 32, compression: "masks", masks: [0xff, 0xff00, 0xff0000, 0] },
      packed([8, 8, 8], "bgr"),
    ),
  ]),
  {
    format: "BMP",
    variant: "1-bit palette",
    shows: inQuarters([
      [200, 40, 40],
      [30, 140, 60],
      [200, 40, 40],
      [30, 140, 60],
    ]),
    make: () =>
      writeBmp(
        { header: 40, bits: 1 },
        { width, height, pixels: places.map((place) => place % 2) },
        quarters.slice(0, 2),
      ),
  },
  bmp(
    "32 bits with an alpha of nothing but 0",
    { header: 124, bits: 32, compression: "masks", masks: [0xff0000, 0xff00, 0xff, 0xff000000] },
    packed([8, 8, 8]),
  ),
  bmp(
    "32 bits with alpha",
    { header: 124, bits: 32, compression: "masks", masks: [0xff0000, 0xff00, 0xff, 0xff000000] },
    packed([8, 8, 8]).map((pixel, index) => (index === 0 ? 0x10000000 : 0xff000000) + pixel),
  ),
  bmp("top row first", { header: 40, bits: 8, topDown: true }),
  bmp("a gap before the pixels", { header: 40, bits: 24, gap: 100 }, packed([8, 8, 8])),
  ...(["runs", "literals"] as const).flatMap((compression) => [
    bmp(`run-length coded, 4 bits (${compression})`, { header: 40, bits: 4, compression }),
    bmp(`run-length coded, 8 bits (${compression})`, { header: 40, bits: 8, compression }),
    bmp(
      `run-length coded, 24 bits of OS/2 (${compression})`,
      { header: 64, bits: 24, compression },
      packed([8, 8, 8]),
    ),
  ]),
  ...[
    [4, "a JPEG picture within"],
    [5, "a PNG picture within"],
  ].map(
    ([code, variant]): Case => ({
      format: "BMP",
      variant: String(variant),
      make: () => {
        const file = writeBmp({ header: 40, bits: 24 }, { width, height, pixels: packed([8, 8, 8]) });
        file.writeUInt32LE(Number(code), 30);
        return file;
      },
    }),
  ),
];
