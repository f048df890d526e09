import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { opendir } from "node:fs/promises";
import { join } from "node:path";
import { pictureExtensions } from "../../image/format.js";

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

/** SHA-256 of a file, hexadecimal, without holding it in memory. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
  return hash.digest("hex");
}

/** The files of each content. A million paths are a few hundred megabytes; contents are read through, and not held. */
export async function byContent(paths: AsyncIterable<string>): Promise<Map<string, string[]>> {
  const contents = new Map<string, string[]>();
  for await (const path of paths) {
    const hash = await sha256OfFile(path);
    const same = contents.get(hash);
    if (same) same.push(path);
    else contents.set(hash, [path]);
  }
  return contents;
}
