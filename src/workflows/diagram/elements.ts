import { toOriginal } from "../../image/geometry.js";
import { around } from "../../measure/boxes.js";
import type { Box } from "../../report.js";
import type { PictureGeometry } from "../workflow.js";
import { labelLines, withoutWraps } from "./emit/labels.js";
import { mermaidNames } from "./emit/mermaid/common.js";
import { numbersOf } from "./emit/names.js";
import type { GraphEvidence, Weighed } from "./evidence.js";
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
  /** What the picture itself says about it, where it can be asked. */
  evidence?: Weighed["evidence"];
  /** Why it should be looked at. */
  doubt?: "contradicted" | "unsure" | "unreadable";
  /** What the picture says otherwise, where that is the doubt. */
  measured?: string;
}

/**
 * The nodes and lines of a graph, in its order.
 *
 * @param evidence what the ink says about this graph
 * @param earlierNames as the Mermaid text was written with
 */
export function elementsOf(
  graph: Graph,
  picture: PictureGeometry,
  evidence?: GraphEvidence,
  earlierNames?: ReadonlyMap<string, string>,
): Element[] {
  const written = mermaidNames(withoutWraps(graph), earlierNames);
  const name = numbersOf(graph);
  const labels = new Map(
    [...graph.nodes, ...graph.groups].map(({ id, label }) => [id, labelLines(label).join(" ")]),
  );
  const boxes = new Map(graph.nodes.map(({ id, place }) => [id, boxOf(place, picture)]));
  return [
    ...graph.nodes.map((node, index): Element => {
      const box = boxes.get(node.id);
      return {
        name: name(node.id),
        written: written(node.id),
        ...shared(node),
        ...weighed(evidence?.nodes[index]),
        ...(box ? { box } : {}),
      };
    }),
    ...graph.edges.map((edge, index): Element => {
      const ends = [boxes.get(edge.from), boxes.get(edge.to)].filter((box) => box !== undefined);
      const weight = weighed(evidence?.edges[index]);
      return {
        name: `e${index + 1}`,
        ...shared(edge),
        ...weight,
        // A line has a place only where it is to be looked at: between what it joins.
        ...(weight.doubt && ends.length > 1 ? { box: around(ends) } : {}),
        ends: {
          from: name(edge.from),
          to: name(edge.to),
          words: `${labels.get(edge.from) ?? ""} → ${labels.get(edge.to) ?? ""}`,
        },
      };
    }),
  ];
}

function weighed(weight: Weighed | undefined): Pick<Element, "evidence" | "doubt" | "measured"> {
  if (!weight) return {};
  const { evidence, measured } = weight;
  return evidence === "contradicted"
    ? { evidence, doubt: "contradicted", ...(measured === undefined ? {} : { measured }) }
    : { evidence };
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
    edges: graph.edges.map((edge, index) =>
      `e${index + 1}` === element ? { ...edge, ...read, alternatives: [] } : edge,
    ),
  };
}
