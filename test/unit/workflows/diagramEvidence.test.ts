import assert from "node:assert/strict";
import { inkMap, packInk } from "../../../src/measure/ink/inkMap.js";
import type { Measurement } from "../../../src/measure/measurement.js";
import type { Box, TextMark } from "../../../src/report.js";
import { workflow } from "../../../src/workflows/diagram/diagram.js";
import { type Element, elementsOf } from "../../../src/workflows/diagram/elements.js";
import { evidenceOf, missingIn } from "../../../src/workflows/diagram/evidence.js";
import { lookAgainAt } from "../../../src/workflows/diagram/lookAgain.js";
import type { Graph } from "../../../src/workflows/diagram/schema.js";
import type { PictureGeometry } from "../../../src/workflows/workflow.js";
import { edge, graph, node } from "../../support/diagrams.js";
import { InkDrawing } from "../../support/inkDrawing.js";

const boxes = {
  orders: { x: 40, y: 40, width: 90, height: 50 },
  billing: { x: 360, y: 40, width: 90, height: 50 },
  stock: { x: 360, y: 260, width: 90, height: 50 },
};

const text = (words: string, box: Box): TextMark => ({
  id: "T1",
  box,
  text: words,
  confidence: 90,
  letterHeight: 10,
  fontSize: 14,
  bold: false,
  contrast: { status: "unmeasured", reason: "" },
});

/** Orders → Billing and Billing → Stock, as they are drawn and read by OCR. */
const { pixels } = new InkDrawing(500, 350)
  .outline(boxes.orders)
  .outline(boxes.billing)
  .outline(boxes.stock)
  .line([133, 65], [357, 65])
  .head([357, 65], [133, 65])
  .line([405, 93], [405, 257])
  .head([405, 257], [405, 93]);

const measurement: Measurement = {
  pixelRatio: 1,
  texts: [
    text("0rders", { x: 55, y: 55, width: 60, height: 14 }),
    text("BiIling", { x: 375, y: 55, width: 60, height: 14 }),
    text("Stock", { x: 375, y: 275, width: 60, height: 14 }),
    text("sends", { x: 220, y: 44, width: 40, height: 12 }),
  ],
  controls: [],
  quality: [],
  secrets: [],
  covered: true,
  unread: 0,
  ink: packInk(inkMap(pixels)),
};

const picture: PictureGeometry = {
  name: "board.png",
  format: "png",
  sha256: "",
  width: 500,
  height: 350,
  notes: [],
  parts: [
    {
      mediaType: "image/png",
      width: 500,
      height: 350,
      scale: { x: 1, y: 1 },
      offset: { x: 0, y: 0 },
      visualTokens: 1,
    },
  ],
};

const truth = graph("flowchart", "", {
  nodes: [
    node("a", "Orders", { place: { part: 1, ...boxes.orders } }),
    node("b", "Billing", { place: { part: 1, ...boxes.billing } }),
    node("c", "Stock", { place: { part: 1, ...boxes.stock } }),
  ],
  edges: [edge("a", "b", "sends"), edge("b", "c")],
});

const weigh = (one: Graph) => {
  const evidence = evidenceOf(one, { picture, measurement });
  assert.ok(evidence);
  return evidence;
};
const changed = (position: number, change: Partial<Graph["edges"][number]>): Graph => ({
  ...truth,
  edges: truth.edges.map((one, index) => (index === position ? { ...one, ...change } : one)),
});

describe("what the ink says of a diagram", () => {
  it("leaves to a person what the model could not read", () => {
    const [first, ...others] = truth.nodes;
    assert.ok(first);
    const [node] = weigh({ ...truth, nodes: [{ ...first, label: "[unreadable]" }, ...others] }).nodes;
    assert.notEqual(node?.evidence, "contradicted");
  });

  it("confirms what is drawn and written", () => {
    const { nodes, edges, lines, words } = weigh(truth);
    assert.deepEqual(
      [...nodes, ...edges].map(({ evidence }) => evidence),
      ["confirmed", "confirmed", "confirmed", "confirmed", "confirmed"],
    );
    assert.deepEqual(missingIn(truth, { nodes, edges, lines, words }, picture), []);
  });

  it("contradicts a label that is not what stands there, and says what does", () => {
    const { nodes } = weigh({
      ...truth,
      nodes: truth.nodes.map((one) => (one.id === "c" ? { ...one, label: "Warehouse" } : one)),
    });
    assert.equal(nodes[2]?.evidence, "contradicted");
    assert.match(nodes[2]?.measured ?? "", /“Stock”/);
  });

  it("contradicts a line that points the other way, and one that is not there", () => {
    const reversed = weigh(changed(0, { from: "b", to: "a" })).edges[0];
    assert.equal(reversed?.evidence, "contradicted");
    assert.match(reversed?.measured ?? "", /the other way/);
    const moved = weigh(changed(0, { to: "c" })).edges[0];
    assert.equal(moved?.evidence, "contradicted");
    assert.match(moved?.measured ?? "", /No line/);
  });

  it("contradicts a node where nothing is drawn", () => {
    const { nodes } = weigh({
      ...truth,
      nodes: [
        ...truth.nodes,
        node("d", "Mail", { place: { part: 1, x: 60, y: 200, width: 90, height: 50 } }),
      ],
    });
    assert.equal(nodes[3]?.evidence, "contradicted");
  });

  it("names the line and the words that are in no list", () => {
    const without = { ...truth, edges: truth.edges.slice(1) };
    const missing = missingIn(without, weigh(without), picture).map(({ words }) => words);
    assert.deepEqual(missing, ["a line between “Orders” and “Billing”", "the words “sends”"]);
    const node = { ...truth, nodes: truth.nodes.slice(0, 2), edges: truth.edges.slice(0, 1) };
    assert.deepEqual(
      missingIn(node, weigh(node), picture).map(({ words }) => words),
      ["the words “Stock”"],
    );
  });

  it("is silent where it cannot tell: without places, at frames, and of a picture whose ink is not known", () => {
    const nowhere = { ...truth, nodes: truth.nodes.map(({ id, label }) => node(id, label)) };
    assert.ok(
      [...weigh(nowhere).nodes, ...weigh(nowhere).edges].every(({ evidence }) => evidence === "seen"),
    );
    const { ink: _, ...older } = measurement;
    assert.equal(evidenceOf(truth, { picture, measurement: older }), undefined);
  });

  it("is part of what is evaluated and reported, and its doubts lead the list", () => {
    const wrong = changed(0, { from: "b", to: "a" });
    const { evaluated, report } = workflow.evaluate(wrong, [{ label: "", picture, measurement }]);
    assert.match(JSON.stringify(evaluated), /"contradicted"/);
    assert.equal(report.unsure, 1);
    assert.ok(report.notes.some((note) => note.includes("the line from “Billing” to “Orders”")));
    const [line] = elementsOf(wrong, picture, weigh(wrong)).filter(({ doubt }) => doubt !== undefined);
    assert.equal(line?.name, "e1");
    assert.equal(line?.doubt, "contradicted");
    assert.deepEqual(line?.box, { x: 40, y: 40, width: 410, height: 50 }, "it is outlined between its ends");
  });

  it("is shown again at the original's resolution: near places in one crop, and none that was seen as large", () => {
    const doubtful = (name: string, box: Box): Element => ({
      name,
      label: name,
      alternatives: [],
      doubt: "unsure",
      box,
    });
    const part = picture.parts[0] ?? assert.fail();
    const half = { x: 0.5, y: 0.5 };
    const large = {
      ...picture,
      width: 4000,
      height: 3000,
      parts: [{ ...part, scale: half, width: 2000, height: 1500 }],
    };
    const elements = [
      doubtful("a", { x: 1000, y: 1000, width: 100, height: 60 }),
      doubtful("b", { x: 1090, y: 1010, width: 100, height: 60 }),
      doubtful("c", { x: 3950, y: 2950, width: 50, height: 50 }),
      doubtful("whole", { x: 0, y: 0, width: 4000, height: 3000 }),
    ];
    const look = lookAgainAt(elements, [], large);
    assert.deepEqual(
      look?.places.map(({ box }) => box),
      [
        { x: 984, y: 984, width: 222, height: 102 },
        { x: 3934, y: 2934, width: 66, height: 66 },
      ],
    );
    const rows = look?.sentence.split("\n").slice(1) ?? [];
    assert.deepEqual(
      rows.map((row) => /place \d/.exec(row)?.[0]),
      ["place 1", "place 1", "place 2", undefined],
    );
    const many = Array.from({ length: 40 }, (_, index) =>
      doubtful(`n${index}`, { x: index * 90, y: (index % 30) * 90, width: 40, height: 40 }),
    );
    assert.equal(lookAgainAt(many, [], large)?.places.length, 8);
  });

  it("is asked about again in one question that names each place", () => {
    const wrong = changed(0, { from: "b", to: "a" });
    const look = lookAgainAt(elementsOf(wrong, picture, weigh(wrong)), [], picture);
    assert.match(
      look?.sentence ?? "",
      /the line Billing → Orders \(x, y, width, height: 40, 40, 410, 50 px\), shown in place 1: /,
    );
    assert.deepEqual(look?.places, [{ label: "place 1", box: { x: 0, y: 0, width: 491, height: 131 } }]);
    assert.equal(lookAgainAt(elementsOf(truth, picture, weigh(truth)), [], picture), undefined);
  });
});
