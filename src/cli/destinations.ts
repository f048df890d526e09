import { closeSync, constants, fstatSync, ftruncateSync, openSync, writeFileSync } from "node:fs";
import { access, mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { UserError } from "../errors.js";
import { baselineFile } from "../render/baseline.js";
import type { Options } from "./options.js";

type Destinations = Pick<Options, "out" | "summary" | "baseline" | "update-baseline">;

/**
 * Makes sure that results can be written where they are wanted, before anything is paid for.
 *
 * @throws UserError that names the place
 */
export async function prepareDestinations(options: Destinations): Promise<void> {
  if (options.out !== undefined) {
    const folder = options.out;
    await makeFolder(folder).catch((error: unknown) => {
      throw notWritable(folder, "the folder cannot be made", error);
    });
    await checkWritable(folder);
  }
  const baseline = options["update-baseline"] ? [options.baseline ?? baselineFile] : [];
  for (const file of [...options.summary, ...baseline]) await checkFile(file);
}

/** Node's own way to make a folder with those above never ends where the system lets none be made, such as in /proc. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    if ((await stat(folder).catch(() => undefined))?.isDirectory()) return;
    const above = dirname(folder);
    const isAboveMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (!isAboveMissing || above === folder) throw error;
    await makeFolder(above);
    await mkdir(folder);
  }
}

async function checkFile(file: string): Promise<void> {
  const existing = await stat(file).catch(() => undefined);
  if (existing && !existing.isFile()) throw notWritable(file, "it is not a regular file");
  if (existing) return checkWritable(file);
  const folder = dirname(file);
  if (!(await stat(folder).catch(() => undefined))?.isDirectory())
    throw notWritable(file, `there is no folder ${folder}`);
  return checkWritable(folder);
}

async function checkWritable(place: string): Promise<void> {
  await access(place, constants.W_OK).catch((error: unknown) => {
    throw notWritable(place, "writing there is not permitted", error);
  });
}

/**
 * A link at the place of a result would lead it elsewhere: it is not followed; nor is a pipe waited for. Windows has no
 * such flags.
 */
const writeFlags =
  constants.O_WRONLY | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * Writes a result.
 *
 * @throws UserError that names the file
 */
export function writeResult(file: string, text: string | Uint8Array): void {
  try {
    const place = openSync(file, writeFlags, 0o644);
    try {
      if (!fstatSync(place).isFile()) throw notWritable(file, "it is not a regular file");
      ftruncateSync(place);
      writeFileSync(place, text);
    } finally {
      closeSync(place);
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    const isLink = error instanceof Error && "code" in error && error.code === "ELOOP";
    throw notWritable(file, isLink ? "it is a link, which is not followed" : "it cannot be written", error);
  }
}

const notWritable = (place: string, why: string, cause?: unknown): UserError =>
  new UserError({
    code: "outputNotWritable",
    problem: `Results cannot be written to ${place}: ${why}.`,
    advice: "Choose another place.",
    cause,
  });
