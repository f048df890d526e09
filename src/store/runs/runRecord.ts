import { constants } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { imagesOf, type PreparedImage, type PreparedPicture } from "../../image/prepared.js";
import { Comparison } from "../../measure/compare/comparison.js";
import { Measurement } from "../../measure/measurement.js";
import { Usage } from "../../providers/usage.js";
import { PictureId } from "../../sources/picture.js";
import { parseJson } from "../../text/json.js";
import { KeptPart, KeptPicture } from "../keptPicture.js";
import { AskSettings, runKey } from "./askSettings.js";
import type { ModelResponse, RunPicture, RunPictures, RunRecord } from "./runResult.js";

const StoredPicture = z.object({
  id: PictureId,
  label: z.string(),
  /** Where it is, as a URI; absent for a pasted one. */
  uri: z.string().optional(),
  /** As it was asked about: the answer's places are in its pixels. */
  geometry: KeptPicture,
  measurement: Measurement,
  comparison: Comparison.optional(),
  /** The prepared images beside this file; absent when none had to be prepared. */
  prepared: KeptPicture.extend({
    parts: z.array(KeptPart.extend({ file: z.string().regex(/^\d+-part-\d+$/) })),
    photo: z
      .string()
      .regex(/^\d+-photo$/)
      .optional(),
    overview: KeptPart.extend({ file: z.string().regex(/^\d+-overview$/) }).optional(),
  }).optional(),
});
type StoredPicture = z.infer<typeof StoredPicture>;

const StoredResponse = z.object({
  answer: z.unknown(),
  model: z.string(),
  usage: Usage,
  cost: z.number().optional(),
  requestId: z.string().optional(),
  cachedAt: z.string().optional(),
});

const StoredEdit = z.object({ answer: z.unknown(), time: z.string() });

/** What is kept of a run: the model's answer, not what was made of it. Evaluating and rendering run again. */
const StoredRun = z.object({
  version: z.literal(5),
  settings: AskSettings,
  pictures: z.tuple([StoredPicture], StoredPicture),
  /** Absent when nobody was asked. */
  response: StoredResponse.optional(),
  edits: z.array(StoredEdit),
  /** An edited answer that was asked for anew since, so that no one's work is lost. */
  previous: z.object({ response: StoredResponse, edits: z.array(StoredEdit) }).optional(),
  milliseconds: z.number(),
});
type StoredRun = z.infer<typeof StoredRun>;

/** An answer with what was corrected in it. */
export interface EditedAnswer {
  response: ModelResponse;
  edits: RunRecord["edits"];
}

/** We make no links: one that lies there leads elsewhere, and is not followed. Windows has no such flag. */
const ownFile = { flag: constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) };

/** A run's own file; with it, the run is whole. */
export const runFile = "run.json";

/**
 * Writes a run into a folder, with the images that its pictures have.
 *
 * @param previous what was edited before the same was asked anew
 */
export async function writeRun(
  folder: string,
  { settings, pictures, response, edits, milliseconds }: RunRecord,
  previous?: EditedAnswer,
): Promise<void> {
  const [first, ...others] = pictures;
  const stored: StoredRun = {
    version: 5,
    settings,
    pictures: [
      await writePicture(folder, first, 1),
      ...(await Promise.all(others.map((picture, index) => writePicture(folder, picture, index + 2)))),
    ],
    response,
    edits: [...edits],
    ...(previous ? { previous: { response: previous.response, edits: [...previous.edits] } } : {}),
    milliseconds,
  };
  await writeFile(join(folder, runFile), JSON.stringify(stored));
}

async function writePicture(
  folder: string,
  { id, label, uri, picture, measurement, comparison, prepared }: RunPicture,
  number: number,
): Promise<StoredPicture> {
  const stored = { id, label, uri, geometry: KeptPicture.parse(picture), measurement, comparison };
  if (!prepared) return stored;
  const { parts, photo, overview, ...shape } = prepared;
  const keptParts = await Promise.all(
    parts.map(async ({ bytes, ...part }, index) => {
      const file = `${number}-part-${index + 1}`;
      await writeFile(join(folder, file), bytes);
      return { ...part, file };
    }),
  );
  const kept: NonNullable<StoredPicture["prepared"]> = { ...shape, parts: keptParts };
  if (overview) {
    const { bytes, ...image } = overview;
    kept.overview = { ...image, file: `${number}-overview` };
    await writeFile(join(folder, kept.overview.file), bytes);
  }
  if (photo) {
    kept.photo = `${number}-photo`;
    await writeFile(join(folder, kept.photo), photo);
  }
  return { ...stored, prepared: kept };
}

/** The run without its images. Undefined when the folder holds none that this version can read. */
export async function readRecord(folder: string): Promise<RunRecord | undefined> {
  const stored = await readStored(folder);
  return stored && recordOf(stored, picturesOf(stored.pictures));
}

/** The run with its images, as far as they are kept. Undefined when the folder holds none that this version can read. */
export async function readRun(folder: string): Promise<RunRecord | undefined> {
  const stored = await readStored(folder);
  if (!stored) return undefined;
  const [first, ...others] = stored.pictures;
  const pictures: RunPictures = [
    await withImages(folder, first),
    ...(await Promise.all(others.map((picture) => withImages(folder, picture)))),
  ];
  return recordOf(stored, pictures);
}

/** What was edited before the same was asked anew, where there is such. */
export async function readPrevious(folder: string): Promise<EditedAnswer | undefined> {
  const previous = (await readStored(folder))?.previous;
  return previous && { response: responseOf(previous.response), edits: previous.edits };
}

async function withImages(folder: string, stored: StoredPicture): Promise<RunPicture> {
  const { prepared } = stored;
  const picture = withoutImages(stored);
  if (!prepared) return picture;
  const { photo: photoFile, overview: keptOverview, ...shape } = prepared;
  const read = async ({ file, ...part }: (typeof shape.parts)[number]): Promise<PreparedImage> => ({
    ...part,
    bytes: await readFile(join(folder, file), ownFile),
  });
  const parts = await Promise.all(shape.parts.map(read)).catch((): PreparedImage[] => []);
  const [first, ...rest] = parts;
  if (!first) return picture;
  const photo = photoFile && (await readFile(join(folder, photoFile), ownFile).catch(() => undefined));
  const [overview] = await Promise.all(keptOverview ? [read(keptOverview)] : []).catch(() => []);
  const whole: PreparedPicture = {
    ...shape,
    parts: [first, ...rest],
    ...(overview ? { overview } : {}),
    ...(photo ? { photo } : {}),
  };
  return { ...picture, prepared: whole };
}

const withoutImages = ({ id, label, uri, geometry, measurement, comparison }: StoredPicture): RunPicture => ({
  id,
  label,
  uri,
  picture: geometry,
  measurement,
  comparison,
});

const picturesOf = ([first, ...others]: StoredRun["pictures"]): RunPictures => [
  withoutImages(first),
  ...others.map(withoutImages),
];

async function readStored(folder: string): Promise<StoredRun | undefined> {
  const text = await readFile(join(folder, runFile), { ...ownFile, encoding: "utf8" }).catch(() => "");
  return StoredRun.safeParse(parseJson(text)).data;
}

const recordOf = (
  { settings, response, edits, milliseconds }: StoredRun,
  pictures: RunPictures,
): RunRecord => ({
  settings,
  runKey: runKey(settings),
  pictures,
  response: response && responseOf(response),
  edits: edits.map(({ answer, time }) => ({ answer, time })),
  milliseconds,
});

const responseOf = ({
  answer,
  cost,
  requestId,
  ...response
}: z.infer<typeof StoredResponse>): ModelResponse => ({ ...response, answer, cost, requestId });

/** The bytes of a run's images. */
export const sizeOf = (pictures: RunPictures): number =>
  pictures.reduce((sum, { prepared }) => {
    if (!prepared) return sum;
    return imagesOf(prepared).reduce(
      (all, { bytes }) => all + bytes.length,
      sum + (prepared.photo?.length ?? 0),
    );
  }, 0);
