import type { PreparedImage } from "../image/prepared.js";
import type { Box, ControlMark, TextMark } from "../report.js";
import type { Measurement } from "./measurement.js";

type Part = Pick<PreparedImage, "width" | "height" | "scale" | "offset">;

/** More marks than this are left out of a question, those with the least to say first. */
const mostMarks = 300;
/** A mark's text is there to be recognised. Letters. */
const longestText = 60;

/**
 * The marks as a compact table, as data for the model: a line each, places in pixels of the prepared parts.
 *
 * @param parts of the prepared picture, from top to bottom
 */
export function marksTable({ texts, controls }: Measurement, parts: readonly Part[]): string {
  const place = (box: Box): string => {
    const at = parts.findIndex(
      ({ offset, height, scale }) => box.y + box.height <= offset.y + height / scale.y + 1,
    );
    const part = parts[at] ?? parts[0];
    if (!part) return "";
    const [x, y] = [(box.x - part.offset.x) * part.scale.x, (box.y - part.offset.y) * part.scale.y];
    const numbers = [x, y, box.width * part.scale.x, box.height * part.scale.y].map(Math.round).join(",");
    return parts.length > 1 ? `part ${Math.max(0, at) + 1} [${numbers}]` : `[${numbers}]`;
  };
  const shown = [...texts].sort((a, b) => weight(b) - weight(a)).slice(0, mostMarks);
  const rows = [
    ...texts.filter((text) => shown.includes(text)).map((text) => textRow(text, place(text.box))),
    ...controls.slice(0, mostMarks).map((control) => controlRow(control, place(control.box))),
  ];
  return rows.join("\n");
}

const weight = ({ contrast }: TextMark): number => {
  if (contrast.status === "unmeasured") return 0;
  return contrast.passes ? 1 : 2;
};

function textRow({ id, text, fontSize, bold, contrast }: TextMark, place: string): string {
  const size = `${Math.round(fontSize)} px${bold ? " bold" : ""}`;
  const ratio = contrast.status === "measured" ? `${contrast.worst.toFixed(2)}:1` : "not measured";
  return `${id} ${place} ${JSON.stringify(text.slice(0, longestText))} ${size} ${ratio}`;
}

const controlRow = ({ id, kind, width, height, boundary }: ControlMark, place: string): string =>
  `${id} ${place} ${kind} ${Math.round(width)}×${Math.round(height)} CSS px, boundary ${boundary.toFixed(1)}:1`;
