import { resolve } from "node:path";
import { textNeeds } from "../../src/checks/textContrast.js";
import { openPicture } from "../../src/image/open.js";
import { readPixels } from "../../src/image/prepare.js";
import { measure } from "../../src/measure/measure.js";
import type { Measurement } from "../../src/measure/measurement.js";
import { type Ocr, startOcr } from "../../src/measure/ocr.js";

let ocr: Promise<Ocr> | undefined;

/** The extension's own OCR, started once for all tests of a file; `after(endOcr)`. */
export function testOcr(): Promise<Ocr> {
  ocr ??= startOcr({
    worker: resolve("dist/ocrWorker.js"),
    folders: [resolve("dist/languages")],
    languages: ["eng"],
  });
  return ocr;
}

export async function endOcr(): Promise<void> {
  await (await ocr)?.end();
  ocr = undefined;
}

export async function pixelsOf(bytes: Uint8Array) {
  const picture = await openPicture(bytes);
  return readPixels(picture, picture);
}

/** What is measured of an encoded picture. */
export async function measured(bytes: Uint8Array, pixelRatio = 1): Promise<Measurement> {
  const { read } = await testOcr();
  return measure(await pixelsOf(bytes), {
    read,
    pixelRatio,
    jpegQuality: undefined,
    needs: textNeeds,
    findSecrets: true,
  });
}

/** Everything that can be read in an encoded picture, as one text. */
export async function wordsIn(bytes: Uint8Array): Promise<string> {
  const { read } = await testOcr();
  const options = { read, pixelRatio: 1, jpegQuality: undefined, needs: textNeeds, findSecrets: false };
  const { texts } = await measure(await pixelsOf(bytes), options);
  return texts.map(({ text }) => text).join("\n");
}
