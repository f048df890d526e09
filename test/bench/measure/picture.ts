import { resolve } from "node:path";
import { openPicture } from "../../../src/image/open.js";
import type { Rgb } from "../../../src/image/palette.js";
import { readPixels } from "../../../src/image/prepare.js";
import type { MeasureOptions } from "../../../src/measure/measure.js";
import { startOcr } from "../../../src/measure/ocr.js";

const ocr = { worker: resolve("dist/ocrWorker.js"), folders: ["dist/languages"], languages: ["eng"] };

/** Measuring as the product does it, with nothing known of the picture. */
export const startMeasuring = async (): Promise<MeasureOptions> => ({
  read: (await startOcr(ocr)).read,
  pixelRatio: undefined,
  jpegQuality: undefined,
  findSecrets: true,
});

export async function pixelsOf(bytes: Buffer): Promise<Rgb> {
  const picture = await openPicture(bytes);
  return readPixels(picture, picture);
}
