import type { Box, ControlMark } from "../report.js";
import type { MeasuredText } from "./check.js";

/** The first of them, and how many more there are. */
export function someOf(names: readonly string[], separator: string, most = 8): string {
  const rest = names.length - most;
  return [...names.slice(0, most), ...(rest > 0 ? [`and ${rest} more`] : [])].join(separator);
}

/** Cut, not rounded: 4.499 does not pass. */
export const ratioWords = (ratio: number): string => `${(Math.floor(ratio * 100) / 100).toFixed(2)}:1`;

/** A text's contrast with its colours, and its range where the ground changes. */
export function contrastWords({ contrast }: MeasuredText): string {
  const { worst, best, foreground, background } = contrast;
  const range = best > worst * 1.05 ? ` (up to ${ratioWords(best)} elsewhere)` : "";
  return `${ratioWords(worst)}, ${foreground} on ${background}${range}`;
}

export const sizeWords = ({ width, height, gap }: ControlMark): string =>
  `${Math.round(width)} × ${Math.round(height)} CSS px${gap < 100 ? `, ${Math.round(gap)} CSS px from the next control` : ""}`;

export const quoteText = (text: string): string => `“${text.length > 48 ? `${text.slice(0, 47)}…` : text}”`;

/** The places of the first controls. */
export const controlPlaces = (controls: readonly ControlMark[]): string =>
  someOf(
    controls.map(({ id, box }) => `${id}, ${placeWords(box)}`),
    "; ",
  );

/** Pixels of the picture, which may be two or three for each CSS pixel. */
export const placeWords = ({ x, y }: Box) => `at ${Math.round(x)}, ${Math.round(y)} (picture px)`;

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
