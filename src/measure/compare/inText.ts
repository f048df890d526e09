import type { Rgb } from "../../image/palette.js";
import type { Box } from "../../report.js";
import type { Colour } from "../colour.js";
import { placeBefore } from "./explain.js";
import type { Facing } from "./facing.js";
import { distance, lookAt } from "./look.js";
import type { Region } from "./regions.js";
import type { Scene } from "./scene.js";

/** Higher things are no lines of text. Pixels. */
const highest = 60;
/** Words stand at most so far apart, as a share of their height. */
const widestGap = 0.7;

/**
 * What was put into a line of text, or taken out of it, changed the text: the region becomes the whole of its run of
 * words, in both pictures.
 */
export function wholeText(scene: Scene, facings: readonly Facing[], region: Region): Region {
  const { before, after } = region;
  if ((before && after) || !(before ?? after)) return region;
  const box = before ?? after ?? region.box;
  if (box.height > highest || box.width > box.height * 12) return region;
  const picture = before ? scene.before : scene.after;
  const { ground } = lookAt(picture, box);
  const run = runAround(picture, box, ground);
  if (run.width < box.width + box.height * 0.5) return region;
  // The end that did not change shows where the run is in the other picture.
  const isAtStart = run.x < box.x - 2;
  const end = { ...run, x: isAtStart ? run.x : box.x + box.width + 2, width: 2 };
  const there = before ? placeAfter(facings, end) : placeBefore(facings, end);
  const other = runAround(before ? scene.after : scene.before, { ...there, height: run.height }, ground);
  if (other.width <= 4) return region;
  return before
    ? { before: run, after: other, box: other, pixels: region.pixels }
    : { before: other, after: run, box: run, pixels: region.pixels };
}

function placeAfter(facings: readonly Facing[], box: Box): Box {
  const facing = facings.findLast(
    ({ before, width, height }) =>
      box.x >= before.x && box.x <= before.x + width && box.y >= before.y && box.y <= before.y + height,
  );
  if (!facing) return box;
  return {
    ...box,
    x: box.x - facing.before.x + facing.after.x,
    y: box.y - facing.before.y + facing.after.y,
  };
}

/** The box, as far to the left and right as there is more than ground with no wide gap. */
function runAround(picture: Rgb, box: Box, ground: Colour): Box {
  const { data, width } = picture;
  const hasInk = (x: number): boolean => {
    for (let y = Math.max(0, box.y); y < Math.min(picture.height, box.y + box.height); y++) {
      const place = (y * width + x) * 3;
      const colour = [data[place] ?? 0, data[place + 1] ?? 0, data[place + 2] ?? 0] as const;
      if (distance(colour, ground) > 40) return true;
    }
    return false;
  };
  const most = Math.max(4, box.height * widestGap);
  let [left, right] = [box.x, box.x + box.width];
  for (let x = left - 1; x >= 0 && left - x <= most; x--) if (hasInk(x)) left = x;
  for (let x = right; x < width && x - right < most; x++) if (hasInk(x)) right = x + 1;
  return { ...box, x: left, width: right - left };
}
