import { createHash } from "node:crypto";
import { constants, type Stats } from "node:fs";
import { type FileHandle, lstat, open, realpath } from "node:fs/promises";
import { abortable } from "../async/abortable.js";

/** Why a file is not read. Its message is a sentence for people. */
export class UnusableFileError extends Error {
  constructor(
    readonly reason: "missing" | "irregular" | "tooLarge",
    message: string,
    cause?: unknown,
  ) {
    super(message, { cause });
  }
}

const missing = (cause?: unknown) =>
  new UnusableFileError("missing", "The file does not exist or cannot be read.", cause);
const irregular = () => new UnusableFileError("irregular", "This is no regular file.");
const tooLarge = (most: number) =>
  new UnusableFileError("tooLarge", `The file is larger than ${Math.floor(most / 1024 / 1024)} MB.`);

/** A pipe would be waited for while it is opened; Windows has neither of these, nor such pipes. */
const readFlags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);

/** Read at once. Bytes. */
const piece = 1 << 20;

/** How a file is opened. */
export interface Opening {
  /** Larger files are refused, and so is one that grows beyond it while it is read. Bytes. */
  most: number;
  signal?: AbortSignal | undefined;
}

/**
 * The one door through which files are opened that a person or a repository names. A pipe or a device would be read for
 * ever, and a file may be as large as its author likes. A link is followed to where it leads, which is held to the same.
 *
 * @param take is given the file's bytes from its beginning, piece by piece, and returns whether it wants more
 * @throws UnusableFileError when the file is no regular one, or too large
 * @throws CancelledError when the signal aborts
 */
async function readPieces(path: string, opening: Opening, take: (bytes: Buffer) => boolean): Promise<void> {
  const { most, signal = new AbortController().signal } = opening;
  const opened = openRegular(path, most);
  const close = () => opened.then((file) => file.close());
  // Not waited for: what hangs, such as a network's file system, is left to itself.
  const leave = () => void close().catch(() => undefined);
  let isRead = false;
  try {
    const file = await abortable(opened, signal);
    const { size } = await file.stat();
    const buffer = Buffer.allocUnsafe(Math.min(piece, size + 1));
    for (let position = 0; ; ) {
      const { bytesRead } = await abortable(file.read(buffer, 0, buffer.length, position), signal);
      position += bytesRead;
      if (position > most) throw tooLarge(most);
      if (bytesRead === 0 || !take(buffer.subarray(0, bytesRead))) break;
    }
    isRead = true;
  } finally {
    if (isRead) await close();
    else leave();
  }
}

async function openRegular(path: string, most: number): Promise<FileHandle> {
  // Looked at before it is opened, since opening alone makes some devices act; and after, since it may be another by then.
  const real = await realpath(path).catch((error: unknown) => {
    throw missing(error);
  });
  check(await lstat(real), most);
  const file = await open(real, readFlags).catch((error: unknown) => {
    throw missing(error);
  });
  try {
    check(await file.stat(), most);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

function check(stats: Stats, most: number): void {
  if (!stats.isFile()) throw irregular();
  if (stats.size > most) throw tooLarge(most);
}

/**
 * @throws UnusableFileError when the file is no regular one, or too large
 * @throws CancelledError when the signal aborts
 */
export async function readRegularFile(path: string, opening: Opening): Promise<Buffer> {
  const pieces: Buffer[] = [];
  await readPieces(path, opening, (bytes) => pieces.push(Buffer.from(bytes)) > 0);
  return Buffer.concat(pieces);
}

/**
 * The first bytes of a file.
 *
 * @param count how many, at most
 * @throws as readRegularFile does
 */
export async function readBeginning(path: string, count: number, opening: Opening): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let read = 0;
  await readPieces(path, opening, (bytes) => {
    pieces.push(Buffer.from(bytes.subarray(0, count - read)));
    read += bytes.length;
    return read < count;
  });
  return Buffer.concat(pieces);
}

/**
 * SHA-256 of a file, hexadecimal, without holding more than a piece of it in memory.
 *
 * @throws as readRegularFile does
 */
export async function hashRegularFile(path: string, opening: Opening): Promise<string> {
  const hash = createHash("sha256");
  await readPieces(path, opening, (bytes) => {
    hash.update(bytes);
    return true;
  });
  return hash.digest("hex");
}
