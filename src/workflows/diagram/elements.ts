import { toOriginal } from "../../image/geometry.js";
import type { Box } from "../../report.js";
import type { PictureGeometry } from "../workflow.js";
import { rowsOf, withoutWraps } from "./emit/labels.js";
import { mermaidNames } from "./emit/mermaid/common.js";
import { numbersOf } from "./emit/names.js";
import { type Edge, type Graph, type Node, type Place, unreadable } from "./schema.js";

/** A node or a line as a person meets it: drawn, at its place in the photo, and perhaps to be checked. */
export interface Element {
  /** By its place in the graph: n1, n2, …; lines are e1, e2, … */
  name: string;
  /** For a node: what the Mermaid text calls it. */
  written?: string;
  label: string;
  /** For a line: the names of its ends, and what a person would call it. */
  ends?: { from: string; to: string; words: string };
  /** Pixels of the original. */
  box?: Box;
  /** Other readings of the label. */
  alternatives: string[];
  /** Why it should be looked at. */
  doubt?: "unsure" | "unreadable";
}

/**
 * The nodes and lines of a graph, in its order.
 *
 * @param earlierNames as the Mermaid text was written with
 */
export function elementsOf(
  graph: Graph,
  picture: PictureGeometry,
  earlierNames?: ReadonlyMap<string, string>,
): Element[] {
  const written = mermaidNames(withoutWraps(graph), earlierNames);
  const name = numbersOf(graph);
  const labels = new Map(
    [...graph.nodes, ...graph.groups].map(({ id, label }) => [id, rowsOf(label).join(" ")]),
  );
  return [
    ...graph.nodes.map((node): Element => {
      const box = boxOf(node.place, picture);
      return {
        name: name(node.id),
        written: written(node.id),
        ...shared(node),
        ...(box ? { box } : {}),
      };
    }),
    ...graph.edges.map(
      (edge, at): Element => ({
        name: `e${at + 1}`,
        ...shared(edge),
        ends: {
          from: name(edge.from),
          to: name(edge.to),
          words: `${labels.get(edge.from) ?? ""} → ${labels.get(edge.to) ?? ""}`,
        },
      }),
    ),
  ];
}

function shared({
  label,
  alternatives,
  confidence,
}: Node | Edge): Pick<Element, "label" | "alternatives" | "doubt"> {
  const doubt = label.includes(unreadable)
    ? "unreadable"
    : confidence === "low" || alternatives.length > 0
      ? "unsure"
      : undefined;
  return { label, alternatives, ...(doubt ? { doubt } : {}) };
}

/** @returns pixels of the original; undefined when the answer named no usable place */
export function boxOf({ part, ...box }: Place, picture: PictureGeometry): Box | undefined {
  const shown = picture.parts[part - 1];
  return shown && toOriginal(box, shown, picture);
}

/**
 * The graph with another label at one of its elements, which a person has then read.
 *
 * @param element its name
 */
export function relabelled(graph: Graph, element: string, label: string): Graph {
  const name = numbersOf(graph);
  const read = { label, confidence: "high", alternatives: [] } as const;
  return {
    ...graph,
    nodes: graph.nodes.map((node) =>
      name(node.id) === element ? { ...node, ...read, alternatives: [] } : node,
    ),
    edges: graph.edges.map((edge, at) =>
      `e${at + 1}` === element ? { ...edge, ...read, alternatives: [] } : edge,
    ),
  };
}
