import type { Edge, Graph, Group, Node } from "../../schema.js";
import { remarksOf } from "../../structure.js";
import type { EmitOptions, Emitted } from "../emitted.js";
import { labelLines, multiplicities, withoutWraps } from "../labels.js";
import { type Names, numbersOf } from "../names.js";
import { coloursOf, signedLabels, warnOfRemarks } from "../remarks.js";
import { arrangementOf } from "./arrangement.js";
import { headHeight, layoutOf, type Place, rowHeight, type Size, textSize } from "./layout.js";
import { sequenceCells } from "./sequence.js";
import { type Cell, drawioFile } from "./xml.js";

/**
 * Writes a draw.io file with a layout, to be opened and edited there. Labels are plain text, so that none of
 * them can become HTML or a link.
 */
export function emitDrawio(answer: Graph, { keepsBreaks }: EmitOptions = {}): Emitted {
  const graph = withoutWraps(answer, keepsBreaks);
  const warnings: string[] = [];
  const cells = graph.kind === "sequence" ? sequenceCells(graph, warnings) : graphCells(graph, warnings);
  return { text: drawioFile(graph.title, cells), warnings };
}

const held = ["event", "ring", "gateway", "subroutine", "technology", "description", "colour"] as const;

function graphCells(graph: Graph, warnings: string[]): Cell[] {
  warnOfRemarks(graph, "draw.io", held, warnings);
  const name = numbersOf(graph);
  const colours = coloursOf(graph, warnings);
  const remark = remarksOf(graph);
  const fill = (id: string): string => {
    const colour = colours.get(id);
    const thick = remark(id, "ring") === "thick" ? "strokeWidth=3;" : "";
    return `${colour ? `fillColor=${colour.fill};strokeColor=${colour.stroke};` : ""}${thick}`;
  };
  const outlines = outlinesOf(graph, warnings);
  const signed = signedLabels(graph);
  const compartments = graph.kind === "class" || graph.kind === "er";
  const size = (node: Node) => sizeOf({ ...node, label: signed(node) }, compartments);
  const arranged = arrangementOf(graph, size);
  const places = arranged ?? layoutOf(graph, size);
  const layoutBox = (id: string): Place => places.get(id) ?? { x: 0, y: 0, width: 120, height: 60 };
  const parentOf = (id: string): string => (id === "" ? "1" : name(id));
  const bottom = Math.max(0, ...[...places.values()].map(({ y, height }) => y + height)) + 60;
  return [
    ...[...graph.groups].sort(outerFirst(graph)).map(
      ({ id, label, parent }): Cell => ({
        id: name(id),
        label,
        style: `swimlane;startSize=${headHeight};rounded=1;collapsible=0;container=1;${fill(id)}`,
        parent: parentOf(parent),
        place: layoutBox(id),
      }),
    ),
    ...graph.nodes.flatMap((node) =>
      nodeCells(
        { ...node, label: signed(node) },
        name,
        parentOf(node.group),
        layoutBox(node.id),
        compartments,
        outlines(node),
      ).map((cell) =>
        cell.id === name(node.id) ? { ...cell, style: `${cell.style}${fill(node.id)}` } : cell,
      ),
    ),
    ...graph.edges.flatMap((edge, index) => edgeCells(edge, `e${index + 1}`, name, graph.kind === "er")),
    ...graph.notes.flatMap(({ text, about }, index): Cell[] => {
      const id = `note${index + 1}`;
      const size = textSize(text);
      const left = graph.notes
        .slice(0, index)
        .reduce((sum, other) => sum + textSize(other.text).width + 20, 0);
      // At the foot, below what it is about.
      const beside = arranged && about !== "" ? pagePlace(graph, layoutBox, about) : undefined;
      return [
        {
          id,
          label: text,
          style: "shape=note;size=12;whiteSpace=wrap;",
          parent: "1",
          place: { ...size, x: beside?.x ?? left, y: bottom },
        },
        ...(about === ""
          ? []
          : [
              {
                id: `${id}e`,
                label: "",
                style: "endArrow=none;dashed=1;",
                parent: "1",
                ends: { from: id, to: name(about) },
              },
            ]),
      ];
    }),
  ];
}

/** Where something lies on the page, whatever frames are around it. */
function pagePlace(graph: Graph, layoutBox: (id: string) => Place, id: string): Place {
  const own = layoutBox(id);
  const holder =
    graph.nodes.find((node) => node.id === id)?.group ??
    graph.groups.find((group) => group.id === id)?.parent ??
    "";
  if (holder === "") return own;
  const around = pagePlace(graph, layoutBox, holder);
  return { ...own, x: own.x + around.x, y: own.y + around.y };
}

/** A cell stands after the one that it lies in. */
function outerFirst({ groups }: Graph): (a: Group, b: Group) => number {
  const parents = new Map(groups.map(({ id, parent }) => [id, parent]));
  const depth = (id: string): number => (id === "" ? 0 : 1 + depth(parents.get(id) ?? ""));
  return (a, b) => depth(a.id) - depth(b.id);
}

const dot: Size = { width: 30, height: 30 };

function sizeOf({ label, details, shape }: Node, compartments: boolean): Size {
  if ((shape === "start" || shape === "end") && labelLines(label).length === 0) return dot;
  const head = textSize(label);
  if (!compartments) {
    const whole = textSize([label, ...details].join("\n"));
    const slanted = shape === "diamond" || shape === "hexagon" || shape === "parallelogram";
    return slanted ? { width: whole.width * 1.5, height: whole.height * 1.6 } : whole;
  }
  return {
    width: Math.max(head.width, ...details.map((detail) => textSize(detail).width)),
    height: head.height + details.length * rowHeight + 8,
  };
}

const shapes: Record<Node["shape"], string> = {
  rectangle: "rounded=0;whiteSpace=wrap;",
  rounded: "rounded=1;whiteSpace=wrap;",
  stadium: "rounded=1;arcSize=50;whiteSpace=wrap;",
  circle: "ellipse;whiteSpace=wrap;",
  diamond: "rhombus;whiteSpace=wrap;",
  hexagon: "shape=hexagon;perimeter=hexagonPerimeter2;whiteSpace=wrap;",
  parallelogram: "shape=parallelogram;perimeter=parallelogramPerimeter;whiteSpace=wrap;",
  cylinder: "shape=cylinder3;boundedLbl=1;size=12;whiteSpace=wrap;",
  document: "shape=document;boundedLbl=1;whiteSpace=wrap;",
  actor: "shape=umlActor;verticalLabelPosition=bottom;verticalAlign=top;",
  start: "ellipse;fillColor=#000000;strokeColor=#000000;fontColor=#ffffff;",
  end: "shape=endState;ellipse;fillColor=#000000;strokeColor=#000000;fontColor=#ffffff;",
};

/**
 * The style of each node's outline. A double one is draw.io's around circles and boxes, and double sides are a process's.
 *
 * @param warnings receives how many others lose theirs
 */
function outlinesOf(graph: Graph, warnings: string[]): (node: Node) => string {
  const remark = remarksOf(graph);
  const doubled = ({ id, shape }: Node): string | undefined => {
    if (remark(id, "subroutine")) return shape === "rectangle" ? "shape=process;whiteSpace=wrap;" : undefined;
    if (shape === "circle") return "ellipse;shape=doubleEllipse;whiteSpace=wrap;";
    const isRounded = shape === "rounded" ? 1 : 0;
    return isRounded || shape === "rectangle"
      ? `shape=ext;double=1;rounded=${isRounded};whiteSpace=wrap;`
      : undefined;
  };
  const isDouble = ({ id }: Node) =>
    remark(id, "ring") === "double" || remark(id, "subroutine") !== undefined;
  // A class's compartments have an outline of their own.
  const isPlain = ({ details }: Node) =>
    details.length === 0 || (graph.kind !== "class" && graph.kind !== "er");
  const lost = graph.nodes.filter(
    (node) => isDouble(node) && (doubled(node) === undefined || !isPlain(node)),
  ).length;
  if (lost > 0) warnings.push(`draw.io has no double outline for ${lost} of the shapes: it is left out.`);
  return (node) => (isDouble(node) ? doubled(node) : undefined) ?? shapes[node.shape];
}

function nodeCells(
  node: Node,
  name: Names,
  parent: string,
  place: Place,
  compartments: boolean,
  outline: string,
): Cell[] {
  const { id, label, details } = node;
  const own = name(id);
  if (!compartments || details.length === 0)
    return [{ id: own, label: [label, ...details].join("\n"), style: outline, parent, place }];
  const head = textSize(label).height;
  return [
    {
      id: own,
      label,
      style: `swimlane;fontStyle=1;childLayout=stackLayout;horizontal=1;startSize=${head};horizontalStack=0;resizeParent=1;collapsible=0;`,
      parent,
      place,
    },
    ...details.map(
      (detail, index): Cell => ({
        id: `${own}d${index + 1}`,
        label: detail,
        style: "text;align=left;verticalAlign=middle;spacingLeft=6;",
        parent: own,
        place: { x: 0, y: head + index * rowHeight, width: place.width, height: rowHeight },
      }),
    ),
  ];
}

const heads: Record<Edge["endHead"], { shape: string; isFilled: boolean }> = {
  none: { shape: "none", isFilled: false },
  arrow: { shape: "classic", isFilled: true },
  triangle: { shape: "block", isFilled: false },
  diamond: { shape: "diamondThin", isFilled: false },
  filledDiamond: { shape: "diamondThin", isFilled: true },
  circle: { shape: "oval", isFilled: false },
  cross: { shape: "cross", isFilled: false },
};
/** Crow's feet. */
const feet: Record<Edge["endCount"], string> = {
  none: "none",
  one: "ERmandOne",
  zeroOrOne: "ERzeroToOne",
  oneOrMore: "ERoneToMany",
  zeroOrMore: "ERzeroToMany",
};
const strokes: Record<Edge["line"], string> = { solid: "", dashed: "dashed=1;", thick: "strokeWidth=3;" };

function edgeCells(edge: Edge, id: string, name: Names, crowsFeet: boolean): Cell[] {
  const end = (side: "start" | "end", head: Edge["endHead"], count: Edge["endCount"]) => {
    if (crowsFeet) return `${side}Arrow=${feet[count]};${side}Fill=0;`;
    const { shape, isFilled } = heads[head];
    return `${side}Arrow=${shape};${side}Fill=${isFilled ? 1 : 0};`;
  };
  const word = (count: Edge["endCount"], along: number, ending: string): Cell[] =>
    crowsFeet || count === "none"
      ? []
      : [
          {
            id: `${id}${ending}`,
            label: multiplicities[count],
            style: "edgeLabel;resizable=0;verticalAlign=bottom;",
            parent: id,
            along,
          },
        ];
  return [
    {
      id,
      label: edge.label,
      style: `${end("start", edge.startHead, edge.startCount)}${end("end", edge.endHead, edge.endCount)}${strokes[edge.line]}edgeStyle=orthogonalEdgeStyle;rounded=1;`,
      parent: "1",
      ends: { from: name(edge.from), to: name(edge.to) },
    },
    ...word(edge.startCount, -0.9, "s"),
    ...word(edge.endCount, 0.9, "t"),
  ];
}
