import { contrastRatio, hex } from "../../src/measure/colour.js";
import type { Box, ControlMark, TextMark } from "../../src/report.js";

/** A text in a grey on white, of 16 CSS px, that was read with certainty. */
export function text(id: string, grey: number, box: Box, more: Partial<TextMark> = {}): TextMark {
  const ratio = contrastRatio([grey, grey, grey], [255, 255, 255]);
  return {
    id,
    box,
    text: `Words of ${id}`,
    confidence: 95,
    letterHeight: 11,
    fontSize: 16,
    bold: false,
    contrast: {
      status: "measured",
      worst: ratio,
      best: ratio,
      needed: 4.5,
      passes: ratio >= 4.5,
      foreground: hex([grey, grey, grey]),
      background: "#ffffff",
    },
    ...more,
  };
}

/** A square icon button, 6 CSS px from the next control. */
export const control = (
  id: string,
  x: number,
  width: number,
  more: Partial<ControlMark> = {},
): ControlMark => ({
  id,
  kind: "icon",
  box: { x, y: 300, width, height: width },
  width,
  height: width,
  boundary: 5,
  gap: 6,
  ...more,
});
