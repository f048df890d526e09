import assert from "node:assert/strict";
import { D2 } from "@terrastruct/d2";
import fc from "fast-check";
import { emitD2 } from "../../../src/workflows/diagram/emit/d2.js";
import { withoutEmptyFragments } from "../../../src/workflows/diagram/emit/d2Sequence.js";
import { validGraph } from "../../../src/workflows/diagram/graph.js";
import type { Graph } from "../../../src/workflows/diagram/schema.js";
import { diagramAnswer } from "../../support/cannedAnswers.js";
import { anyGraph, shown } from "../../support/graphs.js";

interface DrawnShape extends Record<"label" | "link" | "tooltip", string> {
  icon: unknown;
  fields: Array<{ name: string; type: string }> | null;
  methods: Array<{ name: string; return: string }> | null;
  columns: Array<{ name: { label: string }; type: { label: string } }> | null;
}

/** All that stands in a box, its compartments below one another. */
const wordsIn = ({ label, fields, methods, columns }: DrawnShape): string =>
  [
    label,
    ...(columns ?? []).map(({ name, type }) => `${name.label} ${type.label}`),
    ...(fields ?? []).map(({ name, type }) => `${name} ${type}`),
    ...(methods ?? []).map((method) => `${method.name} ${method.return}`),
  ].join("\n");

/** The letters and digits of a text, in no order: a table has its types behind its names. */
const lettersOf = (text: string): string => [...shown(text).replace(/[^\p{L}\p{N}]/gu, "")].sort().join("");

describe("D2, read back by its own compiler", () => {
  const d2 = new D2();
  // It keeps a thread, and has no way to end it.
  after(async () => {
    const { worker } = d2 as unknown as { worker: { terminate(): Promise<unknown> } };
    await worker.terminate();
  });

  async function readBack(text: string) {
    const { diagram } = await d2.compile(text);
    return {
      // The compiler's types leave out what it does write.
      shapes: diagram.shapes as unknown as DrawnShape[],
      // Lifelines of a sequence are lines to nowhere.
      connections: diagram.connections.filter(({ dst }) => !/-lifeline-end-/.test(dst)),
    };
  }

  it("writes the whiteboard as one would by hand", () => {
    assert.equal(
      emitD2(diagramAnswer).text.split("\n").slice(0, 4).join("\n"),
      [
        "direction: right",
        "title: Order flow, sprint 14 { shape: text; near: top-center }",
        "webShop: Web shop",
        "orders: Orders",
      ].join("\n"),
    );
  });

  it("holds every node, group, line and label of any graph, and nothing else", async () => {
    await fc.assert(
      fc.asyncProperty(anyGraph, async (answer) => {
        const { graph } = validGraph(answer);
        const { shapes, connections } = await readBack(emitD2(graph).text);
        const expected = graph.kind === "sequence" ? ofSequence(graph) : ofGraph(graph);
        const compare = graph.kind === "class" || graph.kind === "er" ? lettersOf : shown;
        assert.deepEqual(
          shapes.map((shape) => compare(wordsIn(shape))).sort(),
          expected.shapes.map(compare).sort(),
          emitD2(graph).text,
        );
        assert.deepEqual(
          connections.map(({ label }) => shown(label)).sort(),
          expected.lines.map(shown).sort(),
        );
        for (const { link, tooltip, icon } of shapes)
          assert.deepEqual([link || "", tooltip || "", icon ?? null], ["", "", null]);
      }),
      { numRuns: 120 },
    );
  });
});

const ofGraph = ({ title, nodes, groups, notes, edges }: Graph) => ({
  shapes: [
    ...(shown(title) === "" ? [] : [title]),
    ...nodes.map(({ label, details }) => [label, ...details].join("\n")),
    ...groups.map(({ label }) => label),
    ...notes.map(({ text }) => text),
  ],
  lines: [...edges.map(({ label }) => label), ...notes.filter(({ about }) => about !== "").map(() => "")],
});

const ofSequence = ({ nodes, steps, notes }: Graph) => ({
  shapes: [
    ...nodes.map(({ label }) => label),
    ...notes.filter(({ about }) => about !== "").map(({ text }) => text),
    ...withoutEmptyFragments(steps).flatMap(({ kind, text, fragment }) => {
      if (kind === "note") return [text];
      if (kind === "open") return [`${fragment} ${text}`];
      return kind === "else" ? [`${fragment === "par" ? "and" : "else"} ${text}`] : [];
    }),
  ],
  lines: steps.filter(({ kind }) => kind === "message").map(({ text }) => text),
});
