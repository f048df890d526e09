import sharp from "sharp";
import { type MeasureOptions, measure } from "../../../src/measure/measure.js";
import type { Browsers } from "./browsers.js";
import { keptTruth } from "./keptTruth.js";
import type { FieldPage } from "./pages.js";
import { pixelsOf } from "./picture.js";
import { addPicture, emptyScore, type Miss, type Score } from "./score.js";
import type { Shot } from "./shots.js";

/** A miss, and in which picture. */
export interface PictureMiss extends Miss {
  picture: string;
  png: Buffer;
}

export interface FieldResult {
  /** By half, by half in JPEG, and by the way of taking the picture. */
  columns: Map<string, Score>;
  /** Of the tuning half only. */
  misses: PictureMiss[];
}

/** A picture of a page as it is measured. */
export interface FieldPicture {
  name: string;
  page: FieldPage;
  format: "PNG" | "JPEG";
  bytes: Buffer;
}

/**
 * Measures pages and compares with what is true of them.
 *
 * @param onPicture is told of each picture when it has been measured
 * @param signal ends it early, with what has been measured by then
 */
export async function measureField(
  browsers: Browsers,
  options: MeasureOptions,
  wanted: ReadonlyArray<{ page: FieldPage; shots: Shot[] }>,
  onPicture: (picture: FieldPicture, misses: readonly Miss[]) => Promise<void>,
  signal: AbortSignal,
): Promise<FieldResult> {
  const columns = new Map<string, Score>();
  const misses: PictureMiss[] = [];
  for (const { page, shots } of wanted) {
    for (const shot of shots) {
      const truth = await keptTruth(browsers, page, shot);
      for (const format of shot.formats) {
        if (signal.aborted) return { columns: inOrder(columns), misses };
        const bytes = format === "PNG" ? truth.png : await sharp(truth.png).jpeg({ quality: 85 }).toBuffer();
        const jpegQuality = format === "JPEG" ? 85 : undefined;
        const measured = await measure(await pixelsOf(bytes), { ...options, jpegQuality });
        const name = `${page.name}, ${shot.name}, ${format}`;
        let found: Miss[] = [];
        for (const column of format === "JPEG" ? [`${page.half} JPEG`] : [page.half, shot.name]) {
          const score = columns.get(column) ?? emptyScore();
          columns.set(column, score);
          found = addPicture(score, truth, measured);
        }
        if (page.half === "tuning")
          misses.push(...found.map((miss) => ({ ...miss, picture: name, png: truth.png })));
        await onPicture({ name, page, format, bytes }, found);
      }
    }
  }
  return { columns: inOrder(columns), misses };
}

/** The halves first, then the ways of taking a picture as they came. */
function inOrder(columns: Map<string, Score>): Map<string, Score> {
  const halves = ["tuning", "heldOut", "tuning JPEG", "heldOut JPEG"];
  const rest = [...columns.keys()].filter((name) => !halves.includes(name));
  return new Map(
    [...halves, ...rest].flatMap((name) => {
      const score = columns.get(name);
      return score ? [[name, score]] : [];
    }),
  );
}
