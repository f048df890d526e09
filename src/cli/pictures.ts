import { readFile, stat } from "node:fs/promises";
import { basename, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { UserError } from "../errors.js";
import { mostBytes } from "../image/caps.js";
import type { ImageSource } from "../run/runner.js";
import { picturesIn, sha256OfFile } from "../sources/files.js";

/** The pictures that are named, and those in folders that are named. */
export async function namedPictures(paths: readonly string[]): Promise<string[]> {
  const pictures: string[] = [];
  for (const path of paths) {
    const stats = await stat(path).catch(() => undefined);
    if (!stats?.isDirectory()) pictures.push(path);
    else {
      const inside = [];
      for await (const picture of picturesIn(path)) inside.push(picture);
      for (const picture of inside.sort()) pictures.push(picture);
    }
  }
  return pictures;
}

/** Regular files only: a pipe or a device would be read for ever. */
export async function pictureAt(path: string): Promise<ImageSource> {
  const unusable = (problem: string) =>
    new UserError({ code: "pictureUnusable", problem, advice: "Name a picture file." });
  const stats = await stat(path).catch(() => undefined);
  if (!stats) throw unusable("The file does not exist or cannot be read.");
  if (!stats.isFile()) throw unusable("This is no regular file.");
  if (stats.size > mostBytes) throw unusable(`The file is larger than ${mostBytes / 1024 / 1024} MB.`);
  return { name: basename(path), sha256: await sha256OfFile(path), bytes: () => readFile(path) };
}

/** Where a picture is whose URI was kept; what is nowhere on this context is said to be missing as it is. */
export const pathOf = (source: string): string =>
  source.startsWith("file:") ? fileURLToPath(source) : source;

/** The path as a report says it: from here, with forward slashes. */
export const shownPath = (path: string): string =>
  relative(process.cwd(), resolve(path)).split(sep).join("/");
