import { resolve } from "node:path";
import sharp from "sharp";
import { createWorker, PSM, type Worker } from "tesseract.js";
import { improvePhoto } from "../../../src/image/photo/photo.js";
import type { Graph } from "../../../src/workflows/diagram/schema.js";
import { pixelsOf } from "../../support/measured.js";

/**
 * Tesseract on whole pictures. Our own reading finds lines by their edges and evens them out one by one, so that it
 * would not tell how much easier a picture has become to read.
 */
export class PageReader {
  private constructor(private readonly worker: Worker) {}

  static async start(): Promise<PageReader> {
    const options = {
      langPath: resolve("dist/languages"),
      gzip: true,
      cacheMethod: "none",
      errorHandler: () => undefined,
    };
    const worker = await createWorker("eng", 1, options);
    await worker.setParameters({ tessedit_pageseg_mode: PSM.SPARSE_TEXT, debug_file: "/dev/null" });
    return new PageReader(worker);
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }

  /** All the words that are read in a picture. */
  async words(picture: Buffer): Promise<string[]> {
    const { data } = await this.worker.recognize(picture);
    return wordsIn(data.text);
  }

  /** How many words of a drawing's labels are read in a picture of it, each as often as it stands there. */
  async wordsOf(graph: Graph, picture: Buffer): Promise<number> {
    const left = await this.words(picture);
    return labelWords(graph).filter((word) => {
      const index = left.indexOf(word);
      if (index >= 0) left.splice(index, 1);
      return index >= 0;
    }).length;
  }
}

export const wordsIn = (text: string): string[] => text.toLowerCase().match(/[a-z]{3,}/g) ?? [];

const labelWords = ({ title, nodes, edges, steps, rows, groups }: Graph): string[] =>
  [
    title,
    ...nodes.flatMap(({ label, details }) => [label, ...details]),
    ...edges.map(({ label }) => label),
    ...steps.map(({ text }) => text),
    ...rows.map(({ label }) => label),
    ...groups.map(({ label }) => label),
  ].flatMap(wordsIn);

/** A photo as it is sent; the same bytes when nothing is done to it. */
export async function improvedPhoto(photo: Buffer): Promise<Buffer> {
  const improved = improvePhoto(await pixelsOf(photo));
  if (!improved) return photo;
  const { data, width, height } = improved.pixels;
  return sharp(data, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}
