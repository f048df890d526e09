import { UserError } from "../errors.js";
import { readRegularFile, UnusableFileError } from "../sources/regularFile.js";
import { readSchema } from "../workflows/extract/userSchema.js";
import type { Options } from "./options.js";

/** No schema that can be asked about is larger. Bytes. */
const mostBytes = 1024 * 1024;

/**
 * The options with what stands in the schema's file in place of its name.
 *
 * @throws UserError when it cannot be read or asked about, before anything is paid for
 */
export async function withSchema(options: Options, signal: AbortSignal): Promise<Options> {
  const { schema: file } = options;
  if (file === undefined) return options;
  try {
    const schema = (await readRegularFile(file, { most: mostBytes, signal })).toString("utf8");
    readSchema(schema);
    return { ...options, schema };
  } catch (error) {
    if (!(error instanceof UnusableFileError)) throw error;
    throw new UserError({
      code: "wrongInput",
      problem: `${file} is no schema. ${error.message}`,
      advice: "Name a file with a JSON Schema, or with an example of the data.",
      cause: error,
    });
  }
}
