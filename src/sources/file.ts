import { createHash } from "node:crypto";
import { open, readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import { UserError } from "../errors.js";
import { mostBytes } from "../image/caps.js";
import { headBytes } from "../measure/process/pictureProcess.js";
import type { SourcePicture } from "./picture.js";
import type { Source } from "./source.js";

/** A picture file. What is no other kind of place is taken for one. */
export const fileSource: Source = {
  accepts: async () => true,
  places: async function* (place) {
    yield place;
  },
  open: openFile,
};

/** Regular files only: a pipe or a device would be read for ever. */
async function openFile(path: string): Promise<SourcePicture> {
  const unusable = (problem: string) =>
    new UserError({ code: "pictureUnusable", problem, advice: "Name a picture file." });
  const stats = await stat(path).catch(() => undefined);
  if (!stats) throw unusable("The file does not exist or cannot be read.");
  if (!stats.isFile()) throw unusable("This is no regular file.");
  if (stats.size > mostBytes) throw unusable(`The file is larger than ${mostBytes / 1024 / 1024} MB.`);
  return {
    name: basename(path),
    id: await sha256OfFile(path),
    bytes: () => readFile(path),
    uri: pathToFileURL(path).href,
  };
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
    for (let position = 0; ; ) {
      const { bytesRead } = await file.read(buffer, 0, buffer.length, position);
      if (bytesRead === 0) return hash.digest("hex");
      hash.update(buffer.subarray(0, bytesRead));
      position += bytesRead;
    }
  } finally {
    await file.close();
  }
}

/** The first bytes of a file, which usually tell its picture's size. */
export async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
