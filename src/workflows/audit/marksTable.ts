import { textNeeds } from "../../checks/textContrast.js";
import type { Measurement } from "../../measure/measurement.js";
import { lettersIn } from "../../measure/text.js";
import type { Contrast, ControlMark, TextMark } from "../../report.js";
import { type PlacedPart, placing } from "../placing.js";
import { isMeasured } from "./evidence.js";

/** More marks than this of a kind are left out of a question, from the bottom up, and that is said. */
const mostMarks = 300;
/** What passes is listed to be recognised, what does not to be judged. Letters. */
const longest = { passing: 24, judged: 80 };
/** A single letter, or words read with less certainty than this, may be an icon. Of 100. */
const wellRead = 50;
/** A boundary below this may be too weak, or is near to it. */
const weakBoundary = 3.2;

/**
 * The marks as data for the model: a line each, under headings that say what holds for all that follow. Places are in
 * pixels of the prepared parts. What is neither known to be text nor known to fail is left out.
 *
 * @param parts of the prepared picture, from top to bottom
 */
export function marksTable({ texts, controls }: Measurement, parts: readonly PlacedPart[]): string {
  const promptPlace = placing(parts);
  const measured = texts.filter(isMeasured);
  const judgedRow = (text: TextMark) =>
    [
      text.id,
      promptPlace(text.box),
      quotedText(text, longest.judged),
      sizeOf(text),
      bandOf(text.contrast),
    ].join(" ");
  return [
    ...section(
      "Fail 1.4.3:",
      measured
        .filter(({ contrast }) => !contrast.passes)
        .map((text) => `${judgedRow(text)} of ${text.contrast.needed}`),
    ),
    ...section(
      "No verdict on 1.4.3:",
      texts.filter((text) => !isMeasured(text) && isReadable(text)).map(judgedRow),
    ),
    ...section(
      "Pass 1.4.3:",
      measured
        .filter((text) => text.contrast.passes && isReadable(text))
        .map((text) => {
          const [x, y] = promptPlace(text.box).split(",");
          return `${text.id} ${x},${y} ${quotedText(text, longest.passing)} ${cut(text.contrast.worst, 10)}`;
        }),
    ),
    ...section(
      "Controls:",
      controls.map((control) => `${control.id} ${promptPlace(control.box)} ${controlWords(control)}`),
    ),
  ].join("\n");
}

function section(title: string, rows: readonly string[]): string[] {
  const left = rows.length - mostMarks;
  if (rows.length === 0) return [];
  return [title, ...rows.slice(0, mostMarks), ...(left > 0 ? [`(${left} more are not listed)`] : [])];
}

const quotedText = ({ text }: TextMark, most: number): string =>
  JSON.stringify(text.length > most ? `${text.slice(0, most)}…` : text);

/** Whether it is surely text, or at least likely. */
const isReadable = ({ text, confidence }: TextMark): boolean => lettersIn(text) > 1 && confidence >= wellRead;

/** CSS pixels; a range where it decides whether the text counts as large. */
function sizeOf({ fontSize, sizeRange, bold }: TextMark): string {
  const { least, most } = sizeRange ?? { least: fontSize, most: fontSize };
  const decides = [textNeeds.largeFrom.regular, textNeeds.largeFrom.bold].some(
    (threshold) => least < threshold && most >= threshold,
  );
  const size = decides ? `${Math.floor(least)}-${Math.ceil(most)}` : `${Math.round(fontSize)}`;
  return `${size}px${bold ? " bold" : ""}`;
}

/** The ratio, or between which it lies where that spans more than 3 %. */
function bandOf(contrast: Contrast): string {
  const ratio = contrast.status === "measured" ? contrast.worst : undefined;
  const { low, high } = contrast;
  if (low !== undefined && high !== undefined && (ratio === undefined || high > low * 1.03))
    return `${cut(low, 10)}-${(Math.ceil(high * 10) / 10).toFixed(1)}:1`;
  return ratio === undefined ? "?" : `${cut(ratio, 100)}:1`;
}

/** Cut, not rounded: 4.499 is no 4.5. */
const cut = (value: number, steps: number): string =>
  (Math.floor(value * steps) / steps).toFixed(Math.log10(steps));

/** A boundary is named where it may be too weak. */
const controlWords = ({ kind, width, height, target, boundary }: ControlMark): string =>
  [
    `${kind} ${Math.round(width)}×${Math.round(height)}`,
    ...(target ? [`target ${Math.round(target.width)}×${Math.round(target.height)}?`] : []),
    ...(boundary < weakBoundary ? [`boundary ${cut(boundary, 10)}:1`] : []),
  ].join(" ");
