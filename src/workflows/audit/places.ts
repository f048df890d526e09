import { around, overlapOf } from "../../measure/boxes.js";
import type { Measurement } from "../../measure/measurement.js";
import type { Box, ControlMark, TextMark } from "../../report.js";

/** The marks that a finding is about, and the place that they give it. */
export interface Place {
  texts: TextMark[];
  controls: ControlMark[];
  /** Pixels of the original. */
  box: Box | undefined;
}

/** More marks than this under one box: it is drawn around a region, not around what fails. */
const mostCovered = 4;

/**
 * Where a finding is: at the marks that it names; else at the few marks that its box covers; else at its box.
 *
 * @param ids as the model named them
 * @param box as the model drew it, in pixels of the original
 */
export function placeOf(
  ids: readonly string[],
  box: Box | undefined,
  { texts, controls }: Measurement,
): Place {
  const named = {
    texts: texts.filter(({ id }) => ids.includes(id)),
    controls: controls.filter(({ id }) => ids.includes(id)),
  };
  const marks = [...named.texts, ...named.controls];
  const [first] = marks;
  // The box is drawn at one of the places, the clearest; the others are named.
  if (first)
    return { ...named, box: (box && marks.find((mark) => share(mark.box, box) > 0)?.box) ?? first.box };
  if (!box) return { texts: [], controls: [], box };
  const covered = {
    texts: texts.filter((mark) => share(mark.box, box) >= 0.5),
    controls: controls.filter((mark) => share(mark.box, box) >= 0.5),
  };
  const all = [...covered.texts, ...covered.controls];
  if (all.length === 0 || all.length > mostCovered) return { texts: [], controls: [], box };
  return { ...covered, box: around(all.map((mark) => mark.box)) };
}

/** How much of a mark lies in a box. */
function share(mark: Box, box: Box): number {
  const { across, down } = overlapOf(mark, box);
  return across <= 0 || down <= 0 ? 0 : (across * down) / (mark.width * mark.height);
}
