import { UserError } from "../errors.js";
import { readRegularFile, UnusableFileError } from "../sources/regularFile.js";

/** Longer than any password. Bytes. */
const mostBytes = 1024;

/**
 * The password of documents, read when it is first asked for: from a file, or from the environment. Never from an
 * argument, which everybody on the machine sees.
 *
 * @param file the one that was named
 */
export function passwordFrom(file: string | undefined): () => Promise<string | undefined> {
  let read: Promise<string> | undefined;
  return async () => {
    if (file === undefined) return process.env.SCREENSHOT_WORKBENCH_PASSWORD;
    read ??= passwordIn(file);
    return read;
  };
}

/** The first line: an editor ends it. @throws UserError */
async function passwordIn(file: string): Promise<string> {
  try {
    const text = (await readRegularFile(file, { most: mostBytes })).toString("utf8");
    return text.split(/\r?\n/, 1)[0] ?? "";
  } catch (error) {
    if (!(error instanceof UnusableFileError)) throw error;
    throw new UserError({
      code: "wrongInput",
      problem: `--password-file: ${error.message}`,
      advice: "Name a file that holds the password alone.",
      cause: error,
    });
  }
}
