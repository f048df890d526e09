import { FileType, type Uri, workspace } from "vscode";
import { UnusableFileError } from "../sources/regularFile.js";

/**
 * The editor's door to files, in any file system that it knows: regular ones, up to a size.
 *
 * @param most bytes
 * @throws UnusableFileError when there is no such file
 */
export async function readFile(uri: Uri, most: number): Promise<Uint8Array> {
  await checkFile(uri, most);
  const bytes = await workspace.fs.readFile(uri.with({ fragment: "" }));
  if (bytes.length > most) throw tooLarge(most);
  return bytes;
}

/** Whether a file can be read, without reading it. @throws UnusableFileError when it cannot */
export async function checkFile(uri: Uri, most: number): Promise<void> {
  // Which of the pictures in it is meant is no matter of the file system's.
  const stat = await workspace.fs.stat(uri.with({ fragment: "" })).then(
    (found) => found,
    (cause: unknown) => {
      throw new UnusableFileError("missing", "The file does not exist or cannot be read.", cause);
    },
  );
  if ((stat.type & FileType.File) === 0) throw new UnusableFileError("irregular", "This is no regular file.");
  if (stat.size > most) throw tooLarge(most);
}

const tooLarge = (most: number) =>
  new UnusableFileError("tooLarge", `The file is larger than ${Math.floor(most / 1024 / 1024)} MB.`);
