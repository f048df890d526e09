import { emptyGraph, newEdge, newGroup, newNode } from "../../newParts.js";
import type { Edge, Graph, Node, Remark } from "../../schema.js";
import { colourValue } from "../colours.js";
import { directionOf } from "../direction.js";
import { checked, countOf, type Reading, type Warning } from "../reading.js";
import { type Cell, cellsIn, onPage, wordsOf } from "./cells.js";
import { sequenceOf } from "./sequence.js";

/**
 * A file of draw.io as a graph: its first page.
 *
 * @throws Error when it is no such file, or larger than it may be
 */
export function readDrawio(text: string): Reading {
  const warnings: Warning[] = [];
  const { cells, title } = cellsIn(text, warnings);
  const isSequence = cells.some(({ style }) => style.get("shape") === "umlLifeline");
  const graph = isSequence ? sequenceOf(cells, warnings) : graphOf(cells, warnings);
  graph.title = /^Page-\d+$/.test(title) ? "" : title;
  return checked({ graph, warnings });
}

const named: Record<string, Node["shape"]> = {
  ellipse: "circle",
  doubleEllipse: "circle",
  rhombus: "diamond",
  triangle: "rectangle",
  hexagon: "hexagon",
  parallelogram: "parallelogram",
  process: "rectangle",
  cylinder: "cylinder",
  cylinder3: "cylinder",
  datastore: "cylinder",
  document: "document",
  umlActor: "actor",
  actor: "actor",
  endState: "end",
  step: "parallelogram",
  cube: "rectangle",
  trapezoid: "parallelogram",
  "mxgraph.flowchart.decision": "diamond",
  "mxgraph.flowchart.database": "cylinder",
  "mxgraph.flowchart.document": "document",
  "mxgraph.flowchart.start_1": "circle",
  "mxgraph.flowchart.terminator": "stadium",
  "mxgraph.flowchart.process": "rectangle",
};

function shapeOf(cell: Cell, warnings: Warning[]): Node["shape"] {
  const { style } = cell;
  const name = style.get("shape") ?? style.get("name") ?? "";
  if (
    name === "" ||
    name === "text" ||
    name === "rounded" ||
    name === "label" ||
    name === "ext" ||
    name === "rectangle" ||
    name === "swimlane" ||
    name === "html"
  ) {
    if (style.get("rounded") !== "1") return "rectangle";
    return Number(style.get("arcSize")) >= 40 ? "stadium" : "rounded";
  }
  const found = named[name];
  if (!found) warnings.push({ message: `The shape “${name}” is read as a rectangle.`, line: cell.line });
  if (found === "circle" && cell.label.trim() === "" && /^#0{3,6}$/.test(style.get("fillColor") ?? ""))
    return "start";
  return found ?? "rectangle";
}

/** What the outline of a shape says: a double one, double sides, or a thick stroke. */
function outlineRemarks({ id, style }: Cell): Remark[] {
  const name = style.get("shape") ?? style.get("name");
  const isThick = Number(style.get("strokeWidth")) >= 3;
  return [
    ...(name === "process" ? [{ about: id, feature: "subroutine" as const, value: "yes" }] : []),
    ...(name === "doubleEllipse" || style.get("double") === "1"
      ? [{ about: id, feature: "ring" as const, value: "double" }]
      : isThick
        ? [{ about: id, feature: "ring" as const, value: "thick" }]
        : []),
  ];
}

const heads: Record<string, Edge["endHead"]> = {
  none: "none",
  classic: "arrow",
  classicThin: "arrow",
  open: "arrow",
  openThin: "arrow",
  openAsync: "arrow",
  block: "arrow",
  blockThin: "arrow",
  oval: "circle",
  cross: "cross",
  circle: "circle",
};

const feet: Record<string, Edge["endCount"]> = {
  ERmandOne: "one",
  ERone: "one",
  ERzeroToOne: "zeroOrOne",
  ERoneToMany: "oneOrMore",
  ERzeroToMany: "zeroOrMore",
  ERmany: "zeroOrMore",
};

function graphOf(cells: readonly Cell[], warnings: Warning[]): Graph {
  const graph = emptyGraph("flowchart");
  const byId = new Map(cells.map((cell) => [cell.id, cell]));
  const isPage = (id: string) => !byId.get(id)?.isVertex && !byId.get(id)?.isEdge;
  const vertices = cells.filter(({ isVertex }) => isVertex);
  const isNote = ({ style }: Cell) => style.get("shape") === "note";
  const isRow = (cell: Cell) => byId.get(cell.parent)?.style.get("childLayout") === "stackLayout";
  const isLabel = (cell: Cell) => byId.get(cell.parent)?.isEdge === true;
  const isHolder = ({ id, style }: Cell) =>
    style.get("childLayout") !== "stackLayout" &&
    (style.get("container") === "1" ||
      style.get("name") === "swimlane" ||
      style.get("shape") === "swimlane" ||
      vertices.some((one) => one.parent === id && !isRow(one)));
  const groupOf = (id: string): string => (isPage(id) ? "" : id);
  for (const cell of vertices) {
    if (isRow(cell) || isLabel(cell) || isNote(cell)) continue;
    const value = colourValue(cell.style.get("fillColor") ?? "");
    const shape = isHolder(cell) ? "rectangle" : shapeOf(cell, warnings);
    if (value !== undefined && shape !== "start" && shape !== "end")
      graph.remarks.push({ about: cell.id, feature: "colour", value });
    if (isHolder(cell)) {
      graph.groups.push(newGroup(cell.id, wordsOf(cell), groupOf(cell.parent)));
      continue;
    }
    graph.remarks.push(...outlineRemarks(cell));
    const rows = vertices.filter((one) => one.parent === cell.id && isRow(one));
    const { x, y } = onPage(cell, byId);
    graph.nodes.push(
      newNode(cell.id, wordsOf(cell), {
        shape,
        group: groupOf(cell.parent),
        details: rows.map(wordsOf).filter((row) => row !== ""),
        place: { part: 1, x, y, width: cell.width, height: cell.height },
      }),
    );
  }
  const noteLines = new Set<Cell>();
  for (const cell of vertices.filter(isNote)) {
    const joint = cells.find(
      ({ isEdge, source, target }) => isEdge && (source === cell.id || target === cell.id),
    );
    if (joint) noteLines.add(joint);
    graph.notes.push({
      text: wordsOf(cell),
      about: joint ? (joint.source === cell.id ? joint.target : joint.source) : "",
    });
  }
  for (const cell of cells) {
    if (!cell.isEdge || noteLines.has(cell)) continue;
    if (cell.source === "" || cell.target === "") {
      warnings.push({
        message: `A line without a shape at both ends is left out: “${wordsOf(cell)}”.`,
        line: cell.line,
      });
      continue;
    }
    graph.edges.push(
      edgeOf(
        cell,
        vertices.filter(({ parent }) => parent === cell.id),
        warnings,
      ),
    );
  }
  const hasFeet = cells.some(({ style }) =>
    ["startArrow", "endArrow"].some((side) => feet[style.get(side) ?? ""] !== undefined),
  );
  const hasMembers = graph.nodes.some(({ details }) => details.length > 0);
  graph.kind = hasMembers ? (hasFeet ? "er" : "class") : hasFeet ? "er" : "flowchart";
  graph.direction = directionOf(graph);
  return graph;
}

function edgeOf(cell: Cell, words: readonly Cell[], warnings: Warning[]): Edge {
  const { style } = cell;
  const head = (side: "start" | "end"): Edge["endHead"] => {
    const name = style.get(`${side}Arrow`) ?? (side === "end" ? "classic" : "none");
    const isFilled = style.get(`${side}Fill`) !== "0";
    if (/^diamond/.test(name)) return isFilled ? "filledDiamond" : "diamond";
    if (/^block/.test(name) && !isFilled) return "triangle";
    if (feet[name]) return "none";
    if (!(name in heads))
      warnings.push({ message: `The arrowhead “${name}” is read as an arrow.`, line: cell.line });
    return heads[name] ?? "arrow";
  };
  const count = (side: "start" | "end"): Edge["endCount"] => {
    const foot = feet[style.get(`${side}Arrow`) ?? ""];
    if (foot) return foot;
    const word = words.find(({ x }) => (side === "start" ? x <= -0.5 : x >= 0.5));
    return (word && countOf(wordsOf(word))) ?? "none";
  };
  const others = words.filter((word) => Math.abs(word.x) < 0.5 || countOf(wordsOf(word)) === undefined);
  return newEdge(
    cell.source,
    cell.target,
    [wordsOf(cell), ...others.map(wordsOf)].filter((text) => text !== "").join("\n"),
    {
      line:
        style.get("dashed") === "1" ? "dashed" : Number(style.get("strokeWidth")) >= 3 ? "thick" : "solid",
      startHead: head("start"),
      endHead: head("end"),
      startCount: count("start"),
      endCount: count("end"),
    },
  );
}
