import { readFile } from "node:fs/promises";
import { prepareZXingModule, type ReaderOptions, type ReadResult, readBarcodes } from "zxing-wasm/reader";
import type { Rgb } from "../image/palette.js";
import type { Box } from "../report.js";

/** A code for machines: what it says is not looked at. */
export interface FoundCode {
  kind: "qr" | "bar";
  /** Of all its bars or modules, and of the digits that stand close to bars. Pixels of the picture. */
  box: Box;
}

/** What people meet on screens, tickets, parcels and goods; rarer kinds are found in what is none, too. */
const looked: ReaderOptions = {
  formats: [
    "QRCode",
    "MicroQRCode",
    "RMQRCode",
    "Aztec",
    "DataMatrix",
    "PDF417",
    "EANUPC",
    "Code128",
    "Code39",
  ],
};

/** A picture with more pixels is looked at in a smaller copy. */
const mostLookedAt = 16_000_000;

let started: Promise<unknown> | undefined;

/**
 * Finds QR codes and bar codes, turned, dark or light, with zxing-cpp compiled to WebAssembly. Nothing is fetched: the
 * module lies beside the bundle.
 */
export async function findCodes(pixels: Rgb): Promise<FoundCode[]> {
  started ??= readFile(new URL("./zxing_reader.wasm", import.meta.url)).then((bytes) =>
    prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(bytes).buffer }, fireImmediately: true }),
  );
  await started;
  const by = Math.ceil(Math.sqrt((pixels.width * pixels.height) / mostLookedAt));
  const grey = greyOf(pixels, by);
  const found = await readBarcodes(greymap(grey), looked);
  return found.map((code) => ({
    kind: /QR/.test(code.format) ? "qr" : "bar",
    box: enlarged(codeBox(code, grey), by, pixels),
  }));
}

interface Grey {
  data: Uint8Array;
  width: number;
  height: number;
}

/** @param by how many pixels, across and down, become one: their mean */
function greyOf({ data, width: from, height: down }: Rgb, by: number): Grey {
  const width = Math.floor(from / by);
  const height = Math.floor(down / by);
  const grey = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let row = y * by; row < (y + 1) * by; row++) {
        for (let offset = (row * from + x * by) * 3; offset < (row * from + (x + 1) * by) * 3; offset += 3)
          sum +=
            0.299 * (data[offset] ?? 0) + 0.587 * (data[offset + 1] ?? 0) + 0.114 * (data[offset + 2] ?? 0);
      }
      grey[y * width + x] = sum / (by * by);
    }
  }
  return { data: grey, width, height };
}

/** As a PGM file, which the reader takes as it is. */
const greymap = ({ data, width, height }: Grey): Uint8Array =>
  Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), data]);

/** Where a code is. Of bars, the reader gives no more than the lines along which it read them. */
function codeBox({ position, lineCount, symbology }: ReadResult, grey: Grey): Box {
  const { topLeft, topRight, bottomRight, bottomLeft } = position;
  const corners = [topLeft, topRight, bottomRight, bottomLeft];
  const left = Math.min(...corners.map(({ x }) => x));
  const top = Math.min(...corners.map(({ y }) => y));
  const right = Math.max(...corners.map(({ x }) => x)) + 1;
  const bottom = Math.max(...corners.map(({ y }) => y)) + 1;
  const box = { x: left, y: top, width: right - left, height: bottom - top };
  if (lineCount === 0) return box;
  const isAcross = Math.abs(topRight.x - topLeft.x) >= Math.abs(topRight.y - topLeft.y);
  const across = isAcross ? box : transposed(box);
  // The first digit of an EAN, and the last of a UPC, stand beside the bars, where nothing else may.
  const aside = symbology === "EANUPC" ? across.width * 0.12 : 0;
  const wide = { ...across, x: across.x - aside, width: across.width + 2 * aside };
  return isAcross ? grownDown(wide, grey) : transposed(grownDown(wide, transposedGrey(grey)));
}

/** Across becomes down. */
const transposed = ({ x, y, width, height }: Box): Box => ({ x: y, y: x, width: height, height: width });

/** Rows become columns. */
function transposedGrey({ data, width, height }: Grey): Grey {
  const other = new Uint8Array(data.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) other[x * height + y] = data[y * width + x] ?? 0;
  return { data: other, width: height, height: width };
}

/** Upwards and downwards as far as there is ink: to the bars' ends, and over digits close to them. */
function grownDown(box: Box, grey: Grey): Box {
  const most = box.width * 0.6;
  const gap = Math.max(3, box.width * 0.03);
  const reach = (from: number, step: number): number => {
    let last = from;
    for (let y = from; Math.abs(y - from) < most && Math.abs(y - last) <= gap; y += step)
      if (hasInk(grey, box, y)) last = y;
    return last;
  };
  const top = reach(box.y, -1);
  const bottom = reach(box.y + box.height - 1, 1) + 1;
  return { ...box, y: top, height: bottom - top };
}

/** Whether a row differs within itself by more than noise does. */
function hasInk({ data, width, height }: Grey, { x, width: across }: Box, y: number): boolean {
  if (y < 0 || y >= height) return false;
  let [darkest, brightest] = [255, 0];
  const left = Math.max(0, Math.floor(x));
  const right = Math.min(width, Math.ceil(x + across));
  for (const value of data.subarray(y * width + left, y * width + right)) {
    darkest = Math.min(darkest, value);
    brightest = Math.max(brightest, value);
  }
  return brightest - darkest > 64;
}

/** In pixels of the whole picture, with what a smoothed edge leaves beside it. */
function enlarged(box: Box, by: number, { width, height }: Rgb): Box {
  const pad = Math.max(2, Math.max(box.width, box.height) * by * 0.02);
  const x = Math.max(0, Math.floor(box.x * by - pad));
  const y = Math.max(0, Math.floor(box.y * by - pad));
  return {
    x,
    y,
    width: Math.min(width, Math.ceil((box.x + box.width) * by + pad)) - x,
    height: Math.min(height, Math.ceil((box.y + box.height) * by + pad)) - y,
  };
}
