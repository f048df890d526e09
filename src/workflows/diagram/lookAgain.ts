import { cropLimits, fitWithin, type Size, visualTokens } from "../../image/limits.js";
import { around } from "../../measure/boxes.js";
import type { Box } from "../../report.js";
import type { PictureGeometry } from "../workflow.js";
import type { Element } from "./elements.js";
import type { Missing } from "./evidence.js";

/** More places than this are asked about another time. */
const most = 30;
/** More than 20 images in a request lower the API's limit for each, and the picture itself may have parts. */
const mostCrops = 8;
/** What all crops together may cost, in visual tokens: less than the picture did. */
const mostTokens = 1_600;
/** What is left around a place, so that what joins it is seen, too: a share of its longer side, and pixels. */
const margin = { share: 0.1, least: 16 };

/** A place that is shown once more by itself. */
export interface ShownPlace {
  /** What the question calls it. */
  label: string;
  /** Pixels of the original. */
  box: Box;
}

/** What a model is asked to look at once more. */
export interface SecondLook {
  sentence: string;
  /** The places by themselves, as far as that shows more of them than the picture did. */
  places: ShownPlace[];
}

/**
 * What asks a model to look once more at the doubtful places of its answer, all in one question.
 *
 * @returns undefined where nothing is doubtful
 */
export function lookAgainAt(
  elements: readonly Element[],
  missing: readonly Missing[],
  picture: PictureGeometry,
): SecondLook | undefined {
  const doubts = [
    ...elements.flatMap(({ doubt, label, ends, measured, box }) => {
      if (!doubt) return [];
      const what = ends ? `the line ${ends.words}` : `the node “${label}”`;
      return [{ what, why: measured ?? "It was unsure.", box }];
    }),
    ...missing.map(({ words, box }) => ({ what: "perhaps missing", why: words, box })),
  ].slice(0, most);
  if (doubts.length === 0) return undefined;
  const boxes = cropsFor(
    doubts.flatMap(({ box }) => (box ? [box] : [])),
    picture,
  );
  const places = boxes.map((box, index) => ({ label: `place ${index + 1}`, box }));
  const shownIn = (box: Box | undefined): string => {
    const place = places.find((one) => box && isInside(box, one.box));
    return place ? `, shown in ${place.label}` : "";
  };
  return {
    sentence: [
      `Look once more at these places of the picture, each by itself. A program compared your answer with the picture's ink and may be wrong: change what is wrong, and leave what you still see as it is.${
        places.length === 0
          ? ""
          : " Some are shown above by themselves, as large as they were taken: read words and arrowheads there, and give places in the picture's parts as before."
      }`,
      ...doubts.map(({ what, why, box }) => `- ${what}${placeInWords(box, picture)}${shownIn(box)}: ${why}`),
    ].join("\n"),
    places,
  };
}

/** What is cut out for the places: those that lie over each other in one, and none that the picture shows as large. */
function cropsFor(boxes: readonly Box[], picture: PictureGeometry): Box[] {
  const crops: Box[] = [];
  for (const box of boxes) {
    const wanted = withMargin(box, picture);
    if (crops.some((crop) => isInside(box, crop))) continue;
    const at = crops.findIndex((crop) => isWorthOne(crop, wanted, picture));
    const crop = crops[at];
    if (crop) crops[at] = around([crop, wanted]);
    else if (isAsLarge(wanted, picture)) crops.push(wanted);
  }
  let tokens = 0;
  return crops.slice(0, mostCrops).filter((crop) => {
    tokens += visualTokens(fitWithin(crop, cropLimits));
    return tokens <= mostTokens;
  });
}

function withMargin(box: Box, { width, height }: Size): Box {
  const more = Math.max(margin.least, Math.round(Math.max(box.width, box.height) * margin.share));
  const [x, y] = [Math.max(0, Math.floor(box.x - more)), Math.max(0, Math.floor(box.y - more))];
  return {
    x,
    y,
    width: Math.min(width, Math.ceil(box.x + box.width + more)) - x,
    height: Math.min(height, Math.ceil(box.y + box.height + more)) - y,
  };
}

/** Whether two places cost no more in one crop than in two. */
function isWorthOne(one: Box, other: Box, picture: PictureGeometry): boolean {
  const both = around([one, other]);
  const area = ({ width, height }: Box) => width * height;
  return area(both) <= area(one) + area(other) && isAsLarge(both, picture);
}

/** Whether a crop shows a place at least as large as the picture's parts did. */
const isAsLarge = (box: Box, { parts }: PictureGeometry): boolean =>
  fitWithin(box, cropLimits).width / box.width >= Math.min(...parts.map(({ scale }) => scale.x)) - 0.001;

const isInside = (inner: Box, outer: Box): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height;

/** Where a place is, in pixels of the part that shows it. */
function placeInWords(box: Box | undefined, { parts }: PictureGeometry): string {
  if (!box) return "";
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const index = parts.findIndex(
    ({ offset, scale, width, height }) =>
      middle.x < offset.x + width / scale.x && middle.y < offset.y + height / scale.y,
  );
  const part = parts[index];
  if (!part) return "";
  const numbers = [
    (box.x - part.offset.x) * part.scale.x,
    (box.y - part.offset.y) * part.scale.y,
    box.width * part.scale.x,
    box.height * part.scale.y,
  ].map(Math.round);
  return ` (${parts.length > 1 ? `part ${index + 1}, ` : ""}x, y, width, height: ${numbers.join(", ")} px)`;
}
