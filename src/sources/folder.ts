import { opendir, stat } from "node:fs/promises";
import { join } from "node:path";
import { pictureExtensions } from "../image/format.js";
import type { Source } from "./source.js";

/** Folders that hold no pictures of the person's own. */
const skipped = new Set(["node_modules", "dist", "out"]);

const isPicture = (name: string): boolean =>
  pictureExtensions.some((extension) => name.toLowerCase().endsWith(`.${extension}`));

/** The pictures in a folder and below, one after the other; regular files only. */
export async function* picturesIn(folder: string): AsyncGenerator<string> {
  for await (const entry of await opendir(folder)) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!entry.name.startsWith(".") && !skipped.has(entry.name)) yield* picturesIn(path);
    } else if (entry.isFile() && isPicture(entry.name)) yield path;
  }
}

/** A folder with pictures, in the order of their paths. */
export const folderSource: Source = {
  accepts: async (place) =>
    stat(place).then(
      (stats) => stats.isDirectory(),
      () => false,
    ),
  places: async function* (place) {
    const inside: string[] = [];
    for await (const path of picturesIn(place)) inside.push(path);
    yield* inside.sort();
  },
};
