import type { Box } from "../../report.js";
import type { PictureGeometry } from "../workflow.js";
import type { Element } from "./elements.js";
import type { Missing } from "./evidence.js";

/** More places than this are asked about another time. */
const most = 30;

/**
 * What asks a model to look once more at the doubtful places of its answer, all in one sentence each.
 *
 * @returns undefined where nothing is doubtful
 */
export function lookAgainAt(
  elements: readonly Element[],
  missing: readonly Missing[],
  picture: PictureGeometry,
): string | undefined {
  const doubts = [
    ...elements.flatMap(({ doubt, label, ends, measured, box }) => {
      if (!doubt) return [];
      const what = ends ? `the line ${ends.words}` : `the node “${label}”`;
      const why = measured ?? "It was unsure.";
      return [`- ${what}${placeInWords(box, picture)}: ${why}`];
    }),
    ...missing.map(({ words, box }) => `- perhaps missing: ${words}${placeInWords(box, picture)}`),
  ].slice(0, most);
  if (doubts.length === 0) return undefined;
  return [
    "Look once more at these places of the picture, each by itself. A program compared your answer with the picture's ink and may be wrong: change what is wrong, and leave what you still see as it is.",
    ...doubts,
  ].join("\n");
}

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
