import assert from "node:assert/strict";
import { Graphviz } from "@hpcc-js/wasm-graphviz";
import fc from "fast-check";
import { emitDot } from "../../../src/workflows/diagram/emit/dot.js";
import { targets } from "../../../src/workflows/diagram/emit/targets.js";
import { validGraph } from "../../../src/workflows/diagram/graph.js";
import { withoutInwardEdges } from "../../../src/workflows/diagram/structure.js";
import { diagramAnswer } from "../../support/cannedAnswers.js";
import { anyGraph, shown } from "../../support/graphs.js";

/** What Graphviz itself made of a text. */
interface ReadBack {
  objects?: Array<Record<string, unknown> & { name: string; label?: string }>;
  edges?: Array<Record<string, unknown> & { label?: string }>;
}

/** A record's label as one text: its compartments below one another. */
const unrecorded = (label: string): string =>
  label
    .slice(1, -1)
    .replace(/\\l\|?|(?<!\\)\|/g, "\\n")
    .replace(/\\([{}|<> ])/g, "$1");

/** What a drawing shows of a label: Graphviz's escapes and entities read, spaces evened out. */
const drawn = (label: string): string =>
  label
    .replace(/\\(.)/gs, (_, sign: string) => (sign === "n" ? "\n" : sign))
    .replaceAll("&amp;", "&")
    .replace(/\s+/g, " ")
    .trim();

describe("Graphviz DOT, read back by Graphviz", () => {
  let graphviz: Graphviz;
  before(async () => {
    graphviz = await Graphviz.load();
  });
  const readBack = (text: string): ReadBack => JSON.parse(graphviz.layout(text, "dot_json"));

  it("writes the whiteboard as one would by hand", () => {
    assert.equal(
      emitDot(diagramAnswer).text.split("\n").slice(0, 8).join("\n"),
      [
        "digraph {",
        "  rankdir=LR;",
        '  label="Order flow, sprint 14";',
        "  labelloc=t;",
        '  node [shape=box, fontname="sans-serif"];',
        '  edge [fontname="sans-serif"];',
        '  webShop [label="Web shop"];',
        '  orders [label="Orders"];',
      ].join("\n"),
    );
    assert.match(graphviz.layout(emitDot(diagramAnswer).text, "svg"), /<svg[\s\S]*Web shop/);
  });

  it("holds every node, group, line and label of any graph, and nothing else", () => {
    const known = ["label", "shape", "style", "name", "_gvid", "nodes", "edges", "subgraphs", "fontname"];
    const ofEdge = [
      ...["_gvid", "tail", "head", "label", "style", "fontname"],
      ...["dir", "arrowtail", "arrowhead", "taillabel", "headlabel", "lhead", "ltail"],
    ];
    fc.assert(
      fc.property(
        anyGraph.filter(({ kind }) => targets.dot.kinds.includes(kind)),
        (answer) => {
          const { graph } = validGraph(answer);
          const { objects = [], edges = [] } = readBack(emitDot(graph).text);
          const labels = [
            ...graph.nodes.map(({ label, details }) => [label, ...details].join("\n")),
            ...graph.groups.map(({ label }) => label),
            ...graph.notes.map(({ text }) => text),
          ];
          // A class has its operations below its attributes, in whatever order they are drawn.
          const compare = (text: string) =>
            graph.kind === "class" ? [...text].sort().join("").trim() : text;
          assert.deepEqual(
            objects
              .map(({ label = "", shape }) => compare(drawn(shape === "record" ? unrecorded(label) : label)))
              .sort(),
            labels.map((label) => compare(shown(label))).sort(),
          );
          const lines = [
            ...withoutInwardEdges(graph, "", []).map(({ label }) => label),
            ...graph.notes.filter(({ about }) => about !== "").map(() => ""),
          ];
          assert.deepEqual(edges.map(({ label = "" }) => drawn(label)).sort(), lines.map(shown).sort());
          // No link, no script, no attribute that is not ours.
          for (const object of objects)
            assert.deepEqual(
              Object.keys(object).filter((key) => !isDrawing(key) && !known.includes(key)),
              [],
            );
          for (const edge of edges)
            assert.deepEqual(
              Object.keys(edge).filter((key) => !isDrawing(key) && !ofEdge.includes(key)),
              [],
            );
        },
      ),
      { numRuns: 150 },
    );
  });
});

/** What the layout itself adds: places and sizes. */
const isDrawing = (key: string): boolean =>
  [
    "pos",
    "width",
    "height",
    "bb",
    "lp",
    "lwidth",
    "lheight",
    "head_lp",
    "tail_lp",
    "rankdir",
    "xlabel",
    "labelloc",
  ].includes(key);
