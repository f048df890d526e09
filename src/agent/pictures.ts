import { z } from "zod";
import type { Measurement } from "../measure/measurement.js";
import { secretKinds } from "../measure/secrets.js";
import type { Box } from "../report.js";
import { bytesOf, type PreparedRunPicture, prepareAndMeasure } from "../run/prepare.js";
import { askSettings } from "../run/settings.js";
import { pictureAt } from "../sources/index.js";
import { onlyPicture, type SourcePicture } from "../sources/picture.js";
import { workflows } from "../workflows/index.js";
import type { ToolContext } from "./tool.js";

export const Path = z
  .string()
  .min(1)
  .max(4096)
  .describe("The picture's path, absolute or from the first folder that may be read");

export const Region = z
  .object({
    x: z.number(),
    y: z.number(),
    width: z.number().positive(),
    height: z.number().positive(),
  })
  .describe("In pixels of the original picture, from its top left corner");

/** A picture that was looked at on this machine. Its prepared images are not what agents are shown. */
export interface LookedAt extends PreparedRunPicture {
  source: SourcePicture;
}

/**
 * Finds a picture and measures it, unless that was done before.
 *
 * @throws UserError when it may not be read, or cannot be used
 * @throws CancelledError when the signal aborts
 */
export async function lookAt(context: ToolContext, named: string, signal: AbortSignal): Promise<LookedAt> {
  const { app, roots } = context;
  const source = asMeasured(await pictureAt(await roots.find(named), signal));
  const pictures = onlyPicture(source);
  // Measured as for an audit: nothing is straightened, so that places are those of the picture as it is.
  const workflow = workflows.audit;
  const settings = askSettings({ workflow, pictures, settings: context.settings }, app.provider);
  const deps = {
    provider: app.provider,
    cache: app.cache,
    prepare: (...asked: Parameters<typeof app.pictures.prepare>) => app.pictures.prepare(...asked),
    compareFiles: (...asked: Parameters<typeof app.pictures.compare>) => app.pictures.compare(...asked),
  };
  const asked = { workflow, pictures, signal, onEvent: () => undefined, deps };
  const [prepared] = await prepareAndMeasure(asked, settings);
  return { ...prepared, source };
}

/**
 * The picture, whose bytes stay those that were hashed first: what is covered and said is about them, and another file
 * that takes its place meanwhile, or a link to one outside, is refused.
 */
export const asMeasured = (source: SourcePicture): SourcePicture => ({
  ...source,
  bytes: (signal = new AbortController().signal) => bytesOf(onlyPicture(source)[0], signal),
});

/** What is covered in whatever an agent is shown. Pixels of the original. */
export const coveredIn = ({ secrets, covered }: Measurement): Box[] =>
  covered ? secrets.map(({ box }) => box) : [];

/** What was covered, in words; nothing where nothing was. */
export const coveredWords = ({ secrets, covered }: Measurement): { covered?: string[] } =>
  covered && secrets.length > 0
    ? { covered: secrets.map(({ kind, box }) => `${secretKinds[kind]} at ${placeWords(box)}`) }
    : {};

const placeWords = ({ x, y, width, height }: Box): string => [x, y, width, height].map(Math.round).join(",");

/** A place as agents read it: whole pixels of the original. */
export const placeOf = ({
  x,
  y,
  width,
  height,
}: Box): [x: number, y: number, width: number, height: number] => [
  Math.round(x),
  Math.round(y),
  Math.round(width),
  Math.round(height),
];
