import { UserError } from "../errors.js";
import { readRegularFile, UnusableFileError } from "../sources/regularFile.js";
import type { ToolContext } from "./tool.js";

/** A text that an agent names by its file. */
export interface TextFile {
  /** From the folder that it lies in. */
  name: string;
  text: string;
}

/**
 * Reads a text file.
 *
 * @param most bytes
 * @param advice what the agent should name, when it is no such file
 * @throws UserError when it may not be read, is no regular file, or is too large
 * @throws CancelledError when the signal aborts
 */
export async function textAt(
  named: string,
  { roots }: ToolContext,
  most: number,
  advice: string,
  signal: AbortSignal,
): Promise<TextFile> {
  const file = await roots.find(named);
  const name = roots.shown(file);
  try {
    return { name, text: (await readRegularFile(file, { most, signal })).toString("utf8") };
  } catch (cause) {
    if (!(cause instanceof UnusableFileError)) throw cause;
    throw new UserError({ code: "wrongInput", problem: cause.message, advice, picture: name, cause });
  }
}
