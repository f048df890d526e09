import type { ImageLimits } from "../image/limits.js";
import type { LabelledPicture } from "../sources/picture.js";
import type { StoredAnswer } from "../store/answers.js";
import type { QuestionPicture } from "../store/runs/askSettings.js";
import type { RunPicture, RunPictures } from "../store/runs/runResult.js";
import type { PictureGeometry } from "../workflows/workflow.js";
import { comparisonOf } from "./compared.js";
import type { RunContext } from "./context.js";
import { prepareOne } from "./prepare.js";
import { measurementKey } from "./settings.js";

/** The pictures of a known answer, as they were asked about; prepared only where they have to be. */
export async function recall(context: RunContext, found: StoredAnswer): Promise<RunPictures> {
  const [first, ...others] = context.pictures;
  const [asked, ...othersAsked] = found.settings.pictures;
  const recalled: [RunPicture, ...RunPicture[]] = [
    await recallOne(context, found, first, asked, found.pictures[0]),
  ];
  for (const [index, source] of others.entries()) {
    const [asked, kept] = [othersAsked[index], found.pictures[index + 1]];
    if (asked && kept) recalled.push(await recallOne(context, found, source, asked, kept));
  }
  const [, second, ...rest] = recalled;
  if (!context.workflow.compares || !second) return recalled;
  return [recalled[0], { ...second, comparison: await comparisonOf(context, found.settings) }, ...rest];
}

async function recallOne(
  context: RunContext,
  { settings }: StoredAnswer,
  source: LabelledPicture,
  asked: QuestionPicture,
  { geometry, covered }: StoredAnswer["pictures"][number],
): Promise<RunPicture> {
  const { deps, workflow, request } = context;
  const known = await deps.cache.findMeasurement(measurementKey(workflow, asked, settings));
  const { id, label, uri, name } = { ...source };
  const picture: PictureGeometry = { ...geometry, name };
  if (known && !request.needsPicture) return { id, label, uri, picture, measurement: { ...known, covered } };
  const { prepared, measurement } = await prepareOne(context, source, asked, settings, limitsOf(geometry));
  return { id, label, uri, picture, measurement: { ...measurement, covered }, prepared };
}

/** The limits within which a picture is prepared as it was: the API may have asked for a smaller one. */
function limitsOf({ parts }: PictureGeometry): ImageLimits {
  return {
    longEdge: Math.max(...parts.map(({ width, height }) => Math.max(width, height))),
    visualTokens: Math.max(...parts.map(({ visualTokens }) => visualTokens)),
    parts: parts.length,
  };
}
