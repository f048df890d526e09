import assert from "node:assert/strict";
import fc from "fast-check";
import { classBoxOf } from "../../../src/workflows/diagram/emit/classBox.js";
import { emitPlantUml } from "../../../src/workflows/diagram/emit/plantuml/plantuml.js";
import { validGraph } from "../../../src/workflows/diagram/graph.js";
import type { Graph } from "../../../src/workflows/diagram/schema.js";
import { forestOf, withoutInwardEdges } from "../../../src/workflows/diagram/structure.js";
import { diagramAnswer } from "../../support/cannedAnswers.js";
import { classes, door, entities, payment } from "../../support/diagrams.js";
import { anyGraph, shown } from "../../support/graphs.js";
import { plantUmlDrawings } from "../../support/plantuml.js";

interface Drawing {
  words: string;
  /** Lines between nodes. */
  lines: number;
  /** Anything in it that loads, links or runs. */
  live: number;
  failed: boolean;
}

/** Draws every text with PlantUML itself, and reads the drawings. */
async function drawn(texts: string[]): Promise<Drawing[]> {
  const drawings = await plantUmlDrawings(texts);
  return drawings.map((drawing) => ({
    words: [...drawing.matchAll(/<text[^>]*>([^<]*)/g)].map(([, text = ""]) => unescaped(text)).join(""),
    lines: drawing.match(/<g class="link"/g)?.length ?? 0,
    live: drawing.match(/<(a|image|script|use|foreignObject)\b/g)?.length ?? 0,
    failed: /Syntax Error\?|An error has occur|\[From textarea \(line/.test(drawing),
  }));
}

const unescaped = (text: string): string =>
  text
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&apos;", "'")
    .replaceAll("&amp;", "&");

const letters = (text: string): string =>
  shown(text)
    .replace(/[\s\u00a0\u200b]/g, "")
    .replace(/[\u{100000}-\u{10ffff}]/gu, "\u{fffd}");

describe("PlantUML, read back from its own drawings", () => {
  it("writes the whiteboard as one would by hand", () => {
    assert.equal(
      emitPlantUml(diagramAnswer).text.split("\n").slice(0, 5).join("\n"),
      [
        "@startuml",
        "title Order flow, sprint 14",
        "left to right direction",
        "hide stereotype",
        'rectangle "Web shop" as webShop',
      ].join("\n"),
    );
  });

  it("draws one line a line, in every kind that names its lines", async () => {
    const graphs = [diagramAnswer, classes, entities, door];
    assert.deepEqual(
      (await drawn(graphs.map((graph) => emitPlantUml(graph).text))).map(({ lines }) => lines),
      graphs.map(({ edges }) => edges.length),
    );
    assert.match(
      (await drawn([emitPlantUml(payment).text]))[0]?.words ?? "",
      /order.*loop.*three times.*charge\(card\)/,
    );
  });

  it("draws every node, line and label of any graph, and nothing that is live", async () => {
    const graphs = fc.sample(anyGraph, 240).map((answer) => validGraph(answer).graph);
    const texts = graphs.map((graph) => emitPlantUml(graph).text);
    for (const [index, { words, live, failed }] of (await drawn(texts)).entries()) {
      const [graph, text] = [graphs[index], texts[index] ?? ""];
      assert.ok(graph);
      assert.ok(!failed || isEmpty(graph), text);
      assert.equal(live, 0, text);
      const seen = letters(words);
      for (const label of failed ? [] : labelsOf(graph))
        assert.ok(seen.includes(letters(label)), `${label} is not drawn:\n${text}\n${words}`);
    }
  });
});

/** A drawing of nothing is refused. */
const isEmpty = ({ nodes, groups, notes, steps }: Graph): boolean =>
  nodes.length + groups.length + notes.length + steps.length === 0;

function labelsOf(graph: Graph): string[] {
  const { kind, nodes, steps } = graph;
  const isDot = (shape: string) => kind === "state" && (shape === "start" || shape === "end");
  if (kind === "class") {
    const boxes = nodes.map(classBoxOf);
    const members = boxes.flatMap((box) => box.members.flatMap(({ text, result }) => [text, result]));
    return [...boxes.map(({ name }) => name), ...members, ...lines(graph)];
  }
  const labels = nodes.filter(({ shape }) => !isDot(shape)).flatMap(({ label }) => label);
  if (kind === "mindmap") return forestOf(graph).roots.length === 0 ? [] : labels;
  if (kind === "sequence")
    return [...labels, ...steps.filter((step) => step.kind !== "close").map(({ text }) => text)];
  return [
    ...labels,
    ...nodes.filter(({ shape }) => !isDot(shape)).flatMap(({ details }) => details),
    ...lines(graph),
  ];
}

const lines = (graph: Graph): string[] => [
  ...withoutInwardEdges(graph, "", []).map(({ label }) => label),
  ...graph.groups.map(({ label }) => label),
  ...graph.notes.map(({ text }) => text),
];
