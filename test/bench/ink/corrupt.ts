import { evidenceOf } from "../../../src/workflows/diagram/evidence.js";
import type { Edge, Graph, Node } from "../../../src/workflows/diagram/schema.js";
import { randomFrom } from "../../support/knownGraphs.js";
import type { KnownInk } from "./families.js";

export const corruptions = [
  "label changed",
  "node moved",
  "node added",
  "node dropped",
  "line reversed",
  "line moved",
  "line added",
  "line dropped",
  "line's label changed",
] as const;
export type Corruption = (typeof corruptions)[number];

/** How sure the picture makes us of right elements and of corrupted ones. */
export type Samples = Record<Corruption, { right: number[]; wrong: number[] }>;

export const noSamples = (): Samples => ({
  "label changed": { right: [], wrong: [] },
  "node moved": { right: [], wrong: [] },
  "node added": { right: [], wrong: [] },
  "node dropped": { right: [], wrong: [] },
  "line reversed": { right: [], wrong: [] },
  "line moved": { right: [], wrong: [] },
  "line added": { right: [], wrong: [] },
  "line dropped": { right: [], wrong: [] },
  "line's label changed": { right: [], wrong: [] },
});

/** Labels that nobody drew. */
const invented = [
  "Call the insurer",
  "Pack parcel",
  "Wait",
  "Write report",
  "Close ticket",
  "Pay fee",
  "Sign form",
];

/**
 * Corrupts a graph in each of the ways, several elements at once where they do not disturb each other, and weighs all
 * against the ink.
 */
export function sampleInk({ graph, size, measurement }: KnownInk, seed: number, samples: Samples): void {
  const random = randomFrom(seed + 7000);
  const pick = <Item>(from: readonly Item[]): Item | undefined => from[Math.floor(random() * from.length)];
  const picture = pictureOf(size);
  const weigh = (one: Graph) => {
    const weighed = evidenceOf(one, { picture, measurement });
    if (!weighed) throw new Error("The picture's ink is not known");
    return weighed;
  };
  const placed = graph.nodes.filter(({ place }) => place.width > 0);
  const ids = new Set(placed.map(({ id }) => id));
  const isBetween = ({ from, to }: Edge) => ids.has(from) && ids.has(to) && from !== to;
  const intact = weigh(graph);
  const nodeSureness = new Map(graph.nodes.map(({ id }, index) => [id, intact.nodes[index]?.sureness ?? 0]));
  const rightNodes = placed.map(({ id }) => nodeSureness.get(id) ?? 0);
  const labelled = placed.filter(({ label }) => label.trim() !== "");
  const rightEdges = graph.edges.flatMap((edge, index) =>
    isBetween(edge) ? [{ edge, sureness: intact.edges[index]?.sureness ?? 0 }] : [],
  );

  // Half of them at a time, so that the rest of the drawing stays known.
  for (const half of [0, 1]) {
    const isChosen = (_: unknown, index: number) => index % 2 === half;
    const chosenNodes = new Set(placed.filter(isChosen));
    const other = (label: string): string => {
      const labels = [...labelled.map((node) => node.label), ...invented].filter((one) => one !== label);
      return pick(labels) ?? "Other";
    };
    const relabelled = weigh({
      ...graph,
      nodes: graph.nodes.map((node) =>
        chosenNodes.has(node) && node.label.trim() !== "" ? { ...node, label: other(node.label) } : node,
      ),
    });
    for (const [index, node] of graph.nodes.entries())
      if (chosenNodes.has(node) && node.label.trim() !== "")
        samples["label changed"].wrong.push(relabelled.nodes[index]?.sureness ?? 0);

    const chosenEdges = new Set(graph.edges.filter(isBetween).filter(isChosen));
    const changed = (change: (edge: Edge) => Edge) =>
      weigh({ ...graph, edges: graph.edges.map((edge) => (chosenEdges.has(edge) ? change(edge) : edge)) });
    const isHeaded = ({ startHead, endHead }: Edge) => (startHead === "none") !== (endHead === "none");
    const isBothWays = ({ from, to }: Edge) =>
      graph.edges.some((edge) => edge.from === to && edge.to === from);
    const reversed = changed((edge) => ({ ...edge, from: edge.to, to: edge.from }));
    const isJoined = (from: string, to: string) =>
      graph.edges.some(
        (edge) => (edge.from === from && edge.to === to) || (edge.from === to && edge.to === from),
      );
    const moved = new Set<Edge>();
    const elsewhere = changed((edge) => {
      const to = pick(
        nearest(edge.to, placed).filter(({ id }) => id !== edge.from && !isJoined(edge.from, id)),
      );
      if (!to) return edge;
      moved.add(edge);
      return { ...edge, to: to.id };
    });
    const renamed = changed((edge) =>
      edge.label.trim() === ""
        ? edge
        : {
            ...edge,
            label:
              pick(
                graph.edges
                  .map(({ label }) => label)
                  .filter((one) => one.trim() !== "" && one !== edge.label),
              ) ?? "twice",
          },
    );
    for (const [index, edge] of graph.edges.entries()) {
      if (!chosenEdges.has(edge)) continue;
      if (isHeaded(edge) && !isBothWays(edge))
        samples["line reversed"].wrong.push(reversed.edges[index]?.sureness ?? 0);
      if (moved.has(edge)) samples["line moved"].wrong.push(elsewhere.edges[index]?.sureness ?? 0);
      if (edge.label.trim() !== "")
        samples["line's label changed"].wrong.push(renamed.edges[index]?.sureness ?? 0);
    }
    const without = weigh({ ...graph, edges: graph.edges.filter((edge) => !chosenEdges.has(edge)) });
    for (const edge of chosenEdges) {
      const found = without.lines.find(
        ({ from, to }) => (from === edge.from && to === edge.to) || (from === edge.to && to === edge.from),
      );
      // What is missed is wrong to be silent about: the less is found, the surer it seems.
      samples["line dropped"].wrong.push(1 - (found?.sureness ?? 0));
    }
  }
  samples["label changed"].right.push(...labelled.map(({ id }) => nodeSureness.get(id) ?? 0));
  samples["line reversed"].right.push(...rightEdges.map(({ sureness }) => sureness));
  samples["line moved"].right.push(...rightEdges.map(({ sureness }) => sureness));
  samples["line added"].right.push(...rightEdges.map(({ sureness }) => sureness));
  samples["line's label changed"].right.push(
    ...rightEdges.filter(({ edge }) => edge.label.trim() !== "").map(({ sureness }) => sureness),
  );

  const strangers = pairsOf(placed).filter(
    ([one, two]) =>
      !graph.edges.some(({ from, to }) => (from === one && to === two) || (from === two && to === one)),
  );
  const some = strangers.filter(() => random() < 12 / strangers.length);
  const added = weigh({
    ...graph,
    edges: [
      ...graph.edges,
      ...some.map(
        ([from, to]): Edge => ({
          from,
          to,
          label: "",
          line: "solid",
          startHead: "none",
          endHead: "arrow",
          startCount: "none",
          endCount: "none",
          confidence: "high",
          alternatives: [],
        }),
      ),
    ],
  });
  samples["line added"].wrong.push(...added.edges.slice(graph.edges.length).map(({ sureness }) => sureness));
  // Where nothing was dropped, nothing is to be found.
  const found = new Map(
    intact.lines.map(({ from, to, sureness }) => [[from, to].sort().join(" "), sureness]),
  );
  samples["line dropped"].right.push(
    ...strangers.map((pair) => 1 - (found.get([...pair].sort().join(" ")) ?? 0)),
  );

  const third = labelled.filter((_, index) => index % 3 === 0);
  const taken = [...placed];
  const away = new Map<string, Node>();
  for (const node of third) {
    const place = emptyPlace(node, taken, size, random);
    if (!place) continue;
    const there = { ...node, place };
    taken.push(there);
    away.set(node.id, there);
  }
  const more = weigh({
    ...graph,
    nodes: [
      ...graph.nodes,
      ...[...away.values()].map((node) => ({ ...node, id: `more-${node.id}`, label: pick(invented) ?? "" })),
    ],
  });
  samples["node added"].wrong.push(...more.nodes.slice(graph.nodes.length).map(({ sureness }) => sureness));
  const displaced = weigh({ ...graph, nodes: graph.nodes.map((node) => away.get(node.id) ?? node) });
  for (const [index, { id }] of graph.nodes.entries())
    if (away.has(id)) samples["node moved"].wrong.push(displaced.nodes[index]?.sureness ?? 0);
  const less = weigh({ ...graph, nodes: graph.nodes.filter((node) => !third.includes(node)) });
  for (const { place } of third) {
    const words = less.words.filter(({ box }) => isIn(box, place)).map(({ sureness }) => sureness);
    samples["node dropped"].wrong.push(1 - Math.max(0, ...words));
  }
  samples["node added"].right.push(...rightNodes);
  samples["node moved"].right.push(...rightNodes);
  samples["node dropped"].right.push(
    ...placed.map(({ place }) => {
      const words = intact.words.filter(({ box }) => isIn(box, place)).map(({ sureness }) => sureness);
      return 1 - Math.max(0, ...words);
    }),
  );
}

export const pictureOf = ({ width, height }: { width: number; height: number }) => ({
  name: "",
  format: "png" as const,
  sha256: "",
  width,
  height,
  notes: [],
  parts: [
    {
      mediaType: "image/png" as const,
      width,
      height,
      scale: { x: 1, y: 1 },
      offset: { x: 0, y: 0 },
      visualTokens: 1,
    },
  ],
});

const pairsOf = (nodes: readonly Node[]): Array<[string, string]> =>
  nodes.flatMap((one, index) => nodes.slice(index + 1).map((other): [string, string] => [one.id, other.id]));

/** The three that stand nearest to one. */
function nearest(id: string, nodes: readonly Node[]): Node[] {
  const at = nodes.find((node) => node.id === id)?.place;
  if (!at) return [];
  const away = ({ place }: Node) =>
    Math.hypot(
      place.x + place.width / 2 - at.x - at.width / 2,
      place.y + place.height / 2 - at.y - at.height / 2,
    );
  return nodes
    .filter((node) => node.id !== id)
    .sort((a, b) => away(a) - away(b))
    .slice(0, 3);
}

/** A place of a node's size in which no other node lies. */
function emptyPlace(
  { place }: Node,
  nodes: readonly Node[],
  { width, height }: { width: number; height: number },
  random: () => number,
): Node["place"] | undefined {
  for (let attempt = 0; attempt < 60; attempt++) {
    const x = random() * Math.max(0, width - place.width);
    const y = random() * Math.max(0, height - place.height);
    const isFree = nodes.every(
      ({ place: other }) =>
        x > other.x + other.width ||
        x + place.width < other.x ||
        y > other.y + other.height ||
        y + place.height < other.y,
    );
    if (isFree) return { ...place, x, y };
  }
  return undefined;
}

const isIn = (
  text: { x: number; y: number; width: number; height: number },
  { x, y, width, height }: Node["place"],
): boolean => {
  const [middle, centre] = [text.x + text.width / 2, text.y + text.height / 2];
  return middle > x && middle < x + width && centre > y && centre < y + height;
};
