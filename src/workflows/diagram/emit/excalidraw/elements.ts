import type { Place, Size } from "../drawio/layout.js";
import { labelLines } from "../labels.js";
import type { Point } from "../routes.js";

/** What our own reader is told of an element beside what Excalidraw knows of it. */
export interface OwnData {
  role: "node" | "frame" | "note" | "noteLine" | "count" | "title";
  [key: string]: string;
}

/** An element of Excalidraw's file format. */
export type ExcalidrawElement = Record<string, unknown> & { id: string };

export const fontSize = 16;
const lineHeight = 1.25;
const ink = "#1e1e1e";

export interface Style {
  strokeColor?: string;
  backgroundColor?: string;
  strokeStyle?: "solid" | "dashed";
  strokeWidth?: number;
}

/** What every element has. Its seed makes a sketched line the same in each drawing. */
const base = (id: string, type: string, place: Place, style: Style, data: OwnData | undefined) => ({
  id,
  type,
  x: place.x,
  y: place.y,
  width: place.width,
  height: place.height,
  angle: 0,
  strokeColor: style.strokeColor ?? ink,
  backgroundColor: style.backgroundColor ?? "transparent",
  fillStyle: "solid",
  strokeWidth: style.strokeWidth ?? 2,
  strokeStyle: style.strokeStyle ?? "solid",
  roughness: 1,
  opacity: 100,
  groupIds: [],
  frameId: null,
  roundness: null,
  seed: [...id].reduce((sum, sign) => (sum * 31 + (sign.codePointAt(0) ?? 0)) % 2147483647, 7),
  version: 1,
  versionNonce: 1,
  isDeleted: false,
  boundElements: [] as Array<{ id: string; type: string }>,
  updated: 1,
  link: null,
  locked: false,
  ...(data ? { customData: data } : {}),
});

export interface Box {
  id: string;
  type: "rectangle" | "ellipse" | "diamond";
  place: Place;
  label: string;
  isRounded?: boolean;
  /** Words at the top, as a frame has them; else in the middle. */
  isFrame?: boolean;
  isLeft?: boolean;
  style?: Style;
  data: OwnData;
  /** The lines that end here. */
  lines: readonly string[];
}

/** A shape with its words. */
export function boxElements({ id, type, place, label, ...box }: Box): ExcalidrawElement[] {
  const words = id.concat("t");
  const written = rowsWithGaps(label);
  const text = box.isLeft ? written : wrapped(written);
  const shape = {
    ...base(id, type, place, box.style ?? {}, box.data),
    roundness: box.isRounded ? { type: type === "rectangle" ? 3 : 2 } : null,
    boundElements: [
      ...(text === "" ? [] : [{ id: words, type: "text" }]),
      ...box.lines.map((line) => ({ id: line, type: "arrow" })),
    ],
  };
  if (text === "") return [shape];
  const size = sizeOfText(text);
  const at = {
    ...size,
    x: box.isLeft ? place.x + 8 : place.x + (place.width - size.width) / 2,
    y: box.isFrame ? place.y + 5 : place.y + (place.height - size.height) / 2,
  };
  return [
    shape,
    textElement(words, text, at, {
      containerId: id,
      verticalAlign: box.isFrame ? "top" : "middle",
      textAlign: box.isLeft ? "left" : "center",
      original: written,
    }),
  ];
}

interface TextOptions {
  containerId?: string;
  verticalAlign?: "top" | "middle";
  textAlign?: "left" | "center";
  size?: number;
  data?: OwnData;
  /** As written, before it was wrapped. */
  original?: string;
}

export const textElement = (
  id: string,
  text: string,
  place: Place,
  options: TextOptions,
): ExcalidrawElement => ({
  ...base(id, "text", place, {}, options.data),
  text,
  originalText: options.original ?? text,
  fontSize: options.size ?? fontSize,
  fontFamily: 5,
  textAlign: options.textAlign ?? "left",
  verticalAlign: options.verticalAlign ?? "top",
  containerId: options.containerId ?? null,
  autoResize: true,
  lineHeight,
});

export interface Line {
  id: string;
  from: string;
  to: string;
  path: readonly Point[];
  label: string;
  startArrowhead: string | null;
  endArrowhead: string | null;
  style: Style;
  data?: OwnData;
}

/** An arrow that is bound to the boxes at its ends, with its words. */
export function lineElements(line: Line): ExcalidrawElement[] {
  const [first = { x: 0, y: 0 }, ...rest] = line.path;
  const points = [first, ...rest].map(({ x, y }) => [x - first.x, y - first.y]);
  const [xs, ys] = [points.map(([x = 0]) => x), points.map(([, y = 0]) => y)];
  const size = { width: Math.max(...xs) - Math.min(...xs), height: Math.max(...ys) - Math.min(...ys) };
  const words = line.id.concat("t");
  const text = labelLines(line.label).join("\n");
  const binding = (elementId: string) => ({ elementId, focus: 0, gap: 4 });
  const arrow = {
    ...base(line.id, "arrow", { ...first, ...size }, line.style, line.data),
    points,
    lastCommittedPoint: null,
    startBinding: binding(line.from),
    endBinding: binding(line.to),
    startArrowhead: line.startArrowhead,
    endArrowhead: line.endArrowhead,
    elbowed: false,
    boundElements: text === "" ? [] : [{ id: words, type: "text" }],
  };
  if (text === "") return [arrow];
  const middle = middleOf(line.path);
  const room = sizeOfText(text);
  const at = { ...room, x: middle.x - room.width / 2, y: middle.y - room.height / 2 };
  return [
    arrow,
    textElement(words, text, at, { containerId: line.id, verticalAlign: "middle", textAlign: "center" }),
  ];
}

function middleOf(path: readonly Point[]): Point {
  const before = path[Math.floor((path.length - 1) / 2)];
  const after = path[Math.ceil((path.length - 1) / 2)];
  if (!before || !after) return { x: 0, y: 0 };
  return path.length % 2 === 1 ? before : { x: (before.x + after.x) / 2, y: (before.y + after.y) / 2 };
}

/** A text's rows; an empty row between a name and its members stays. */
const rowsWithGaps = (text: string): string =>
  text
    .split("\n\n")
    .map((part) => labelLines(part).join("\n"))
    .filter((part) => part !== "")
    .join("\n\n");

/** Letters of a row in a box. */
const longestRow = 20;

/** The rows as Excalidraw wraps them in a box. */
export const wrapped = (text: string): string =>
  text
    .split("\n")
    .flatMap((row) => {
      const rows: string[] = [];
      for (const word of row.split(" ")) {
        const last = rows.at(-1);
        if (last === undefined || last.length + 1 + word.length > longestRow) rows.push(word);
        else rows[rows.length - 1] = `${last} ${word}`;
      }
      return rows;
    })
    .join("\n");

/** Room for a text in Excalidraw's own hand, estimated. */
export function sizeOfText(text: string, size = fontSize): Size {
  const rows = text.split("\n");
  const longest = Math.max(1, ...rows.map((row) => [...row].length));
  return { width: Math.ceil(longest * size * 0.58), height: Math.ceil(rows.length * size * lineHeight) };
}
