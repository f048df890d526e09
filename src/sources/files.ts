import { createHash } from "node:crypto";
import { open, opendir } from "node:fs/promises";
import { join } from "node:path";
import { pictureExtensions } from "../image/format.js";
import { headBytes } from "../measure/process/pictureProcess.js";

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

/** Read at once. Bytes. */
const piece = 1 << 20;

/** SHA-256 of a file, hexadecimal, without holding more than a piece of it in memory. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const buffer = Buffer.allocUnsafe(Math.min(piece, size + 1));
    for (let at = 0; ; ) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
      if (bytesRead === 0) return hash.digest("hex");
      hash.update(buffer.subarray(0, bytesRead));
      at += bytesRead;
    }
  } finally {
    await file.close();
  }
}

/** The first bytes of a file, which tell its picture's size as a rule. */
export async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Files that are read at once. */
const atOnce = 8;

/** The files of each content. A million paths are a few hundred megabytes; contents are read through, and not held. */
export async function byContent(paths: AsyncIterable<string>): Promise<Map<string, string[]>> {
  const contents = new Map<string, string[]>();
  const reading = new Set<Promise<void>>();
  for await (const path of paths) {
    const read = sha256OfFile(path).then((hash) => {
      const same = contents.get(hash);
      if (same) same.push(path);
      else contents.set(hash, [path]);
      reading.delete(read);
    });
    reading.add(read);
    if (reading.size >= atOnce) await Promise.race(reading);
  }
  await Promise.all(reading);
  return contents;
}
