import { resolve } from "node:path";
import { textNeeds } from "../../../src/checks/textContrast.js";
import { openPicture } from "../../../src/image/open.js";
import type { Rgb } from "../../../src/image/palette.js";
import { readPixels } from "../../../src/image/prepare.js";
import type { MeasureOptions } from "../../../src/measure/measure.js";
import { startOcr } from "../../../src/measure/ocr.js";

const ocr = { worker: resolve("dist/ocrWorker.js"), folders: ["dist/languages"], languages: ["eng"] };

/** Measuring as the product does it, with nothing known of the picture; without words where `reads` is false. */
export const startMeasuring = async (reads = true): Promise<MeasureOptions> => ({
  read: reads ? (await startOcr(ocr)).read : async (lines) => lines.map(() => []),
  pixelRatio: undefined,
  jpegQuality: undefined,
  needs: textNeeds,
  findSecrets: true,
});

export async function pixelsOf(bytes: Buffer): Promise<Rgb> {
  const picture = await openPicture(bytes);
  return readPixels(picture, picture);
}
