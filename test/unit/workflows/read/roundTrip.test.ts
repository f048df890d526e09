import assert from "node:assert/strict";
import fc from "fast-check";
import { classBoxOf, drawnMember } from "../../../../src/workflows/diagram/emit/classBox.js";
import { labelLines } from "../../../../src/workflows/diagram/emit/labels.js";
import { emitMermaid } from "../../../../src/workflows/diagram/emit/mermaid/mermaid.js";
import { type TargetId, targets } from "../../../../src/workflows/diagram/emit/targets.js";
import { validGraph } from "../../../../src/workflows/diagram/graph.js";
import { MermaidParser } from "../../../../src/workflows/diagram/mermaidParser.js";
import { converted } from "../../../../src/workflows/diagram/read/convert.js";
import { readD2 } from "../../../../src/workflows/diagram/read/d2/d2.js";
import { readDot } from "../../../../src/workflows/diagram/read/dot/dot.js";
import { readDrawio } from "../../../../src/workflows/diagram/read/drawio/drawio.js";
import { readExcalidraw } from "../../../../src/workflows/diagram/read/excalidraw.js";
import { readPlantUml } from "../../../../src/workflows/diagram/read/plantuml/plantuml.js";
import type { Reading } from "../../../../src/workflows/diagram/read/reading.js";
import type { Graph, Kind } from "../../../../src/workflows/diagram/schema.js";
import { withoutInwardEdges } from "../../../../src/workflows/diagram/structure.js";
import { corpus } from "../../../support/corpus.js";
import { graphsOf } from "../../../support/graphs.js";
import { saidBy } from "../../../support/roundTrip.js";

const languages: Array<{
  target: TargetId;
  read(text: string): Reading | Promise<Reading>;
  kinds: readonly Kind[];
  /** What the language's own emitter writes otherwise. */
  held?(graph: Graph): Graph;
}> = [
  { target: "drawio", read: readDrawio, kinds: ["flowchart", "class", "er"] },
  { target: "excalidraw", read: readExcalidraw, kinds: ["flowchart", "class", "er"] },
  { target: "dot", read: readDot, kinds: ["flowchart", "class", "er"], held: withFieldsFirst },
  { target: "d2", read: readD2, kinds: ["flowchart", "class", "er"], held: withEmptyFramesAsBoxes },
  {
    target: "plantuml",
    read: readPlantUml,
    kinds: ["flowchart", "class", "er"],
    held: asInPlantUml,
  },
];

const sameGraph = (graph: Graph): Graph => graph;

function withColon(row: string): string {
  const { isMethod, result } = drawnMember(row);
  if (!isMethod || result === "" || !row.endsWith(result)) return row;
  return `${row.slice(0, -result.length).replace(/\s*(?::|->)?\s*$/, "")}: ${result}`;
}

/** A class's attributes stand in one compartment of a record, and its methods in the next. */
function withFieldsFirst(graph: Graph): Graph {
  if (graph.kind !== "class") return graph;
  const nodes = graph.nodes.map((node) => {
    const rows = node.details.flatMap(labelLines);
    const methods = classBoxOf(node).members.map(({ isMethod }) => isMethod);
    // A stereotype among the rows is no member: then they stay as they are.
    if (methods.length !== rows.length) return node;
    const details = [false, true].flatMap((isMethod) =>
      rows.filter((_, index) => methods[index] === isMethod),
    );
    return { ...node, details };
  });
  return { ...graph, nodes };
}

/** PlantUML has no codes for the planes of private use. What a method returns stands behind a colon. */
function asInPlantUml(graph: Graph): Graph {
  const near = (text: string) => text.replace(/[\u{100000}-\u{10ffff}]/gu, "\ufffd");
  const labelled = <T extends { label: string }>(one: T): T => ({ ...one, label: near(one.label) });
  return {
    ...graph,
    nodes: graph.nodes.map((node) => ({
      ...labelled(node),
      details: node.details
        .flatMap(labelLines)
        .map(graph.kind === "class" ? withColon : String)
        .map(near),
    })),
    edges: graph.edges.map(labelled),
    groups: graph.groups.map(labelled),
    notes: graph.notes.map(({ text, about }) => ({ text: near(text), about })),
  };
}

/** D2 has no empty containers. */
function withEmptyFramesAsBoxes(graph: Graph): Graph {
  const used = new Set([
    ...graph.nodes.map(({ group }) => group),
    ...graph.groups.map(({ parent }) => parent),
  ]);
  const [empty, filled] = [
    graph.groups.filter(({ id }) => !used.has(id)),
    graph.groups.filter(({ id }) => used.has(id)),
  ];
  const [sample] = graph.nodes;
  const boxes = empty.map(({ id, label, parent }) => ({
    shape: "rectangle" as const,
    place: { part: 1, x: 0, y: 0, width: 0, height: 0 },
    confidence: "high" as const,
    alternatives: [],
    ...sample,
    id,
    label,
    group: parent,
    details: [],
  }));
  return { ...graph, nodes: [...graph.nodes, ...boxes], groups: filled };
}

describe("a text of our own, read back", () => {
  for (const { target, read, kinds, held = sameGraph } of languages)
    for (const kind of kinds)
      it(`holds every node, line, frame and note of a ${kind} in ${targets[target].title}`, () =>
        fc.assert(
          fc.asyncProperty(graphsOf(kind), async (answer) => {
            const { graph } = validGraph(answer);
            const { text } = targets[target].emit(graph);
            const { graph: back } = await read(text);
            const drawn = held({ ...graph, edges: withoutInwardEdges(graph, "", []), steps: [] });
            const words = (one: Graph): unknown =>
              Object.entries(saidBy(one)).map(([part, all]) => [part, all.sort()]);
            assert.deepEqual(words(back), words(drawn), text);
          }),
          { numRuns: 150 },
        ));
});

describe("a text that is converted", () => {
  it("keeps the line breaks of its labels, in every language", async () => {
    const read = await readDot(
      'digraph { a [shape=box label="Order received,\\nby post"]; a -> b [label="so\\nit goes"] }',
    );
    const broken = (id: TargetId) => converted(read, id).text;
    assert.match(broken("mermaid"), /received,<br\/?>by post[\s\S]*so<br\/?>it goes/);
    for (const id of ["plantuml", "dot", "d2", "excalidraw"] as const)
      assert.match(broken(id), /received,\\nby post[\s\S]*so\\nit goes/, id);
    for (const id of ["drawio", "bpmn"] as const)
      assert.match(broken(id), /received,&#(?:10|xa);by post[\s\S]*so&#(?:10|xa);it goes/i, id);
  });
});

describe("the corpus of Mermaid texts", () => {
  const parser = new MermaidParser("./dist/mermaidWorker.js");
  after(() => parser.dispose());

  const graphOf = async (text: string): Promise<Reading> => {
    const verdict = await parser.read(text);
    if (!verdict.valid) assert.fail(`${verdict.message}\n${text}`);
    return verdict.reading;
  };

  it("has at least 120 diagrams", () => {
    assert.ok(corpus.reduce((sum, { texts }) => sum + texts.length, 0) >= 120);
  });

  for (const { kind, texts } of corpus)
    it(`comes back whole: ${kind}`, async () => {
      for (const text of texts) {
        const { graph, warnings } = await graphOf(text);
        assert.deepEqual(warnings, [], text);
        const written = emitMermaid(graph);
        const back = await graphOf(written.text);
        if (written.warnings.length > 0) continue;
        assert.deepEqual(comparable(back.graph), comparable(graph), `${text}\n→\n${written.text}`);
      }
    });
});

/** A graph without its ids, which are names that may be other ones. */
function comparable(graph: Graph): unknown {
  const labels = new Map([...graph.nodes, ...graph.groups].map(({ id, label }) => [id, label]));
  const label = (id: string) => labels.get(id) ?? id;
  return {
    said: saidBy(graph, true),
    title: graph.title,
    direction: graph.direction,
    shapes: graph.nodes.map((node) => [node.label, node.shape]).sort(),
    lines: graph.edges
      .map(({ from, to, line, startHead, endHead, startCount, endCount }) => {
        const isBackwards = startHead !== "none" && endHead === "none" && graph.kind === "flowchart";
        const ends = isBackwards ? [to, from] : [from, to];
        return [...ends.map(label), line, startHead, endHead, startCount, endCount].join(" ");
      })
      .sort(),
    remarks: graph.remarks.map(({ about, feature, value }) => `${label(about)} ${feature} ${value}`).sort(),
    rows: graph.rows,
    heads: graph.steps.map(({ head, fragment }) => [head, fragment]),
  };
}
