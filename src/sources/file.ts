import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import { UserError } from "../errors.js";
import { mostBytes } from "../image/caps.js";
import { headBytes } from "../measure/process/pictureProcess.js";
import { plainName } from "../text/plain.js";
import { hashRegularFile, readBeginning, readRegularFile, UnusableFileError } from "./regularFile.js";
import type { PlacedFile, Source } from "./source.js";

/** A picture file. What is no other kind of place is taken for one. */
export const fileSource: Source = {
  accepts: async () => true,
  places: async function* (place) {
    yield place;
  },
  file: placedFile,
};

function placedFile(path: string): PlacedFile {
  return {
    name: plainName(basename(path)),
    hash: (reading) => sha256OfFile(path, reading),
    bytes: (reading) => asPicture(readRegularFile(path, { most: mostBytes, signal: reading })),
    head: (count, reading) => asPicture(readBeginning(path, count, { most: mostBytes, signal: reading })),
    uri: pathToFileURL(path).href,
  };
}

/**
 * SHA-256 of a picture file, hexadecimal.
 *
 * @throws UserError when it cannot be used
 */
export const sha256OfFile = (path: string, signal?: AbortSignal): Promise<string> =>
  asPicture(hashRegularFile(path, { most: mostBytes, signal }));

/**
 * The first bytes of a picture file, which usually tell its size.
 *
 * @throws UserError when it cannot be used
 */
export const headOf = (path: string, signal?: AbortSignal): Promise<Uint8Array> =>
  asPicture(readBeginning(path, headBytes, { most: mostBytes, signal }));

async function asPicture<T>(reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof UnusableFileError)) throw error;
    const { message: problem } = error;
    throw new UserError({ code: "pictureUnusable", problem, advice: "Name a picture file.", cause: error });
  }
}
