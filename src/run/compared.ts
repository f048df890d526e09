import { UserError } from "../errors.js";
import type { ImageLimits } from "../image/limits.js";
import type { Comparison } from "../measure/compare/comparison.js";
import type { LabelledPicture } from "../sources/picture.js";
import type { AskSettings } from "../store/runs/askSettings.js";
import {
  bytesOf,
  type PrepareContext,
  type PreparedRunPictures,
  prepareMeasured,
  prepareOne,
} from "./prepare.js";
import { blankMeasurement } from "./settings.js";
import { withoutSecrets } from "./withoutSecrets.js";

/**
 * Prepares two pictures that are compared. Where nothing differs, nothing is measured in them either: a thousand pairs
 * of which three differ are not all read through.
 *
 * @throws UserError when one cannot be used, or there are not two
 */
export async function prepareCompared(
  context: PrepareContext,
  settings: AskSettings,
  limits: ImageLimits,
): Promise<PreparedRunPictures> {
  const [before, after] = pairOf(context.pictures);
  const comparison = await comparisonOf(context, settings);
  const [beforeAsked, afterAsked = beforeAsked] = settings.pictures;
  // What a person wants covered is covered, even where there is nothing to see.
  const isSame = comparison.changes.length === 0 && settings.pictures.every(({ covers }) => !covers);
  // Nobody looked for secrets in it, so none are covered: it is shown here, and not sent.
  const unmeasured = { ...blankMeasurement, covered: false };
  const prepare = (picture: LabelledPicture, asked: typeof beforeAsked) =>
    isSame
      ? prepareMeasured(context, picture, unmeasured, limits)
      : prepareOne(context, picture, asked, settings, limits);
  const first = await prepare(before, beforeAsked);
  return [first, { ...(await prepare(after, afterAsked)), comparison }];
}

/**
 * What differs between a run's two pictures. The same bytes are not even decoded.
 *
 * @throws UserError when one cannot be used, or there are not two
 */
export async function comparisonOf(
  { workflow, deps, signal, onEvent, pictures }: PrepareContext,
  { measuring, redaction, parameters }: AskSettings,
): Promise<Comparison> {
  const [before, after] = pairOf(pictures);
  if (before.id === after.id) return { scale: 1, rows: [], changes: [], noise: 0 };
  onEvent({ type: "preparing" });
  const fileOf = async (picture: LabelledPicture) => ({
    name: picture.name,
    bytes: await bytesOf(picture, signal),
  });
  const { languages, languageFolder } = measuring;
  const { comparison } = await deps.compareFiles(
    {
      before: await fileOf(before),
      after: await fileOf(after),
      ignore: workflow.compares?.ignored(parameters) ?? [],
      reading: { languages, languageFolder },
    },
    signal,
  );
  return withoutSecrets(comparison, redaction === "covered");
}

/** @throws UserError when there are not two */
function pairOf(pictures: readonly LabelledPicture[]): [LabelledPicture, LabelledPicture] {
  const [before, after, another] = pictures;
  if (before && after && !another) return [before, after];
  throw new UserError({
    code: "wrongInput",
    problem: "A comparison takes two pictures.",
    advice: "Choose the picture before and the picture after.",
  });
}
