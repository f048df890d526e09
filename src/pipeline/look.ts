import { UserError } from "../errors.js";
import { type ImageLimits, limitsFor } from "../image/limits.js";
import type { PreparedPicture } from "../image/prepared.js";
import { sha256 } from "../image/sha256.js";
import type { Measurement } from "../measure/measurement.js";
import type { Box } from "../report.js";
import type { Job, Seen } from "../workflows/workflow.js";
import type { ImageSource, RunOptions, Surroundings } from "./run.js";
import { type Asking, measurementKey } from "./runKey.js";

export interface Looked extends Seen {
  picture: PreparedPicture;
}

/** Prepares the picture, and measures it unless that was done before. */
export async function look(
  job: Job,
  source: ImageSource,
  asking: Asking,
  { onEvent, signal }: Pick<RunOptions, "onEvent" | "signal">,
  { cache, prepare }: Pick<Surroundings, "cache" | "prepare">,
): Promise<Looked> {
  const limits = limitsFor(asking.model, job.detail);
  const key = measurementKey(job, source.sha256, asking);
  const known = await cache.findMeasurement(key);
  onEvent?.({ type: "preparing" });
  const inspection = { ...asking.measuring, coverSecrets: asking.secrets !== "unsought" };
  const request = { name: source.name, bytes: await readWhole(source), limits, improve: job.photographed };
  const { picture, measurement = known } = await prepare(
    known ? { ...request, cover: coveredPlaces(known) } : { ...request, inspection },
    signal,
  );
  if (!measurement) throw new Error("A picture was prepared without being measured");
  if (!known) await cache.keepMeasurement(key, measurement);
  onEvent?.({ type: "prepared", picture });
  onEvent?.({ type: "measured", measurement });
  return { picture, measurement };
}

/** @throws UserError when the picture is another by now */
export async function readWhole(source: ImageSource): Promise<Uint8Array> {
  const bytes = await source.bytes();
  if (sha256(bytes) === source.sha256) return bytes;
  throw new UserError({
    problem: "The picture changed while it was read.",
    advice: "Run it again.",
    next: ["runAgain"],
  });
}

const coveredPlaces = ({ covered, secrets }: Measurement): Box[] =>
  covered ? secrets.map(({ box }) => box) : [];

/** Smaller, without measuring it twice: what was covered is covered again. */
export async function prepareAgain(
  { photographed }: Job,
  source: ImageSource,
  measurement: Measurement,
  limits: ImageLimits,
  { signal, onEvent }: Pick<RunOptions, "signal" | "onEvent">,
  { prepare }: Pick<Surroundings, "prepare">,
): Promise<Looked> {
  onEvent?.({ type: "preparing" });
  const { picture } = await prepare(
    {
      name: source.name,
      bytes: await readWhole(source),
      limits,
      improve: photographed,
      cover: coveredPlaces(measurement),
    },
    signal,
  );
  onEvent?.({ type: "prepared", picture });
  return { picture, measurement };
}
