import { stat } from "node:fs/promises";
import { basename, dirname, join, relative, sep } from "node:path";
import { UserError } from "../errors.js";
import { picturesIn } from "./folder.js";
import { gitPlace, gitPlaceOf, gitSource } from "./git.js";

/** Two pictures of the same screen; one alone was added or removed. Each is a place, as sources name it. */
export interface PicturePair {
  /** The path of the picture after, or, where it is gone, of the one before. */
  name: string;
  before?: string;
  after?: string;
}

/** What stands in a folder that is compared: places by their path in it. */
type Listing = ReadonlyMap<string, string>;

/**
 * The pairs of two pictures, of two folders, or of two revisions of one: matched by their path, or by their name without
 * its pixel ratio, so that `home@2x.png` is compared with `home.png`.
 *
 * @param before a file, a folder or `git:REV:path`
 * @throws UserError when one is a picture and the other a folder, or there is nothing to compare
 */
export async function pairsOf(before: string, after: string): Promise<PicturePair[]> {
  const [one, other] = [await listingOf(before), await listingOf(after)];
  if (!one && !other) return [{ name: shownPath(after), before, after }];
  if (!one || !other)
    throw wrong(
      `${one ? after : before} is a picture, and ${one ? before : after} is a folder.`,
      "Name two pictures, or two folders.",
    );
  return matched(one, other);
}

/**
 * The pairs that lie in one folder: Playwright's `*-expected.png` beside `*-actual.png`, also in folders below such as
 * `test-results`; and the pictures of a folder `before` beside those of a folder `after`.
 *
 * @throws UserError when there are none
 */
export async function pairsWithin(folder: string): Promise<PicturePair[]> {
  const all = await listingOf(folder);
  if (!all)
    throw wrong(`${folder} is a picture.`, "Name the other picture, too, or a folder that holds both.");
  const before = new Map<string, string>();
  const after = new Map<string, string>();
  for (const [path, place] of all) {
    const [side, key] = sideOf(path) ?? [];
    if (side === "before" && key !== undefined) before.set(key, place);
    if (side === "after" && key !== undefined) after.set(key, place);
  }
  if (before.size > 0 || after.size > 0) return matched(before, after);
  throw wrong(
    `${folder} holds no pairs of pictures.`,
    "Name two folders, or one with *-expected and *-actual pictures, or with the folders before and after.",
  );
}

/** On which side of a comparison a picture of one folder stands, and what names it on both. */
function sideOf(path: string): ["before" | "after", string] | undefined {
  const [, stem, role, ending] = /^(.*)-(expected|actual)(\.[^./]+)$/.exec(path) ?? [];
  if (stem !== undefined && role !== undefined)
    return [role === "expected" ? "before" : "after", `${stem}${ending}`];
  const folders = path.split("/");
  const at = folders.findLastIndex(
    (name, index) => index < folders.length - 1 && /^(before|after)$/i.test(name),
  );
  if (at < 0) return undefined;
  const key = folders.filter((_, index) => index !== at).join("/");
  return [folders[at]?.toLowerCase() === "before" ? "before" : "after", key];
}

function matched(before: Listing, after: Listing): PicturePair[] {
  const pairs: PicturePair[] = [];
  const left = new Map(before);
  const unmatched: Array<[string, string]> = [];
  for (const [key, place] of after) {
    const same = left.get(key);
    if (same === undefined) unmatched.push([key, place]);
    else pairs.push({ name: shownPath(place), before: same, after: place });
    left.delete(key);
  }
  const byName = new Map([...left].map(([key, place]) => [withoutRatio(key), { key, place }]));
  for (const [key, place] of unmatched) {
    const same = byName.get(withoutRatio(key));
    pairs.push({ name: shownPath(place), ...(same ? { before: same.place } : {}), after: place });
    if (!same) continue;
    byName.delete(withoutRatio(key));
    left.delete(same.key);
  }
  for (const place of left.values()) pairs.push({ name: shownPath(place), before: place });
  return pairs.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** `home@2x.png` is `home.png` at another pixel ratio. */
const withoutRatio = (path: string): string => path.replace(/@\d{1,2}(\.\d{1,2})?x(?=\.[^./]+$)/, "");

/** What lies in a folder, by its path there; undefined for a single picture. */
async function listingOf(place: string): Promise<Listing | undefined> {
  const version = gitPlaceOf(place);
  const inside = new Map<string, string>();
  if (version) {
    const root = version.path.replace(/\/+$/, "");
    for await (const one of gitSource.places(place)) {
      const path = gitPlaceOf(one)?.path ?? "";
      if (path === root) return undefined;
      inside.set(relative(root, path).split(sep).join("/"), gitPlace(version.revision, path));
    }
    if (inside.size > 0) return inside;
    // Where the revision holds no picture of this name, it is a folder that was empty then, or a file that was not there.
    return isPictureName(root) ? undefined : inside;
  }
  const stats = await stat(place).catch(() => undefined);
  if (!stats?.isDirectory()) return undefined;
  for await (const path of picturesIn(place)) inside.set(relative(place, path).split(sep).join("/"), path);
  return inside;
}

const isPictureName = (path: string): boolean => /\.[a-z]{2,4}$/i.test(basename(path));

/** A path as people read it: of a revision, without it. */
const shownPath = (place: string): string => gitPlaceOf(place)?.path ?? join(dirname(place), basename(place));

const wrong = (problem: string, advice: string): UserError =>
  new UserError({ code: "wrongInput", problem, advice });
