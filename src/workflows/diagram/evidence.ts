import { around } from "../../measure/boxes.js";
import { type InkMap, unpackInk } from "../../measure/ink/inkMap.js";
import { joinsIn, type Route } from "../../measure/ink/joins.js";
import { outlineAround } from "../../measure/ink/outline.js";
import { agreement, lettersRead, readIn, textsIn } from "../../measure/ink/words.js";
import type { Box, Evidence, TextMark } from "../../report.js";
import type { PictureGeometry, PreparedInput } from "../workflow.js";
import { boxOf } from "./elements.js";
import { type Edge, type Graph, type Node, unreadable } from "./schema.js";

/** What the picture itself says about an element. */
export interface Weighed {
  evidence: Extract<Evidence, "confirmed" | "seen" | "contradicted">;
  /** From 0 to 1: how well ink and words agree with it. */
  sureness: number;
  /** What the picture says otherwise, in words; absent where it agrees or cannot say. */
  measured?: string;
}

/** A line that the picture seems to have and the graph has not: the ids of what it joins. */
export interface LeftLine {
  from: string;
  to: string;
  sureness: number;
}

/** Words of the picture that stand in no label. */
export interface LeftWords {
  text: string;
  /** Pixels of the original. */
  box: Box;
  /** From 0 to 1: how little any label near them agrees. */
  sureness: number;
}

/** A graph weighed against the ink. */
export interface GraphEvidence {
  /** In the graph's order. */
  nodes: Weighed[];
  edges: Weighed[];
  /** What is drawn and in no list, the surest first. */
  lines: LeftLine[];
  words: LeftWords[];
}

/** From these on, an element is confirmed, and below the other it is contradicted. */
const [sure, unsure] = [0.72, 0.3];

const seen: Weighed = { evidence: "seen", sureness: 0.5 };

/**
 * Weighs each node and each line of a graph by what the pixels say: its words at its place, a stroke from the one
 * place to the other, with its head at the right end.
 *
 * @returns undefined where the picture's ink is not known
 */
export function evidenceOf(
  graph: Graph,
  { picture, measurement }: Pick<PreparedInput, "picture" | "measurement">,
): GraphEvidence | undefined {
  const { ink, texts } = measurement;
  if (!ink) return undefined;
  const map = unpackInk(ink);
  const placed = graph.nodes.flatMap((node) => {
    const box = boxOf(node.place, picture);
    return box ? [{ node, box }] : [];
  });
  const inside = placed.map(({ box }) => textsIn(box, texts));
  const isInside = new Set(inside.flat());
  const outside = texts.filter((text) => !isInside.has(text) && text.text.trim() !== "");
  const nodes = new Map(
    placed.map(({ node, box }, index) => [node.id, weighNode(node, box, inside[index] ?? [], outside, map)]),
  );
  const numberOf = new Map(placed.map(({ node }, index) => [node.id, index]));
  const joins = joinsIn(
    map,
    placed.map(({ box }) => box),
    outside.map(({ box }) => box),
  );
  const routesOf = (from: string, to: string): Route[] | undefined => {
    const [one, other] = [numberOf.get(from), numberOf.get(to)];
    return one === undefined || other === undefined || one === other ? undefined : joins(one, other);
  };
  return {
    nodes: graph.nodes.map(({ id }) => nodes.get(id) ?? seen),
    edges: graph.edges.map((edge) => weighEdge(edge, routesOf(edge.from, edge.to), outside)),
    lines: leftLines(graph, placed, routesOf),
    words: leftWords(graph, outside),
  };
}

/** How far around a place its words may stand: a caption below a symbol. A share of its longer side, and pixels of words. */
const captionReach = 1.2;

function weighNode(
  { label, details }: Node,
  box: Box,
  inside: readonly TextMark[],
  outside: readonly TextMark[],
  map: InkMap,
): Weighed {
  const outline = outlineAround(map, box);
  const words = [label, ...details].join(" ").trim();
  // What the model could not read is asked of the person, not of OCR.
  if (words === "" || words.includes(unreadable))
    return judged(outline, outline < 0.25 ? "Nothing seems to be drawn there." : undefined);
  const longest = Math.max(box.width, box.height);
  const near = outside.filter(({ box: text }) => distanceBetween(text, box) < longest * captionReach);
  const inPlace = lettersRead(inside) >= 2 ? agreement(words, readIn(inside)) : undefined;
  const caption = lettersRead(near) >= 2 ? agreement(words, readIn(near)) : undefined;
  const agreed = inPlace === undefined ? caption : Math.max(inPlace, (caption ?? 0) * 0.9);
  if (agreed === undefined)
    return judged(0.2 + 0.4 * outline, outline < 0.25 ? "Nothing seems to be drawn there." : undefined);
  return judged(
    0.8 * agreed + 0.2 * outline,
    `There it seems to say “${readIn(inPlace === undefined ? near : inside)}”.`,
  );
}

function judged(sureness: number, measured: string | undefined): Weighed {
  if (sureness >= sure) return { evidence: "confirmed", sureness };
  if (sureness >= unsure || measured === undefined) return { evidence: "seen", sureness };
  return { evidence: "contradicted", sureness, measured };
}

function weighEdge(edge: Edge, routes: readonly Route[] | undefined, outside: readonly TextMark[]): Weighed {
  if (!routes) return seen;
  const [best] = routes;
  if (!best) return judged(0.02, "No line seems to run between the two.");
  const each = routes.map((route) => {
    const heads = headsAgree(edge, route);
    const label = labelAgrees(edge, route, outside);
    return { sureness: route.sureness * (0.25 + 0.75 * heads) * (0.5 + 0.5 * label), heads, label };
  });
  const most = each.reduce((one, other) => (other.sureness > one.sureness ? other : one));
  const measured =
    best.sureness < 0.4
      ? "No clear line seems to run between the two."
      : most.heads < 0.3
        ? "The line seems to point the other way."
        : undefined;
  return judged(most.sureness, measured);
}

/** How much the heads at a line's ends are as drawn. From 0 to 1. */
function headsAgree({ startHead, endHead }: Edge, { heads }: Route): number {
  const [start, end] = [startHead !== "none", endHead !== "none"];
  const likely = (more: number) => 1 / (1 + Math.exp(-4 * more));
  if (start === end) return 0.75;
  return likely(end ? heads.to - heads.from : heads.from - heads.to);
}

/** How much the words along a line are as read. From 0 to 1. */
function labelAgrees({ label }: Edge, { points }: Route, outside: readonly TextMark[]): number {
  if (label.trim() === "") return 0.8;
  const near = outside.filter(({ box }) => points.some((point) => isNear(box, point)));
  if (lettersRead(near) < 1) return 0.5;
  return Math.max(agreement(label, readIn(near)), ...near.map(({ text }) => agreement(label, text)));
}

/** Words stand on their line, or less than two rows beside it. */
function isNear({ x, y, width, height }: Box, point: { x: number; y: number }): boolean {
  const away = Math.hypot(
    Math.max(x - point.x, 0, point.x - x - width),
    Math.max(y - point.y, 0, point.y - y - height),
  );
  return away < height * 1.6;
}

const distanceBetween = (one: Box, other: Box): number =>
  Math.hypot(
    Math.max(one.x - other.x - other.width, other.x - one.x - one.width, 0),
    Math.max(one.y - other.y - other.height, other.y - one.y - one.height, 0),
  );

function leftLines(
  { edges }: Graph,
  placed: ReadonlyArray<{ node: Node }>,
  routesOf: (from: string, to: string) => Route[] | undefined,
): LeftLine[] {
  const joined = new Set(edges.flatMap(({ from, to }) => [`${from} ${to}`, `${to} ${from}`]));
  const left: LeftLine[] = [];
  for (const [index, { node: from }] of placed.entries()) {
    for (const { node: to } of placed.slice(index + 1)) {
      const [route] = routesOf(from.id, to.id) ?? [];
      if (!route || joined.has(`${from.id} ${to.id}`)) continue;
      const isForwards = route.heads.to >= route.heads.from;
      left.push({
        ...(isForwards ? { from: from.id, to: to.id } : { from: to.id, to: from.id }),
        sureness: route.sureness,
      });
    }
  }
  return left.sort((a, b) => b.sureness - a.sureness);
}

function leftWords(graph: Graph, outside: readonly TextMark[]): LeftWords[] {
  const labels = [
    graph.title,
    ...graph.nodes.flatMap(({ label, details }) => [label, ...details]),
    ...graph.edges.map(({ label }) => label),
    ...graph.groups.map(({ label }) => label),
    ...graph.notes.map(({ text }) => text),
  ].filter((label) => label.trim() !== "");
  return outside
    .filter((text) => lettersRead([text]) >= 2.5)
    .map(({ text, box }) => ({
      text,
      box,
      sureness: 1 - Math.max(0, ...labels.map((label) => agreement(text, label))),
    }))
    .sort((a, b) => b.sureness - a.sureness);
}

/** So sure must the picture be of what is in no list, and so many of a kind are named. */
const [surelyMissing, mostNamed] = [0.75, 5];

/** What the picture seems to have and the graph has not, in words, and where. */
export interface Missing {
  words: string;
  /** Pixels of the original. */
  box?: Box;
}

export function missingIn(
  graph: Graph,
  { lines, words }: GraphEvidence,
  picture: PictureGeometry,
): Missing[] {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const isSure = ({ sureness }: { sureness: number }) => sureness >= surelyMissing;
  return [
    ...lines
      .filter(isSure)
      .slice(0, mostNamed)
      .flatMap(({ from, to }) => {
        const [one, other] = [nodes.get(from), nodes.get(to)];
        const boxes = [one, other].flatMap((node) => (node && boxOf(node.place, picture)) ?? []);
        const words = `a line between “${one?.label ?? ""}” and “${other?.label ?? ""}”`;
        return [{ words, box: around(boxes) }];
      }),
    ...words
      .filter(isSure)
      .slice(0, mostNamed)
      .map(({ text, box }) => ({ words: `the words “${text}”`, box })),
  ];
}
