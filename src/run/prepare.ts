import { textNeeds } from "../checks/textContrast.js";
import { UserError } from "../errors.js";

import { cropLimits, type ImageLimits } from "../image/limits.js";
import type { PreparedImage, PreparedPicture } from "../image/prepared.js";
import { sha256 } from "../image/sha256.js";
import type { Measurement } from "../measure/measurement.js";
import type { PrepareRequest } from "../measure/process/messages.js";
import type { Box } from "../report.js";
import { fileHash, type LabelledPicture } from "../sources/picture.js";
import type { AskSettings, QuestionPicture } from "../store/runs/askSettings.js";
import type { RunPicture } from "../store/runs/runResult.js";
import type { Workflow } from "../workflows/workflow.js";
import { prepareCompared } from "./compared.js";
import type { RunContext } from "./context.js";
import { measurementKey } from "./settings.js";

/** A picture with its prepared images. */
export interface PreparedRunPicture extends RunPicture {
  prepared: PreparedPicture;
}

export type PreparedRunPictures = readonly [PreparedRunPicture, ...PreparedRunPicture[]];

/** What preparing pictures needs of a run. */
export type PrepareContext = Pick<RunContext, "workflow" | "pictures" | "signal" | "onEvent"> & {
  deps: Pick<RunContext["deps"], "prepare" | "compareFiles" | "cache" | "provider">;
};

/**
 * Prepares a run's pictures, and measures those that were not measured before.
 *
 * @throws UserError when one cannot be used
 */
export async function prepareAndMeasure(
  context: PrepareContext,
  settings: AskSettings,
  limits: ImageLimits = context.deps.provider.limitsFor(settings.model),
): Promise<PreparedRunPictures> {
  if (context.workflow.compares) return prepareCompared(context, settings, limits);
  const [first, ...others] = context.pictures;
  const [asked, ...othersAsked] = settings.pictures;
  const prepared: [PreparedRunPicture, ...PreparedRunPicture[]] = [
    await prepareOne(context, first, asked, settings, limits),
  ];
  // One after another: each is a whole picture in memory.
  for (const [index, source] of others.entries()) {
    const asked = othersAsked[index];
    if (asked) prepared.push(await prepareOne(context, source, asked, settings, limits));
  }
  return prepared;
}

/**
 * Prepares a picture, and measures it unless that was done before.
 *
 * @param asked the picture as it is asked about
 */
export async function prepareOne(
  context: PrepareContext,
  source: LabelledPicture,
  asked: QuestionPicture,
  settings: AskSettings,
  limits: ImageLimits,
): Promise<PreparedRunPicture> {
  const { workflow, signal, onEvent, deps } = context;
  const key = measurementKey(workflow, asked, settings);
  const known = await deps.cache.findMeasurement(key);
  if (known) return prepareMeasured(context, source, asTreated(known, settings), limits);
  onEvent({ type: "preparing" });
  const { pixelRatio, languages, languageFolder } = settings.measuring;
  const coverSecrets = settings.redaction !== "unsought";
  const inspection = { pixelRatio, languages, languageFolder, needs: textNeeds, coverSecrets };
  const request = await requestOf(workflow, source, limits, signal);
  const { covers } = asked;
  const cover = covers ? { cover: covers } : {};
  const { picture, measurement } = await deps.prepare({ ...request, inspection, ...cover }, signal);
  if (!measurement) throw new Error("A picture was prepared without being measured");
  if (covers) checkCovers(covers, picture);
  await deps.cache.keepMeasurement(key, measurement);
  // Where they are is known only now, and they were covered.
  if (settings.redaction === "uncovered")
    return prepareMeasured(context, source, asTreated(measurement, settings), limits);
  onEvent({ type: "prepared", picture });
  onEvent({ type: "measured", measurement });
  return runPicture(source, picture, measurement);
}

/** Prepares pictures once more: what is covered by their measurements is covered. */
export async function prepareAgain(
  context: PrepareContext,
  pictures: PreparedRunPictures,
  limits: ImageLimits,
): Promise<PreparedRunPictures> {
  const [first, ...others] = context.pictures;
  const prepared: [PreparedRunPicture, ...PreparedRunPicture[]] = [
    await prepareMeasured(context, first, pictures[0].measurement, limits),
  ];
  for (const [index, source] of others.entries()) {
    const measurement = pictures[index + 1]?.measurement;
    if (!measurement) continue;
    const again = await prepareMeasured(context, source, measurement, limits);
    prepared.push({ ...again, comparison: pictures[index + 1]?.comparison });
  }
  return prepared;
}

/** Prepares a picture that was measured before. */
export async function prepareMeasured(
  { workflow, signal, onEvent, deps }: PrepareContext,
  source: LabelledPicture,
  measurement: Measurement,
  limits: ImageLimits,
): Promise<PreparedRunPicture> {
  onEvent({ type: "preparing" });
  const request = await requestOf(workflow, source, limits, signal);
  const { picture } = await deps.prepare({ ...request, ...coverOf(measurement) }, signal);
  onEvent({ type: "prepared", picture });
  onEvent({ type: "measured", measurement });
  return runPicture(source, picture, measurement);
}

/**
 * Places of a picture that was prepared before, each by itself at the original's resolution: what is covered stays so.
 *
 * @param places pixels of the original
 * @throws UserError when the picture is another by now
 */
export async function prepareCrops(
  {
    workflow,
    signal,
    deps,
  }: Pick<PrepareContext, "workflow" | "signal"> & { deps: Pick<RunContext["deps"], "prepare"> },
  source: LabelledPicture,
  { measurement }: PreparedRunPicture,
  places: readonly Box[],
): Promise<PreparedImage[]> {
  const request = await requestOf(workflow, source, cropLimits, signal);
  const { picture } = await deps.prepare({ ...request, ...coverOf(measurement), crops: [...places] }, signal);
  return picture.crops ?? [];
}

/** A measurement is kept once, whether or not the person has its secrets covered. */
const asTreated = (measurement: Measurement, { redaction }: AskSettings): Measurement =>
  redaction === "uncovered" ? { ...measurement, covered: false } : measurement;

const runPicture = (
  { id, label, uri }: LabelledPicture,
  prepared: PreparedPicture,
  measurement: Measurement,
): PreparedRunPicture => ({ id, label, uri, picture: prepared, prepared, measurement });

/** @throws UserError when the picture is another by now */
async function requestOf(
  { photographed: improve }: Workflow,
  source: LabelledPicture,
  limits: ImageLimits,
  signal: AbortSignal,
): Promise<PrepareRequest> {
  return { name: source.name, bytes: await bytesOf(source, signal), limits, improve };
}

/** @throws UserError when the picture is another by now */
export async function bytesOf(source: LabelledPicture, signal: AbortSignal): Promise<Uint8Array> {
  const bytes = await source.bytes(signal);
  if (sha256(bytes) === fileHash(source.id)) return bytes;
  throw new UserError({
    code: "pictureChanged",
    problem: "The picture changed while it was read.",
    advice: "Run it again.",
  });
}

/** @throws UserError when a person chose a place outside of the picture: what was meant would not be covered */
function checkCovers(covers: readonly Box[], { width, height }: PreparedPicture): void {
  const outside = covers.find(
    (box) => box.x >= width || box.y >= height || box.x + box.width <= 0 || box.y + box.height <= 0,
  );
  if (!outside) return;
  throw new UserError({
    code: "wrongInput",
    problem: `The place to cover at ${outside.x}, ${outside.y} lies outside the picture, which has ${width} × ${height} px.`,
    advice: "Choose another place.",
  });
}

const coverOf = ({ covered, secrets, covers = [] }: Measurement): { cover?: Box[] } =>
  covered || covers.length > 0
    ? { cover: [...covers, ...(covered ? secrets.map(({ box }) => box) : [])] }
    : {};
