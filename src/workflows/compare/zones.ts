import { z } from "zod";
import { overlapOf } from "../../measure/boxes.js";
import type { Change } from "../../measure/compare/comparison.js";
import { Box } from "../../report.js";
import type { Parameters } from "../workflow.js";

/** Patterns are matched in time that grows with their length times the text's: both are bounded. Letters. */
const [longestPattern, longestText] = [200, 2_000];

const Pattern = z.string().min(1).max(longestPattern);

/**
 * What is not compared: clocks, dates, carets, advertisements. By its place, by its words, or both; with neither, all of
 * a picture.
 */
export const Zone = z.strictObject({
  name: z.string().min(1).max(100),
  /** In which pictures, by their paths: `*` stands for any letters, `#` for a digit. Absent: in all. */
  pictures: Pattern.optional(),
  /** Pixels of the picture after. */
  box: Box.optional(),
  /** The words in it, before and after: `*` stands for any letters, `#` for a digit. */
  text: Pattern.optional(),
});
export type Zone = z.infer<typeof Zone>;

/** The file of a workspace that names them. */
export const IgnoreFile = z.strictObject({ version: z.literal(1), zones: z.array(Zone).max(1_000) });
export type IgnoreFile = z.infer<typeof IgnoreFile>;

/** Where it is looked for, from the working folder. */
export const ignoreFile = ".github/screenshots/ignore.json";

/** The workflow is told its zones under this name. */
export const zonesParameter = "ignore";

/** Zones as a parameter of a run: those that hold for a picture. */
export function parametersFor(zones: readonly Zone[], path: string): Parameters {
  const own = zones
    .filter(({ pictures }) => pictures === undefined || matches(pictures, path))
    .map(({ name, box, text }) => ({
      name,
      ...(box ? { box: { ...box } } : {}),
      ...(text === undefined ? {} : { text }),
    }));
  return own.length === 0 ? {} : { [zonesParameter]: own };
}

/** The zones that a run was told; none where they do not parse. */
export const zonesOf = (parameters: Parameters = {}): Zone[] =>
  z.array(Zone).safeParse(parameters[zonesParameter]).data ?? [];

/** The places that are not even compared: zones that ask for no words. Pixels of the picture after. */
export const ignoredBoxes = (parameters: Parameters): Box[] =>
  zonesOf(parameters).flatMap(({ box, text }) => (box && text === undefined ? [box] : []));

/** A change lies in a zone when this much of it does: a zone is drawn by hand. Of 1. */
const enough = 0.8;

/** Whether a change is one that the zone leaves out. */
export function isIn({ box, text }: Zone, { after, before, words }: Change): boolean {
  const place = after ?? before;
  if (box && (!place || shareOf(place, box) < enough)) return false;
  if (text === undefined) return true;
  const read = [words?.before, words?.after].filter((one) => one !== undefined && one !== "");
  return read.length > 0 && read.every((one) => matches(text, one ?? ""));
}

/** How much of a box lies in another. */
function shareOf(box: Box, whole: Box): number {
  const { across, down } = overlapOf(box, whole);
  return across <= 0 || down <= 0 ? 0 : (across * down) / (box.width * box.height);
}

/** Whether a text is what a pattern says, case aside. `*` stands for any letters, `#` for a digit. */
export function matches(pattern: string, text: string): boolean {
  const wanted = [...pattern.toLowerCase()];
  const letters = [...text.slice(0, longestText).toLowerCase()];
  let [at, place] = [0, 0];
  /** The last `*`, and the letter up to which it reaches. */
  let star: { at: number; place: number } | undefined;
  while (place < letters.length) {
    const want = wanted[at];
    const letter = letters[place] ?? "";
    if (want === "*") {
      star = { at, place };
      at++;
    } else if (want !== undefined && (want === letter || (want === "#" && /\d/.test(letter)))) {
      at++;
      place++;
    } else if (star) {
      star.place++;
      at = star.at + 1;
      place = star.place;
    } else return false;
  }
  return wanted.slice(at).every((rest) => rest === "*");
}
