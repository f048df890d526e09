import { type Coding, codingOf, type Primaries, srgb } from "./colour/coding.js";
import { Reader } from "./heif/boxes.js";
import type { Opened } from "./open.js";
import { openWithSharp } from "./withSharp.js";

interface Chunk {
  type: string;
  body: Uint8Array;
  /** With length and check sum. */
  whole: Uint8Array;
}

const signature = 8;

/** The chunks before the pixels, and where those begin. */
function headOf(bytes: Uint8Array): { chunks: Chunk[]; pixelsAt: number } {
  const chunks: Chunk[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let offset = signature;
  while (offset + 12 <= bytes.length) {
    const length = view.getUint32(offset);
    const type = String.fromCharCode(...bytes.subarray(offset + 4, offset + 8));
    if (type === "IDAT" || offset + 12 + length > bytes.length) break;
    chunks.push({
      type,
      body: bytes.subarray(offset + 8, offset + 8 + length),
      whole: bytes.subarray(offset, offset + 12 + length),
    });
    offset += 12 + length;
  }
  return { chunks, pixelsAt: offset };
}

/** Opens a PNG. libvips goes by its ICC profile alone, and shows an animation's first frame. */
export async function openPng(bytes: Uint8Array): Promise<Opened> {
  const { chunks, pixelsAt } = headOf(bytes);
  const find = (type: string) => chunks.find((chunk) => chunk.type === type)?.body;
  const numbers = find("cICP");
  const coding = numbers
    ? codingOf(numbers[0] ?? 1, numbers[1] ?? 13, numbers[3] === 0)
    : find("iCCP") || find("sRGB")
      ? undefined
      : measuredCoding(find("gAMA"), find("cHRM"));
  const hasBoth = numbers !== undefined && find("iCCP") !== undefined;
  const opened = await openWithSharp(hasBoth ? withoutProfile(bytes, chunks, pixelsAt) : bytes, coding);
  const control = find("acTL");
  return control ? { ...opened, frames: new Reader(control).next(4) } : opened;
}

function withoutProfile(bytes: Uint8Array, chunks: readonly Chunk[], pixelsAt: number): Uint8Array {
  const kept = chunks.filter(({ type }) => type !== "iCCP").map(({ whole }) => whole);
  return Buffer.concat([bytes.subarray(0, signature), ...kept, bytes.subarray(pixelsAt)]);
}

/** 1/2.2 stands for sRGB; so near to it, libpng takes it as such, too. */
const sameGamma = 0.05;
const sameChromaticity = 0.005;

/** The coding that a gamma and chromaticities state; undefined when it is sRGB's. */
function measuredCoding(gama: Uint8Array | undefined, chrm: Uint8Array | undefined): Coding | undefined {
  const value = gama ? new Reader(gama).next(4) / 100_000 : 1 / 2.2;
  const transfer = value <= 0 || Math.abs(value * 2.2 - 1) < sameGamma ? "srgb" : { gamma: 1 / value };
  const primaries = chrm && chrm.length >= 32 ? primariesOf(chrm) : srgb;
  return primaries === srgb && transfer === "srgb" ? undefined : { primaries, transfer };
}

function primariesOf(chrm: Uint8Array): Primaries {
  const reader = new Reader(chrm);
  const point = (): [number, number] => [reader.next(4) / 100_000, reader.next(4) / 100_000];
  const stated = { white: point(), red: point(), green: point(), blue: point() };
  const flat = ({ white, red, green, blue }: Primaries) => [...white, ...red, ...green, ...blue];
  const usual = flat(srgb);
  // Points on one line, or none at all, make no colours.
  const [[rx, ry], [gx, gy], [bx, by]] = [stated.red, stated.green, stated.blue];
  const area = Math.abs((gx - rx) * (by - ry) - (bx - rx) * (gy - ry));
  const isUsable =
    area > 0.01 &&
    [stated.white, stated.red, stated.green, stated.blue].every(([x, y]) => x > 0 && y > 0 && x + y < 1.01);
  const isSame = flat(stated).every(
    (part, offset) => Math.abs(part - (usual[offset] ?? 0)) < sameChromaticity,
  );
  return isSame || !isUsable ? srgb : stated;
}
