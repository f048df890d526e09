import { z } from "zod";
import { emptyGraph, newEdge, newGroup, newNode } from "../newParts.js";
import type { Edge, Graph, Kind, Node } from "../schema.js";
import { kinds, shapes } from "../schema.js";
import { colourValue } from "./colours.js";
import { directionOf } from "./direction.js";
import { checked, countOf, type Reading, type Warning } from "./reading.js";

const Binding = z.object({ elementId: z.string() }).nullable().optional();
const Element = z.object({
  id: z.string(),
  type: z.string(),
  x: z.number(),
  y: z.number(),
  width: z.number().default(0),
  height: z.number().default(0),
  isDeleted: z.boolean().optional(),
  text: z.string().optional(),
  originalText: z.string().optional(),
  name: z.string().nullable().optional(),
  containerId: z.string().nullable().optional(),
  frameId: z.string().nullable().optional(),
  strokeStyle: z.string().optional(),
  strokeWidth: z.number().optional(),
  backgroundColor: z.string().optional(),
  roundness: z.object({}).nullable().optional(),
  startBinding: Binding,
  endBinding: Binding,
  startArrowhead: z.string().nullable().optional(),
  endArrowhead: z.string().nullable().optional(),
  customData: z
    .object({
      role: z.enum(["node", "frame", "note", "noteLine", "count", "title"]).optional().catch(undefined),
      shape: z.enum(shapes).optional().catch(undefined),
      diagram: z.enum(kinds).optional().catch(undefined),
      line: z.string().optional().catch(undefined),
      end: z.string().optional().catch(undefined),
    })
    .optional()
    .catch(undefined),
});
type Element = z.infer<typeof Element>;
const File = z.object({ elements: z.array(Element).max(20_000) });

const boxes = new Set(["rectangle", "ellipse", "diamond"]);
const heads: Record<string, Edge["endHead"]> = {
  arrow: "arrow",
  triangle: "arrow",
  triangle_outline: "triangle",
  diamond: "filledDiamond",
  diamond_outline: "diamond",
  circle: "circle",
  circle_outline: "circle",
  dot: "circle",
  bar: "cross",
};
const feet: Record<string, Edge["endCount"]> = {
  crowfoot_one: "one",
  crowfoot_many: "zeroOrMore",
  crowfoot_one_or_many: "oneOrMore",
};

/**
 * A file of Excalidraw as a graph, arranged as it is drawn.
 *
 * @throws Error when it is no such file
 */
export function readExcalidraw(text: string): Reading {
  const parsed = File.safeParse(jsonOf(text));
  if (!parsed.success) throw new Error("It holds no drawing of Excalidraw.");
  const all = parsed.data.elements.filter(({ isDeleted }) => !isDeleted);
  const warnings: Warning[] = [];
  const graph = emptyGraph(all.flatMap(({ customData }) => customData?.diagram ?? [])[0] ?? "flowchart");
  const wordsIn = wordsByContainer(all);
  const shapesDrawn = all.filter(({ type }) => boxes.has(type));
  const notes = shapesDrawn.filter(({ customData }) => customData?.role === "note");
  const frames = all.filter((one) => isFrame(one, shapesDrawn));
  const nodes = shapesDrawn.filter((one) => !frames.includes(one) && !notes.includes(one));
  const holder = holderIn(frames);

  for (const frame of frames) {
    graph.groups.push(newGroup(frame.id, frame.name ?? wordsIn.get(frame.id) ?? "", holder(frame)));
    remarkColour(graph, frame);
  }
  for (const element of nodes) {
    const words = wordsIn.get(element.id) ?? "";
    const [label = "", ...rest] = hasMembers(graph.kind) ? words.split("\n\n") : [words];
    const { x, y, width, height } = element;
    graph.nodes.push(
      newNode(element.id, label, {
        shape: shapeOf(element),
        details: rest.flatMap((part) => part.split("\n")),
        group: holder(element),
        place: { part: 1, x, y, width, height },
      }),
    );
    remarkColour(graph, element);
    if ((element.strokeWidth ?? 0) >= 4)
      graph.remarks.push({ about: element.id, feature: "ring", value: "thick" });
  }
  const noteIds = new Set(notes.map(({ id }) => id));
  const about = new Map<string, string>();
  const counts = countsByLine(all);
  for (const element of all.filter(({ type }) => type === "arrow" || type === "line")) {
    const [from, to] = [element.startBinding?.elementId, element.endBinding?.elementId];
    const label = wordsIn.get(element.id) ?? "";
    if (from === undefined || to === undefined)
      warnings.push({
        message: `A line that is not joined to a shape at both ends is left out${label === "" ? "" : `: “${label}”`}.`,
      });
    else if (noteIds.has(from) || noteIds.has(to))
      about.set(noteIds.has(from) ? from : to, noteIds.has(from) ? to : from);
    else graph.edges.push(edgeOf(element, from, to, label, counts));
  }
  for (const note of notes)
    graph.notes.push({ text: wordsIn.get(note.id) ?? "", about: about.get(note.id) ?? "" });
  for (const element of all) {
    if (element.type === "text" && !element.containerId) {
      const words = element.originalText ?? element.text ?? "";
      if (element.customData?.role === "title") graph.title = words;
      else if (element.customData?.role !== "count") graph.notes.push({ text: words, about: "" });
    } else if (
      !["text", "arrow", "line", "frame", "magicframe"].includes(element.type) &&
      !boxes.has(element.type)
    )
      warnings.push({ message: `An element of the kind “${element.type}” is left out.` });
  }
  graph.direction = directionOf(graph);
  return checked({ graph, warnings });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const hasMembers = (kind: Kind): boolean => kind === "class" || kind === "er";

const wordsByContainer = (all: readonly Element[]): Map<string, string> =>
  new Map(
    all.flatMap(
      ({ containerId, originalText, text }): Array<[string, string]> =>
        containerId ? [[containerId, originalText ?? text ?? ""]] : [],
    ),
  );

/** Excalidraw's own frames, and rectangles with other shapes in them. */
function isFrame(element: Element, shapesDrawn: readonly Element[]): boolean {
  if (element.type === "frame" || element.type === "magicframe") return true;
  const role = element.customData?.role;
  if (role !== undefined) return role === "frame";
  return (
    element.type === "rectangle" && shapesDrawn.some((other) => other !== element && isInside(other, element))
  );
}

const isInside = (inner: Element, outer: Element): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  inner.x + inner.width <= outer.x + outer.width &&
  inner.y + inner.height <= outer.y + outer.height &&
  inner.width * inner.height < outer.width * outer.height;

/** The smallest frame around an element. */
const holderIn =
  (frames: readonly Element[]) =>
  (element: Element): string =>
    element.frameId ??
    frames
      .filter((frame) => frame !== element && isInside(element, frame))
      .sort((a, b) => a.width * a.height - b.width * b.height)[0]?.id ??
    "";

function shapeOf({ type, roundness, customData }: Element): Node["shape"] {
  if (customData?.shape) return customData.shape;
  if (type === "ellipse") return "circle";
  return type === "diamond" ? "diamond" : roundness ? "rounded" : "rectangle";
}

function remarkColour(graph: Graph, { id, backgroundColor = "" }: Element): void {
  const value = colourValue(backgroundColor);
  if (value !== undefined) graph.remarks.push({ about: id, feature: "colour", value });
}

/** What stands at the ends of lines, by the line's id and the end. */
const countsByLine = (all: readonly Element[]): Map<string, Edge["endCount"]> =>
  new Map(
    all.flatMap(
      ({ customData, text = "" }): Array<[string, Edge["endCount"]]> =>
        customData?.role === "count"
          ? [[`${customData.line} ${customData.end}`, countOf(text) ?? "none"]]
          : [],
    ),
  );

function edgeOf(
  element: Element,
  from: string,
  to: string,
  label: string,
  counts: Map<string, Edge["endCount"]>,
): Edge {
  const { id, startArrowhead, endArrowhead, strokeStyle, strokeWidth = 2 } = element;
  const count = (end: "start" | "end", head: string | null | undefined) =>
    counts.get(`${id} ${end}`) ?? feet[head ?? ""] ?? "none";
  return newEdge(from, to, label, {
    line:
      strokeStyle === "dashed" || strokeStyle === "dotted" ? "dashed" : strokeWidth >= 4 ? "thick" : "solid",
    startHead: heads[startArrowhead ?? ""] ?? "none",
    endHead: heads[endArrowhead ?? ""] ?? "none",
    startCount: count("start", startArrowhead),
    endCount: count("end", endArrowhead),
  });
}
