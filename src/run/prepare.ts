import { UserError } from "../errors.js";
import { type ImageLimits, limitsOf } from "../image/limits.js";
import type { PreparedPicture } from "../image/prepared.js";
import { sha256 } from "../image/sha256.js";
import type { Measurement } from "../measure/measurement.js";
import type { PrepareRequest } from "../measure/process/pictureProcess.js";
import type { Box } from "../report.js";
import type { PreparedInput, Workflow } from "../workflows/workflow.js";
import { type AskSettings, measurementKey } from "./keys.js";
import type { ImageSource, RunDependencies, RunOptions } from "./runner.js";

export interface OpenedInput extends PreparedInput {
  picture: PreparedPicture;
}

/** Prepares the picture, and measures it unless that was done before. */
export async function look(
  workflow: Workflow,
  source: ImageSource,
  asking: AskSettings,
  { onEvent, signal }: Pick<RunOptions, "onEvent" | "signal">,
  { cache, prepare }: Pick<RunDependencies, "cache" | "prepare">,
): Promise<OpenedInput> {
  const limits = limitsOf(asking.model);
  const key = measurementKey(workflow, source.sha256, asking);
  const known = await cache.findMeasurement(key);
  onEvent?.({ type: "preparing" });
  const inspection = { ...asking.measuring, coverSecrets: asking.secrets !== "unsought" };
  const request = await requestOf(workflow, source, limits);
  const { picture, measurement = known } = await prepare(
    known ? { ...request, ...coverOf(known) } : { ...request, inspection },
    signal,
  );
  if (!measurement) throw new Error("A picture was prepared without being measured");
  if (!known) await cache.keepMeasurement(key, measurement);
  onEvent?.({ type: "prepared", picture });
  onEvent?.({ type: "measured", measurement });
  return { picture, measurement };
}

/** @throws UserError when the picture is another by now */
async function requestOf(
  { photographed: improve }: Workflow,
  source: ImageSource,
  limits: ImageLimits,
): Promise<PrepareRequest> {
  const bytes = await source.bytes();
  if (sha256(bytes) === source.sha256) return { name: source.name, bytes, limits, improve };
  throw new UserError({
    code: "pictureChanged",
    problem: "The picture changed while it was read.",
    advice: "Run it again.",
  });
}

const coverOf = ({ covered, secrets }: Measurement): { cover?: Box[] } =>
  covered ? { cover: secrets.map(({ box }) => box) } : {};

/** Prepares a picture once more, without measuring it again: what is covered by the measurement is covered. */
export async function prepareAgain(
  workflow: Workflow,
  source: ImageSource,
  measurement: Measurement,
  limits: ImageLimits,
  { signal, onEvent }: Pick<RunOptions, "signal" | "onEvent">,
  { prepare }: Pick<RunDependencies, "prepare">,
): Promise<OpenedInput> {
  onEvent?.({ type: "preparing" });
  const request = await requestOf(workflow, source, limits);
  const { picture } = await prepare({ ...request, ...coverOf(measurement) }, signal);
  onEvent?.({ type: "prepared", picture });
  return { picture, measurement };
}
