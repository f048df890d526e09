import type { Box, ControlMark } from "../report.js";
import type { MeasuredText } from "./check.js";

/** Cut, not rounded: 4.499 does not pass. */
export const ratioWords = (ratio: number): string => `${(Math.floor(ratio * 100) / 100).toFixed(2)}:1`;

/** A text's contrast with its colours, and its range where the ground changes. */
export function contrastWords({ contrast }: MeasuredText): string {
  const { worst, best, foreground, background } = contrast;
  const range = best > worst * 1.05 ? ` (up to ${ratioWords(best)} elsewhere)` : "";
  return `${ratioWords(worst)}, ${foreground} on ${background}${range}`;
}

export const sizeWords = ({ width, height, gap }: ControlMark): string =>
  `${Math.round(width)} × ${Math.round(height)} CSS px${gap < 100 ? `, ${Math.round(gap)} px from the next control` : ""}`;

export const quoteText = (text: string): string => `“${text.length > 48 ? `${text.slice(0, 47)}…` : text}”`;

/** The places of controls, up to eight of them. */
export const controlPlaces = (controls: readonly ControlMark[]): string =>
  controls
    .slice(0, 8)
    .map(({ id, box }) => `${id}, ${placeWords(box)}`)
    .join("; ");

export const placeWords = ({ x, y }: Box) => `at ${Math.round(x)}, ${Math.round(y)} px`;

/** What a kind of control is called, one and many. */
export const controlNames: Record<ControlMark["kind"], { one: string; many: string }> = {
  button: { one: "button", many: "buttons" },
  icon: { one: "icon button", many: "icon buttons" },
  field: { one: "field", many: "fields" },
  checkbox: { one: "checkbox", many: "checkboxes" },
  radio: { one: "radio button", many: "radio buttons" },
  select: { one: "select", many: "selects" },
  switch: { one: "switch", many: "switches" },
};
