import { writeFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { UserError } from "../errors.js";
import { readRegularFile, UnusableFileError } from "../sources/regularFile.js";
import { type TargetId, targets } from "../workflows/diagram/emit/targets.js";
import { MermaidParser } from "../workflows/diagram/mermaidParser.js";
import { converted } from "../workflows/diagram/read/convert.js";
import { largestText, readDiagram, readerEndings, readerForFile } from "../workflows/diagram/read/readers.js";
import { prepareDestinations } from "./destinations.js";
import { logStderr, writeStdout } from "./terminal.js";

/**
 * Writes a diagram's file in another language, to standard output or into a folder. What is lost is said on standard
 * error. Nothing is sent.
 *
 * @throws UserError when the file cannot be read or the language cannot hold it
 */
export async function convertCommand(file: string, to: TargetId, folder: string | undefined): Promise<void> {
  const name = basename(file);
  const reader = readerForFile(name);
  if (!reader)
    throw new UserError({
      code: "wrongInput",
      problem: "Its ending says of no language that diagrams are read from.",
      advice: `Name a file that ends in one of .${readerEndings.join(", .")}.`,
      picture: name,
    });
  const mermaid = new MermaidParser(fileURLToPath(new URL("mermaidWorker.js", import.meta.url)));
  try {
    const tools = { readMermaid: (text: string) => mermaid.read(text) };
    const reading = await readDiagram(await textOf(file), reader, name, tools);
    const { text, warnings } = converted(reading, to);
    for (const warning of warnings) logStderr(warning);
    if (folder === undefined) return writeStdout(text);
    await prepareDestinations({ out: folder, summary: [], baseline: undefined, "update-baseline": false });
    await write(join(folder, `${name.slice(0, -extname(name).length)}.${targets[to].ending}`), text);
  } finally {
    mermaid.dispose();
  }
}

async function textOf(file: string): Promise<string> {
  try {
    return (await readRegularFile(file, { most: largestText })).toString("utf8");
  } catch (error) {
    if (!(error instanceof UnusableFileError)) throw error;
    throw new UserError({
      code: "wrongInput",
      problem:
        error.reason === "tooLarge" ? "The diagram's text is larger than 1 MB." : "There is no such file.",
      advice: "Name the file of a diagram.",
      picture: basename(file),
      cause: error,
    });
  }
}

/** What is there already is not written over. */
async function write(file: string, text: string): Promise<void> {
  await writeFile(file, text, { flag: "wx" }).catch((cause: unknown) => {
    throw new UserError({
      code: "outputNotWritable",
      problem: `${file} cannot be written, or is there already.`,
      advice: "Choose another folder with --out.",
      cause,
    });
  });
}
