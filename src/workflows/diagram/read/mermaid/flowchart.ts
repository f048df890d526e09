import { z } from "zod";
import { emptyGraph, newEdge, newGroup, newNode } from "../../newParts.js";
import type { Edge, Graph, Node, Remark } from "../../schema.js";
import { colourRemark, decoded, directionOf, entries, part, type Source } from "./common.js";

const Vertex = z.object({
  id: z.string(),
  text: z.string().optional(),
  type: z.string().optional(),
  styles: z.array(z.string()).default([]),
  classes: z.array(z.string()).default([]),
});
const Line = z.object({
  start: z.string(),
  end: z.string(),
  text: z.string().default(""),
  type: z.string().optional(),
  stroke: z.string(),
});
const Frame = z.object({
  id: z.string(),
  nodes: z.array(z.string()),
  title: z.string(),
  dir: z.string().optional(),
  classes: z.array(z.string()).default([]),
});
const Style = z.object({ styles: z.array(z.string()) });

const shapes: Record<string, Node["shape"]> = {
  square: "rectangle",
  rect: "rectangle",
  round: "rounded",
  rounded: "rounded",
  stadium: "stadium",
  circle: "circle",
  circ: "circle",
  ellipse: "circle",
  diamond: "diamond",
  diam: "diamond",
  question: "diamond",
  hexagon: "hexagon",
  hex: "hexagon",
  lean_right: "parallelogram",
  lean_left: "parallelogram",
  "lean-r": "parallelogram",
  "lean-l": "parallelogram",
  cylinder: "cylinder",
  cyl: "cylinder",
  doc: "document",
  docs: "document",
  "sm-circ": "start",
  "fr-circ": "end",
};
const doubles = new Set(["doublecircle", "dbl-circ"]);
const subroutines = new Set(["subroutine", "fr-rect"]);

/** Boxes and arrows, in the frames around them. A flag is how our own emitter writes a note. */
export function flowchart(source: Source): Graph {
  const vertices = part(source, "getVertices", entries(Vertex)).map(([, vertex]) => vertex);
  const lines = part(source, "getEdges", z.array(Line));
  // Inner frames come first in Mermaid's model.
  const frames = part(source, "getSubGraphs", z.array(Frame)).reverse();
  const classes = new Map(part(source, "getClasses", entries(Style)));
  const graph = emptyGraph("flowchart");
  graph.direction = directionOf(part(source, "getDirection", z.string().optional()));
  const holders = new Map(
    frames.flatMap(({ id, nodes }) => nodes.map((node): [string, string] => [node, id])),
  );
  const frameIds = new Set(frames.map(({ id }) => id));
  const stylesOf = ({ classes: own, styles }: { classes: string[]; styles: string[] }) => [
    ...styles,
    ...own.flatMap((name) => classes.get(name)?.styles ?? []),
  ];
  const flags = vertices.filter(({ id, type }) => type === "odd" && isNote(id, lines));

  for (const { id, title, dir, classes: own } of frames) {
    graph.groups.push(newGroup(id, decoded(title), holders.get(id) ?? ""));
    const styles = vertices.find((vertex) => vertex.id === id)?.styles ?? [];
    graph.remarks.push(...colourRemark(id, stylesOf({ classes: own, styles })));
    if (dir) graph.remarks.push({ about: id, feature: "direction", value: directionOf(dir) });
  }
  for (const vertex of vertices) {
    if (frameIds.has(vertex.id) || flags.includes(vertex)) continue;
    const { id, text = id } = vertex;
    const { shape, remarks } = shapeOf(vertex, decoded(text), source);
    graph.nodes.push(newNode(id, decoded(text), { shape, group: holders.get(id) ?? "" }));
    graph.remarks.push(...remarks, ...colourRemark(id, stylesOf(vertex)));
  }
  for (const flag of flags) {
    const joint = lines.find(({ start, end }) => start === flag.id || end === flag.id);
    const about = joint ? (joint.start === flag.id ? joint.end : joint.start) : "";
    graph.notes.push({ text: decoded(flag.text ?? flag.id), about });
  }
  for (const line of lines) {
    if (flags.some(({ id }) => id === line.start || id === line.end)) continue;
    if (line.stroke === "invisible")
      source.warnings.push({ message: `An invisible line from ${line.start} to ${line.end} is left out.` });
    else graph.edges.push(edgeOf(line));
  }
  return graph;
}

/** A flag that stands alone, or hangs on one dotted line without heads. */
function isNote(id: string, lines: ReadonlyArray<z.infer<typeof Line>>): boolean {
  const own = lines.filter(({ start, end }) => start === id || end === id);
  return (
    own.length === 0 || (own.length === 1 && own[0]?.stroke === "dotted" && own[0].type === "arrow_open")
  );
}

function shapeOf(
  { id, type = "square", styles }: z.infer<typeof Vertex>,
  label: string,
  { warnings }: Source,
): { shape: Node["shape"]; remarks: Remark[] } {
  const isThick = styles.some((style) => /^\s*stroke-width\s*:\s*[3-9]/.test(style));
  const thick: Remark[] = isThick ? [{ about: id, feature: "ring", value: "thick" }] : [];
  if (doubles.has(type))
    return label === ""
      ? { shape: "end", remarks: [] }
      : { shape: "circle", remarks: [{ about: id, feature: "ring", value: "double" }] };
  if (subroutines.has(type))
    return { shape: "rectangle", remarks: [{ about: id, feature: "subroutine", value: "yes" }] };
  const shape = shapes[type];
  if (shape === undefined)
    warnings.push({ message: `The shape “${type}” of “${label}” is read as a rectangle.` });
  if (shape === "circle" && label === "") return { shape: "start", remarks: thick };
  return { shape: shape ?? "rectangle", remarks: thick };
}

const heads: Record<string, Edge["endHead"]> = {
  arrow_point: "arrow",
  arrow_circle: "circle",
  arrow_cross: "cross",
};

function edgeOf({ start, end, text, type = "arrow_open", stroke }: z.infer<typeof Line>): Edge {
  const head = heads[type.replace("double_", "")] ?? "none";
  return newEdge(start, end, decoded(text), {
    line: stroke === "dotted" ? "dashed" : stroke === "thick" ? "thick" : "solid",
    startHead: type.startsWith("double_") ? head : "none",
    endHead: head,
  });
}
