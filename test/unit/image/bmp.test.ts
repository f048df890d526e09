import assert from "node:assert/strict";
import fc from "fast-check";
import { openPicture } from "../../../src/image/open.js";
import { readPixels } from "../../../src/image/prepare.js";
import { type BmpKind, writeBmp } from "../../support/bmp.js";
import { refused } from "../../support/expect.js";

const decoded = async (bytes: Uint8Array) => {
  const picture = await openPicture(bytes);
  return readPixels(picture, picture);
};

type Rgb = readonly [number, number, number];

/** A picture of random pixels with so many bits each. */
const picture = (bits: number) =>
  fc.tuple(fc.integer({ min: 1, max: 19 }), fc.integer({ min: 1, max: 9 })).chain(([width, height]) =>
    fc
      .array(fc.integer({ min: 0, max: 2 ** bits - 1 }), {
        minLength: width * height,
        maxLength: width * height,
      })
      .map((pixels) => ({ width, height, pixels })),
  );

const channel = fc.integer({ min: 0, max: 255 });
const paletteOf = (bits: number) =>
  fc.array(fc.tuple(channel, channel, channel), { minLength: 2 ** bits, maxLength: 2 ** bits });

async function comesBack(
  bytes: Buffer,
  { width, height, pixels }: { width: number; height: number; pixels: readonly number[] },
  colourOf: (pixel: number) => Rgb,
): Promise<void> {
  const found = await decoded(bytes);
  assert.deepEqual([found.width, found.height], [width, height]);
  assert.deepEqual([...found.data], pixels.flatMap(colourOf));
}

const headers = [12, 16, 40, 52, 56, 64, 108, 124] as const;

describe("BMP", () => {
  for (const header of headers) {
    for (const bits of [1, 2, 4, 8] as const) {
      for (const topDown of header === 12 ? [false] : [false, true]) {
        it(`with a header of ${header} bytes and a palette of ${bits} bits, ${topDown ? "top" : "lowest row"} first`, () =>
          fc.assert(
            fc.asyncProperty(
              picture(bits),
              paletteOf(bits),
              fc.integer({ min: 0, max: 9 }),
              (drawn, palette, gap) =>
                comesBack(
                  writeBmp({ header, bits, topDown, gap }, drawn, palette),
                  drawn,
                  (pixel) => palette[pixel] ?? [0, 0, 0],
                ),
            ),
            { numRuns: 8 },
          ));
      }
    }

    it(`with a header of ${header} bytes and 24 bits`, () =>
      fc.assert(
        fc.asyncProperty(picture(24), fc.integer({ min: 0, max: 200 }), (drawn, gap) =>
          comesBack(writeBmp({ header, bits: 24, gap }, drawn), drawn, (pixel) => [
            pixel >> 16,
            (pixel >> 8) & 255,
            pixel & 255,
          ]),
        ),
        { numRuns: 8 },
      ));
  }

  const runs: ReadonlyArray<BmpKind> = [
    { header: 40, bits: 4 },
    { header: 40, bits: 8 },
    { header: 124, bits: 8 },
    { header: 64, bits: 8 },
    { header: 64, bits: 4 },
    { header: 64, bits: 24 },
  ];
  for (const kind of runs) {
    for (const compression of ["runs", "literals"] as const) {
      it(`with ${compression} of ${kind.bits} bits and a header of ${kind.header} bytes`, () =>
        fc.assert(
          fc.asyncProperty(picture(kind.bits), paletteOf(kind.bits > 8 ? 1 : kind.bits), (drawn, palette) =>
            comesBack(writeBmp({ ...kind, compression }, drawn, palette), drawn, (pixel) =>
              kind.bits === 24
                ? [pixel >> 16, (pixel >> 8) & 255, pixel & 255]
                : (palette[pixel] ?? [0, 0, 0]),
            ),
          ),
          { numRuns: 12 },
        ));
    }
  }

  /** How many bits lie where, from the lowest: [blue, green, red] or another order. */
  const masked: ReadonlyArray<[bits: 16 | 32, masks: readonly [number, number, number, number]]> = [
    [16, [0x7c00, 0x3e0, 0x1f, 0]],
    [16, [0xf800, 0x7e0, 0x1f, 0]],
    [16, [0xf00, 0xf0, 0xf, 0]],
    [32, [0xff0000, 0xff00, 0xff, 0]],
    [32, [0xff, 0xff00, 0xff0000, 0]],
    [32, [0xff000000, 0xff0000, 0xff00, 0]],
    [32, [0x3ff00000, 0xffc00, 0x3ff, 0]],
  ];
  for (const [bits, masks] of masked) {
    for (const header of [40, 52, 56, 108, 124] as const) {
      const names = masks.slice(0, 3).map((mask) => mask.toString(16));
      it(`with ${bits} bits, masks ${names.join(", ")} and a header of ${header} bytes`, () =>
        fc.assert(
          fc.asyncProperty(picture(bits), (drawn) => {
            const spread = (pixel: number, mask: number) => {
              const lowest = BigInt(mask) & -BigInt(mask);
              const share = Number((BigInt(pixel) & BigInt(mask)) / lowest) / Number(BigInt(mask) / lowest);
              return Math.round(share * 255);
            };
            return comesBack(
              writeBmp({ header, bits, masks, compression: "masks" }, drawn),
              drawn,
              (pixel) => [spread(pixel, masks[0]), spread(pixel, masks[1]), spread(pixel, masks[2])],
            );
          }),
          { numRuns: 8 },
        ));
    }
  }

  it("with 16 and 32 bits and no masks has the usual ones", async () => {
    const of16 = writeBmp({ header: 40, bits: 16 }, { width: 2, height: 1, pixels: [0x7c00, 0x1f] });
    assert.deepEqual([...(await decoded(of16)).data], [255, 0, 0, 0, 0, 255]);
    const of32 = writeBmp({ header: 108, bits: 32 }, { width: 2, height: 1, pixels: [0x102030, 0xff405060] });
    assert.deepEqual([...(await decoded(of32)).data], [0x10, 0x20, 0x30, 0x40, 0x50, 0x60]);
  });

  it("shows its alpha on a ground, and takes an alpha of nothing but 0 as opaque", async () => {
    const masks = [0xff0000, 0xff00, 0xff, 0xff000000] as const;
    const kind: BmpKind = { header: 124, bits: 32, masks, compression: "masks" };
    const faint = writeBmp(kind, { width: 2, height: 1, pixels: [0xff204060, 0x00204060] });
    assert.deepEqual([...(await decoded(faint)).data], [0x20, 0x40, 0x60, 255, 255, 255]);
    const none = writeBmp(kind, { width: 2, height: 1, pixels: [0x204060, 0x204060] });
    assert.deepEqual([...(await decoded(none)).data], [0x20, 0x40, 0x60, 0x20, 0x40, 0x60]);
  });

  it("leaves what a move of the pen skips transparent", async () => {
    const kind: BmpKind = { header: 40, bits: 8, compression: "runs" };
    const bytes = writeBmp(kind, { width: 4, height: 1, pixels: [1, 1, 1, 1] }, [
      [0, 0, 0],
      [200, 0, 0],
    ]);
    // Two pixels, then two to the right without a pixel.
    Buffer.from([2, 1, 0, 2, 2, 0, 0, 1]).copy(bytes, bytes.length - 6);
    const moved = Buffer.concat([bytes.subarray(0, bytes.length - 6), Buffer.from([2, 1, 0, 2, 2, 0, 0, 1])]);
    assert.deepEqual([...(await decoded(moved)).data], [200, 0, 0, 200, 0, 0, 255, 255, 255, 255, 255, 255]);
  });

  it("tells its size by its first bytes, however large it is", async () => {
    const bytes = writeBmp(
      { header: 40, bits: 24 },
      { width: 300, height: 200, pixels: Array(60_000).fill(0) },
    );
    const { width, height } = await openPicture(bytes.subarray(0, 2000));
    assert.deepEqual([width, height], [300, 200]);
  });

  it("that holds a JPEG is refused for that, and one that is cut short as damaged", async () => {
    const bytes = writeBmp({ header: 40, bits: 24 }, { width: 8, height: 8, pixels: Array(64).fill(0) });
    await refused(() => decoded(bytes.subarray(0, bytes.length - 30)), /BMP file is damaged/);
    bytes.writeUInt32LE(4, 14 + 16);
    await refused(() => decoded(bytes), /holds a JPEG picture within, which is not read here/);
  });

  it("is read or refused in words, whatever its bytes are", () => {
    const good = writeBmp(
      { header: 40, bits: 8, compression: "literals" },
      {
        width: 20,
        height: 4,
        pixels: Array.from({ length: 80 }, (_, index) => index),
      },
    );
    const change = fc.tuple(fc.integer({ min: 2, max: 90 }), fc.integer({ min: 0, max: 255 }));
    return fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
        const bytes = Buffer.from(good);
        for (const [index, value] of changes) bytes[index] = value;
        await decoded(bytes).catch((error: unknown) => assert.equal((error as Error).name, "UserError"));
      }),
      { numRuns: 200 },
    );
  });
});
