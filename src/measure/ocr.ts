import { access } from "node:fs/promises";
import { join } from "node:path";
import { UserError } from "../errors.js";
import { plainText } from "../text/plain.js";
import type { LineImage } from "./lineImage.js";

/** A word as it was read. */
export interface Word {
  /** Without invisible characters. */
  text: string;
  /** From 0 to 100. */
  confidence: number;
  /** Pixels of the original. */
  x: number;
  width: number;
}

/** Reads lines of text: one list of words for each. */
export type LineReader = (lines: readonly LineImage[]) => Promise<Word[][]>;

export interface Ocr {
  read: LineReader;
  end(): Promise<void>;
}

export interface OcrSettings {
  /** The bundled worker script. */
  worker: string;
  /** Tesseract's names of the languages to read, such as `eng`. */
  languages: readonly string[];
  /** Where their data lies, as `LANGUAGE.traineddata` or `LANGUAGE.traineddata.gz`: the first that has all. */
  folders: readonly string[];
}

/** One thread for each of the two cores that every machine has; more would take 100 MB each. */
const threads = 2;

/**
 * Starts the OCR: tesseract.js in worker threads, with files from the disk alone.
 *
 * @throws UserError when a language's data is missing
 */
export async function startOcr({ worker: workerPath, languages, folders }: OcrSettings): Promise<Ocr> {
  const data = await languageData(languages, folders);
  const { createWorker, OEM, PSM } = (await import("tesseract.js")).default;
  const workers = await Promise.all(
    Array.from({ length: threads }, async () => {
      const worker = await createWorker([...languages], OEM.LSTM_ONLY, {
        workerPath,
        ...data,
        cacheMethod: "none",
      });
      await worker.setParameters({
        tessedit_pageseg_mode: PSM.SINGLE_LINE,
        // Light on dark is turned around before it comes here.
        tessedit_do_invert: "0",
        user_defined_dpi: "70",
      });
      return worker;
    }),
  );
  const read: LineReader = async (lines) => {
    const words: Word[][] = lines.map(() => []);
    const queue = [...lines.entries()];
    await Promise.all(
      workers.map(async (worker) => {
        for (let next = queue.shift(); next; next = queue.shift()) {
          const [index, line] = next;
          const { data } = await worker.recognize(greymap(line), {}, { text: false, blocks: true });
          words[index] = (data.blocks ?? [])
            .flatMap(({ paragraphs }) => paragraphs)
            .flatMap((paragraph) => paragraph.lines)
            .flatMap((read) => read.words)
            .map(({ text, confidence, bbox }) => ({
              // Scripts from right to left come with marks that nobody sees.
              text: plainText(text),
              confidence,
              x: line.x + bbox.x0 / line.scale,
              width: (bbox.x1 - bbox.x0) / line.scale,
            }));
        }
      }),
    );
    return words;
  };
  return {
    read,
    end: async () => {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}

/** As a PGM file: what costs the least to write and to read. */
const greymap = ({ grey, width, height }: LineImage): Buffer =>
  Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), grey]);

/** The first folder that has them all: the OCR reads from one. */
async function languageData(
  languages: readonly string[],
  folders: readonly string[],
): Promise<{ langPath: string; gzip: boolean }> {
  const isThere = (file: string) =>
    access(file).then(
      () => true,
      () => false,
    );
  for (const langPath of folders) {
    for (const ending of ["traineddata", "traineddata.gz"]) {
      const files = languages.map((language) => isThere(join(langPath, `${language}.${ending}`)));
      if ((await Promise.all(files)).every(Boolean)) return { langPath, gzip: ending.endsWith(".gz") };
    }
  }
  const names = languages.map((language) => `${language}.traineddata`).join(" and ");
  throw new UserError({
    code: "wrongSettings",
    problem: `The data for reading ${languages.join(" and ")} is not there.`,
    advice: `Put ${names} into the folder for languages that the settings name, or change the languages.`,
  });
}
