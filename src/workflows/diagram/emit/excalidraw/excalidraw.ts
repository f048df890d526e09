import type { Edge, Graph, Node } from "../../schema.js";
import { remarksOf, withoutInwardEdges } from "../../structure.js";
import type { Place, Size } from "../drawio/layout.js";
import type { EmitOptions, Emitted } from "../emitted.js";
import { labelLines, multiplicities, withoutWraps } from "../labels.js";
import { type Names, numbersOf } from "../names.js";
import { pagePlacesOf } from "../pagePlaces.js";
import { coloursOf, signedLabels, warnOfRemarks } from "../remarks.js";
import { type Point, routeBetween } from "../routes.js";
import {
  boxElements,
  type ExcalidrawElement,
  lineElements,
  type OwnData,
  type Style,
  sizeOfText,
  textElement,
  wrapped,
} from "./elements.js";

/**
 * Writes a file of Excalidraw, as the whiteboard is arranged, with arrows bound to their boxes. Labels are plain text:
 * none becomes a link. What Excalidraw has no place for, such as a box's kind of shape, is kept beside each element for
 * our own reader.
 *
 * @see https://docs.excalidraw.com/docs/codebase/json-schema
 */
export function emitExcalidraw(answer: Graph, { keepsBreaks }: EmitOptions = {}): Emitted {
  const graph = withoutWraps(answer, keepsBreaks);
  const warnings: string[] = [];
  const file = {
    type: "excalidraw",
    version: 2,
    source: "screenshot-workbench",
    elements: elementsOf(graph, warnings),
    appState: { viewBackgroundColor: "#ffffff" },
    files: {},
  };
  return { text: `${JSON.stringify(file, null, 2)}\n`, warnings };
}

const shapes: Record<Node["shape"], "rectangle" | "ellipse" | "diamond"> = {
  rectangle: "rectangle",
  rounded: "rectangle",
  stadium: "rectangle",
  circle: "ellipse",
  diamond: "diamond",
  hexagon: "rectangle",
  parallelogram: "rectangle",
  cylinder: "rectangle",
  document: "rectangle",
  actor: "rectangle",
  start: "ellipse",
  end: "ellipse",
};
const known: ReadonlySet<Node["shape"]> = new Set(["rectangle", "rounded", "circle", "diamond"]);

const held = ["event", "gateway", "ring thick", "technology", "description", "colour"] as const;

function elementsOf(graph: Graph, warnings: string[]): ExcalidrawElement[] {
  warnOfRemarks(graph, "Excalidraw", held, warnings);
  const others = new Set(graph.nodes.map(({ shape }) => shape).filter((shape) => !known.has(shape)));
  if (others.size > 0)
    warnings.push(
      `Excalidraw draws rectangles, ellipses and diamonds: ${[...others].join(", ")} became one of them.`,
    );
  const name = numbersOf(graph);
  const signed = signedLabels(graph);
  const hasMembers = graph.kind === "class" || graph.kind === "er";
  const words = (node: Node): string =>
    [signed(node), node.details.flatMap(labelLines).join("\n")]
      .filter((part) => part !== "")
      .join(hasMembers ? "\n\n" : "\n");
  const { places } = pagePlacesOf(graph, (node) =>
    sizeOf(node, hasMembers && node.details.length > 0 ? words(node) : wrapped(words(node))),
  );
  const layoutBox = (id: string): Place => places.get(id) ?? { x: 0, y: 0, width: 120, height: 60 };
  const colours = coloursOf(graph, warnings);
  const remark = remarksOf(graph);
  const styleOf = (id: string): Style => {
    const colour = colours.get(id);
    return {
      ...(colour ? { backgroundColor: colour.fill, strokeColor: colour.stroke } : {}),
      ...(remark(id, "ring") === "thick" ? { strokeWidth: 4 } : {}),
    };
  };
  const edges = withoutInwardEdges(graph, "Excalidraw", warnings);
  const lines = edges.map((edge, index) => ({ id: `e${index + 1}`, edge }));
  const noteLines = graph.notes.flatMap(({ about }, index) =>
    about === "" ? [] : [{ id: `note${index + 1}e`, at: index, about }],
  );
  const ends = new Map<string, Set<string>>();
  const join = (id: string, line: string) => ends.set(id, (ends.get(id) ?? new Set()).add(line));
  for (const { id, edge } of lines) for (const end of [edge.from, edge.to]) join(end, id);
  for (const { id, about } of noteLines) join(about, id);
  const linesAt = (id: string): string[] => [...(ends.get(id) ?? [])];
  const boxes = graph.nodes.map(({ id }) => layoutBox(id));
  const notes = notePlaces(graph, layoutBox, [...places.values()]);
  const pathBetween = (from: Place, to: Place) => straightOr(from, to, boxes);
  return [
    ...titleElement(graph.title, [...places.values()]),
    ...[...graph.groups].sort(outerFirst(graph)).flatMap(({ id, label }) =>
      boxElements({
        id: name(id),
        type: "rectangle",
        place: layoutBox(id),
        label,
        isRounded: true,
        isFrame: true,
        style: { strokeStyle: "dashed", ...styleOf(id) },
        data: { role: "frame", diagram: graph.kind },
        lines: linesAt(id),
      }),
    ),
    ...graph.nodes.flatMap((node) =>
      boxElements({
        id: name(node.id),
        type: shapes[node.shape],
        place: layoutBox(node.id),
        label: words(node),
        isRounded: node.shape === "rounded" || node.shape === "stadium",
        isLeft: hasMembers && node.details.length > 0,
        style: styleOf(node.id),
        data: { role: "node", diagram: graph.kind, shape: node.shape },
        lines: linesAt(node.id),
      }),
    ),
    ...graph.notes.flatMap(({ text }, index) =>
      boxElements({
        id: `note${index + 1}`,
        type: "rectangle",
        place: notes[index] ?? layoutBox(""),
        label: text,
        style: { backgroundColor: "#fff3bf", strokeColor: "#f08c00" },
        data: { role: "note", diagram: graph.kind },
        lines: noteLines.flatMap((line) => (line.at === index ? [line.id] : [])),
      }),
    ),
    ...lines.flatMap(({ id, edge }) =>
      edgeElements(edge, id, name, pathBetween(layoutBox(edge.from), layoutBox(edge.to)), graph.kind),
    ),
    ...noteLines.flatMap(({ id, at, about }) =>
      lineElements({
        id,
        from: `note${at + 1}`,
        to: name(about),
        path: pathBetween(notes[at] ?? layoutBox(""), layoutBox(about)),
        label: "",
        startArrowhead: null,
        endArrowhead: null,
        style: { strokeStyle: "dashed", strokeWidth: 1 },
        data: { role: "noteLine" },
      }),
    ),
  ];
}

function outerFirst({ groups }: Graph): (a: { id: string }, b: { id: string }) => number {
  const parents = new Map(groups.map(({ id, parent }) => [id, parent]));
  const depth = (id: string): number => (id === "" ? 0 : 1 + depth(parents.get(id) ?? ""));
  return (a, b) => depth(a.id) - depth(b.id);
}

function sizeOf({ shape }: Node, words: string): Size {
  if ((shape === "start" || shape === "end") && labelLines(words).length === 0)
    return { width: 30, height: 30 };
  const text = sizeOfText(words);
  const whole = { width: Math.max(80, text.width + 24), height: Math.max(50, text.height + 24) };
  // A text has half of a diamond, and seven tenths of an ellipse.
  const factor = shape === "diamond" ? 2 : shapes[shape] === "ellipse" ? 1.45 : 1;
  return { width: Math.ceil(whole.width * factor), height: Math.ceil(whole.height * factor) };
}

function titleElement(title: string, places: readonly Place[]): ExcalidrawElement[] {
  const text = labelLines(title).join("\n");
  if (text === "") return [];
  const size = sizeOfText(text, 28);
  const [x, y] = [Math.min(0, ...places.map((one) => one.x)), Math.min(0, ...places.map((one) => one.y))];
  return [
    textElement(
      "title",
      text,
      { ...size, x, y: y - size.height - 30 },
      { size: 28, data: { role: "title" } },
    ),
  ];
}

/** Notes stand at the foot, below what they are about. */
function notePlaces(graph: Graph, layoutBox: (id: string) => Place, places: readonly Place[]): Place[] {
  const foot = Math.max(0, ...places.map(({ y, height }) => y + height)) + 50;
  let left = Math.min(0, ...places.map(({ x }) => x));
  return graph.notes.map(({ text, about }) => {
    const size = sizeOfText(wrapped(labelLines(text).join("\n")));
    const wanted = about === "" ? left : Math.max(left, layoutBox(about).x);
    left = wanted + size.width + 44;
    return { x: wanted, y: foot, width: size.width + 24, height: size.height + 24 };
  });
}

const heads: Record<Edge["endHead"], string | null> = {
  none: null,
  arrow: "arrow",
  triangle: "triangle_outline",
  diamond: "diamond_outline",
  filledDiamond: "diamond",
  circle: "circle_outline",
  cross: "bar",
};
/** Crow's feet. None says that there may be nothing: the words at the end do. */
const feet: Record<Edge["endCount"], string | null> = {
  none: null,
  one: "crowfoot_one",
  zeroOrOne: "crowfoot_one",
  oneOrMore: "crowfoot_one_or_many",
  zeroOrMore: "crowfoot_many",
};

function edgeElements(
  edge: Edge,
  id: string,
  name: Names,
  path: readonly Point[],
  kind: Graph["kind"],
): ExcalidrawElement[] {
  const isFoot = (head: Edge["endHead"], count: Edge["endCount"]) =>
    kind === "er" && head === "none" && count !== "none";
  const head = (one: Edge["endHead"], count: Edge["endCount"]) =>
    isFoot(one, count) ? feet[count] : heads[one];
  const count = (
    many: Edge["endCount"],
    end: "start" | "end",
    at: Point | undefined,
  ): ExcalidrawElement[] => {
    const text = multiplicities[many];
    const data: OwnData = { role: "count", line: id, end };
    return text === "" || !at
      ? []
      : [
          textElement(
            `${id}${end}`,
            text,
            { ...sizeOfText(text, 14), x: at.x + 8, y: at.y + 4 },
            { size: 14, data },
          ),
        ];
  };
  return [
    ...lineElements({
      id,
      from: name(edge.from),
      to: name(edge.to),
      path,
      label: edge.label,
      startArrowhead: head(edge.startHead, edge.startCount),
      endArrowhead: head(edge.endHead, edge.endCount),
      style: {
        strokeStyle: edge.line === "dashed" ? "dashed" : "solid",
        strokeWidth: edge.line === "thick" ? 4 : 2,
      },
    }),
    ...count(edge.startCount, "start", path[0]),
    ...count(edge.endCount, "end", path.at(-1)),
  ];
}

/** A straight line between the middles of two boxes, from border to border; with bends where it would cross another box. */
function straightOr(from: Place, to: Place, boxes: readonly Place[]): Point[] {
  const [start, end] = [middle(from), middle(to)];
  const isFree = !boxes.some((box) => box !== from && box !== to && meets(start, end, box));
  if (from === to || overlap(from, to) || !isFree)
    return routeBetween(
      from,
      to,
      boxes.filter((box) => box !== from && box !== to),
    );
  return [onBorder(from, end), onBorder(to, start)];
}

const middle = ({ x, y, width, height }: Place): Point => ({ x: x + width / 2, y: y + height / 2 });
const overlap = (a: Place, b: Place): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** Where the line from a box's middle to a point leaves the box. */
function onBorder(box: Place, towards: Point): Point {
  const from = middle(box);
  const [dx, dy] = [towards.x - from.x, towards.y - from.y];
  const part = Math.min(
    dx === 0 ? Number.POSITIVE_INFINITY : box.width / 2 / Math.abs(dx),
    dy === 0 ? Number.POSITIVE_INFINITY : box.height / 2 / Math.abs(dy),
  );
  const reach = Number.isFinite(part) ? Math.min(part, 1) : 0;
  return { x: Math.round(from.x + dx * reach), y: Math.round(from.y + dy * reach) };
}

/** Whether a straight line runs through a box: at some place of it, it is inside on both axes. */
function meets(a: Point, b: Point, { x, y, width, height }: Place): boolean {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  if (Math.max(a.x, b.x) <= x || Math.min(a.x, b.x) >= x + width) return false;
  if (Math.max(a.y, b.y) <= y || Math.min(a.y, b.y) >= y + height) return false;
  // All four corners on one side of the line: it passes by.
  const side = (px: number, py: number): number => dx * (py - a.y) - dy * (px - a.x);
  const corners = [side(x, y), side(x + width, y), side(x, y + height), side(x + width, y + height)];
  return !corners.every((one) => one > 0) && !corners.every((one) => one < 0);
}
