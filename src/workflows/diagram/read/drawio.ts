import { inflateRawSync } from "node:zlib";
import { SaxesParser } from "saxes";
import type { Edge, Graph, Node, Remark, Step } from "../schema.js";
import { colourValue } from "./colours.js";
import {
  checked,
  countOf,
  emptyGraph,
  newEdge,
  newGroup,
  newNode,
  newStep,
  type Reading,
  type Warning,
} from "./reading.js";

/** What a compressed page may grow to. Bytes. */
const largestPage = 8 * 1024 * 1024;
/** More than any drawing has. */
const mostCells = 20_000;

interface Cell {
  id: string;
  label: string;
  style: Map<string, string>;
  isEdge: boolean;
  isVertex: boolean;
  parent: string;
  source: string;
  target: string;
  x: number;
  y: number;
  width: number;
  height: number;
  /** First and last point of a line without cells at its ends. */
  points: Array<{ x: number; y: number; as: string }>;
  line: number;
}

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

function cellsIn(text: string, warnings: Warning[]): { cells: Cell[]; title: string } {
  const cells: Cell[] = [];
  let title: string | undefined;
  let pages = 0;
  let packed = "";
  let holder: { label: string; id: string } | undefined;
  const parser = new SaxesParser({ position: true, xmlns: false });
  parser.on("error", (error) => {
    throw error;
  });
  parser.on("doctype", () => {
    throw new Error("A document type is not allowed here.");
  });
  parser.on("opentag", ({ name, attributes }) => {
    const attribute = (key: string): string => String(attributes[key] ?? "");
    if (name === "diagram") {
      pages++;
      title ??= attribute("name");
    }
    if (pages > 1) return;
    if (name === "UserObject" || name === "object")
      holder = { label: attribute("label"), id: attribute("id") };
    if (name === "mxCell") {
      if (cells.length >= mostCells) throw new Error(`It holds more than ${mostCells} cells.`);
      cells.push({
        id: holder?.id ?? attribute("id"),
        label: holder?.label ?? attribute("value"),
        style: styleOf(attribute("style")),
        isEdge: attribute("edge") === "1",
        isVertex: attribute("vertex") === "1",
        parent: attribute("parent"),
        source: attribute("source"),
        target: attribute("target"),
        x: 0,
        y: 0,
        width: 0,
        height: 0,
        points: [],
        line: parser.line,
      });
    }
    const cell = cells.at(-1);
    const number = (key: string): number => Number(attribute(key)) || 0;
    if (name === "mxGeometry" && cell)
      Object.assign(cell, {
        x: number("x"),
        y: number("y"),
        width: number("width"),
        height: number("height"),
      });
    if (name === "mxPoint" && cell) cell.points.push({ x: number("x"), y: number("y"), as: attribute("as") });
  });
  parser.on("closetag", ({ name }) => {
    if (name === "UserObject" || name === "object") holder = undefined;
  });
  parser.on("text", (words) => {
    if (pages === 1 && cells.length === 0) packed += words.trim();
  });
  parser.write(text).close();
  if (pages > 1) warnings.push({ message: `The first of ${pages} pages is read; the others are left out.` });
  if (cells.length > 0) return { cells, title: title ?? "" };
  if (packed === "") throw new Error("It holds no drawing of draw.io.");
  const inner = cellsIn(unpacked(packed), warnings);
  return { cells: inner.cells, title: title ?? "" };
}

/** A page that draw.io has compressed: deflated, in base64, with percent signs within. */
function unpacked(packed: string): string {
  const bytes = inflateRawSync(Buffer.from(packed, "base64"), { maxOutputLength: largestPage });
  const model = decodeURIComponent(bytes.toString("latin1"));
  if (!model.trimStart().startsWith("<mxGraphModel")) throw new Error("It holds no drawing of draw.io.");
  return model;
}

function styleOf(text: string): Map<string, string> {
  const pairs = text.split(";").filter((one) => one !== "");
  return new Map(
    pairs.map((pair, index): [string, string] => {
      const [key = "", value] = pair.split("=", 2);
      // A name without a value, such as `ellipse`, is a shape's.
      return value === undefined ? [index === 0 ? "name" : key, index === 0 ? key : "1"] : [key, value];
    }),
  );
}

/** The words of a label, which may be HTML. */
function wordsOf({ label, style }: Cell): string {
  if (style.get("html") !== "1") return label.trim();
  return label
    .replace(/<(br|\/p|\/div|hr|\/li|\/h\d)\b[^<>]*>/gi, "\n")
    .replace(/<[^<>]*>/g, "")
    .replace(/&nbsp;/g, " ")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, "&")
    .split("\n")
    .map((row) => row.trim())
    .filter((row) => row !== "")
    .join("\n");
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

/** Where a cell lies on the page, whatever is around it. */
function onPage(cell: Cell, byId: ReadonlyMap<string, Cell>): { x: number; y: number } {
  let [x, y] = [cell.x, cell.y];
  const seen = new Set([cell.id]);
  for (let at = byId.get(cell.parent); at && !seen.has(at.id); at = byId.get(at.parent)) {
    seen.add(at.id);
    x += at.x;
    y += at.y;
  }
  return { x, y };
}

/** The way that most lines point. */
export function directionOf({ nodes, edges }: Graph): Graph["direction"] {
  const places = new Map(nodes.map(({ id, place }) => [id, place]));
  let [right, down] = [0, 0];
  for (const { from, to } of edges) {
    const [a, b] = [places.get(from), places.get(to)];
    if (!a || !b) continue;
    right +=
      Math.sign(b.x + b.width / 2 - a.x - a.width / 2) * Number(Math.abs(b.x - a.x) > Math.abs(b.y - a.y));
    down +=
      Math.sign(b.y + b.height / 2 - a.y - a.height / 2) * Number(Math.abs(b.x - a.x) <= Math.abs(b.y - a.y));
  }
  if (Math.abs(right) > Math.abs(down)) return right > 0 ? "right" : "left";
  return down < 0 ? "up" : "down";
}

const messageHeads: Record<string, Step["head"]> = {
  block: "arrow",
  classic: "arrow",
  open: "open",
  cross: "cross",
  none: "none",
};
const fragments = ["loop", "alt", "opt", "par", "critical", "break"] as const;

/** Lifelines, and what stands between them from top to bottom. */
function sequenceOf(cells: readonly Cell[], warnings: Warning[]): Graph {
  const graph = emptyGraph("sequence");
  graph.direction = "right";
  const lifelines = cells.filter(({ style }) => style.get("shape") === "umlLifeline");
  for (const cell of lifelines) {
    const value = colourValue(cell.style.get("fillColor") ?? "");
    if (value !== undefined) graph.remarks.push({ about: cell.id, feature: "colour", value });
    graph.nodes.push(
      newNode(cell.id, wordsOf(cell), {
        shape: cell.style.get("participant") === "umlActor" ? "actor" : "rectangle",
      }),
    );
  }
  const foot = Math.max(...lifelines.map(({ y, height }) => y + height));
  const nearest = (x: number): string => {
    const distance = (cell: Cell) => Math.abs(cell.x + cell.width / 2 - x);
    return lifelines.reduce((best, one) => (distance(one) < distance(best) ? one : best)).id;
  };
  const events: Array<{ y: number; step: Step }> = [];
  for (const cell of cells) {
    if (lifelines.includes(cell) || (!cell.isEdge && !cell.isVertex)) continue;
    const text = wordsOf(cell);
    if (cell.isVertex && cell.style.get("shape") === "umlFrame") {
      const name = fragments.find((one) => text.startsWith(one)) ?? "opt";
      const condition = text.startsWith(name) ? text.slice(name.length).trim() : text;
      events.push({ y: cell.y, step: newStep("open", { fragment: name, text: condition }) });
      events.push({ y: cell.y + cell.height, step: newStep("close") });
    } else if (cell.isVertex && cell.style.get("shape") === "note") {
      if (cell.y > foot) graph.notes.push({ text, about: "" });
      else {
        const [from, to] = [nearest(cell.x + 50), nearest(cell.x + cell.width - 50)];
        events.push({ y: cell.y + 14, step: newStep("note", { from, to: from === to ? "" : to, text }) });
      }
    } else if (cell.isEdge) {
      const [start] = cell.points.filter(({ as }) => as === "sourcePoint");
      const [end] = cell.points.filter(({ as }) => as === "targetPoint");
      const from = cell.source || (start ? nearest(start.x) : "");
      const to = cell.target || (end ? nearest(end.x) : "");
      const branch = /^(else|and|option)\b\s*/.exec(text);
      const isBranch = cell.style.get("endArrow") === "none" && cell.style.get("dashed") === "1" && branch;
      const y = start?.y ?? cell.points[0]?.y ?? 0;
      if (isBranch)
        events.push({ y, step: newStep("else", { text: text.slice(branch[0].length), fragment: "alt" }) });
      else if (from === "" || to === "")
        warnings.push({ message: `The line “${text}” ends at no lifeline.`, line: cell.line });
      else
        events.push({
          y,
          step: newStep("message", {
            from,
            to,
            text,
            line: cell.style.get("dashed") === "1" ? "dashed" : "solid",
            head: messageHeads[cell.style.get("endArrow") ?? "block"] ?? "arrow",
          }),
        });
    } else warnings.push({ message: `“${text}” is no part of a sequence and is left out.`, line: cell.line });
  }
  graph.steps = events.sort((a, b) => a.y - b.y).map(({ step }) => step);
  return graph;
}
