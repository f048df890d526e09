import assert from "node:assert/strict";
import fc from "fast-check";
import { changesBetween, isUnchanged } from "../../../src/workflows/diagram/changes.js";
import { editedGraph } from "../../../src/workflows/diagram/editedGraph.js";
import { elementsOf, relabelled } from "../../../src/workflows/diagram/elements.js";
import { emitMermaid } from "../../../src/workflows/diagram/emit/mermaid/mermaid.js";
import { validGraph } from "../../../src/workflows/diagram/graph.js";
import { MermaidParser } from "../../../src/workflows/diagram/mermaidParser.js";
import { diagramAt, originWords, withOrigin } from "../../../src/workflows/diagram/origin.js";
import type { Graph } from "../../../src/workflows/diagram/schema.js";
import { objectionOf, objectionTo } from "../../../src/workflows/diagram/typedMermaid.js";
import { diagramAnswer } from "../../support/cannedAnswers.js";
import { edge, node } from "../../support/diagrams.js";
import { geometry } from "../../support/geometry.js";
import { anyChart, anyGraph, graphsOf } from "../../support/graphs.js";
import { knownGraphs } from "../../support/knownGraphs.js";

describe("what changed between two graphs", () => {
  it("is said as a person would say it", () => {
    const after = {
      ...diagramAnswer,
      nodes: [
        ...diagramAnswer.nodes
          .filter(({ id }) => id !== "stock")
          .map((one) => (one.id === "paid" ? { ...one, label: "Paid in full?" } : one)),
        node("cache", "Cache"),
      ],
      edges: [
        ...diagramAnswer.edges.slice(1, 4),
        edge("orders", "shop", "order"),
        edge("orders", "cache", "", { line: "dashed" }),
        edge("reminder", "orders", ""),
      ],
    };
    assert.deepEqual(changesBetween(diagramAnswer, after), {
      added: ["node “Cache”", "line “Orders” → “Cache”"],
      removed: ["node “Stock DB”", "line “Orders” → “Stock DB” “reserve”"],
      changed: [
        "node “Paid?”: now “Paid in full?”",
        "line “Reminder” → “Orders”: dashed → solid",
        "line “Web shop” → “Orders” “order”: reversed",
      ],
    });
  });

  it("does not depend on ids or on the order of nodes", () => {
    const renamed = (id: string) => `x-${id}`;
    const again = {
      ...diagramAnswer,
      nodes: diagramAnswer.nodes.map((one) => ({ ...one, id: renamed(one.id) })).reverse(),
      edges: diagramAnswer.edges.map((one) => ({ ...one, from: renamed(one.from), to: renamed(one.to) })),
    };
    assert.deepEqual(changesBetween(diagramAnswer, again), { added: [], removed: [], changed: [] });
  });

  it("is nothing between a graph and itself", () => {
    fc.assert(
      fc.property(fc.oneof(anyGraph, anyChart), (answer) => {
        const { graph } = validGraph(answer);
        assert.ok(isUnchanged(changesBetween(graph, graph)));
      }),
    );
  });
});

describe("a Mermaid text that was typed", () => {
  it("is let through when our emitter could have written it", () => {
    fc.assert(
      fc.property(fc.oneof(anyGraph, anyChart), (answer) => {
        const { text } = emitMermaid(validGraph(answer).graph);
        assert.equal(objectionTo(text), undefined, text);
      }),
      { numRuns: 500 },
    );
  });

  for (const [text, line] of [
    ['flowchart TD\n  a --> b\n  click a href "https://evil.example"', 3],
    ["flowchart TD\n  a; click a call alert()", 2],
    ["%%{init: {'securityLevel': 'loose'}}%%\nflowchart TD\n a", 1],
    ["---\nconfig:\n  securityLevel: loose\n---\nflowchart TD\n a", 1],
    ["flowchart TD\n  a@{ img: 'https://evil.example/x.png' }", 2],
    ["flowchart TD\n  a[<img src=x onerror=alert(1)>]", 2],
    ["flowchart TD\n  a\n  style a fill:url(https://evil.example)", 3],
    ['classDiagram\n  class A\n  link A "https://evil.example"', 3],
    ["architecture-beta\n  service a(logos:x)[a]", 1],
    ["", undefined],
    ['sequenceDiagram\n  participant A\n  properties A: {"icon": "http://evil.example/x"}', 3],
    ['sequenceDiagram\n  participant A\n  A->>A: a; properties A: {"icon": "http://evil.example/x"}', 3],
    ['flowchart TD\n  a\r  click a href "https://evil.example"', 3],
    ['flowchart TD\n  a\u2028  click a href "https://evil.example"', 3],
    [`timeline\n${"  2020 : a\n".repeat(2000)}`, undefined],
  ] as const)
    it(`is refused: ${JSON.stringify(text)}`, () => {
      const objection = objectionTo(text);
      assert.ok(objection);
      assert.equal(objection.line, line);
    });

  it("has the parser's own objections at their line", () => {
    const message =
      "Parse error on line 3:\n...wchart TD  c  a --> --> b\n---------^\nExpecting 'NODE', got 'ARROW'";
    assert.deepEqual(objectionOf(message, "flowchart TD\n  c\n  a --> --> b\n"), {
      message: "Mermaid does not understand this: a --> --> b",
      line: 3,
    });
    assert.equal(
      objectionOf("Parse error on line 2:\n...re, which is too long\n---^", "flowchart TD\n a very long line")
        .message,
      "Mermaid does not understand this: …re, which is too long",
    );
    assert.equal(objectionOf("Parse error on line 9:\n", "flowchart TD\n  a[\n").line, 2);
  });
});

describe("an inserted diagram's origin", () => {
  const origin = { path: "docs/a b--> -- \n%%.jpg", sha256: "a".repeat(64), target: "mermaid" };
  const words = originWords(origin);

  it("holds any path on one line, without an end of a comment", () => {
    assert.ok(!/[\n\s]{2}|--|\*\//.test(words), words);
  });

  for (const [name, lines, expected] of [
    [
      "in a fence of Markdown",
      ["# A", "```mermaid", `%% ${words}`, "flowchart LR", "  n1", "```", "after"],
      [2, 5, ""],
    ],
    ["in a file of its own", [`' ${words}`, "@startuml", "@enduml"], [0, 3, ""]],
    [
      "as comment lines in code",
      ["x();", `// %% ${words}`, "// flowchart LR", "//   n1", "y();"],
      [1, 4, "// "],
    ],
  ] as const)
    it(`is found ${name}`, () => {
      const inserted = diagramAt(lines, expected[0] + 1);
      assert.deepEqual(inserted, { origin, from: expected[0], to: expected[1], prefix: expected[2] });
      assert.equal(diagramAt([...lines, "", ""], expected[0] - 1), undefined);
    });
});

describe("an inserted diagram with a title", () => {
  const picture = { path: "a.png", sha256: "b".repeat(64) };
  const titled = withOrigin("---\ntitle: Orders\n---\nflowchart LR\n  a\n", "mermaid", picture);

  it("has its title first, as Mermaid wants it", () => {
    assert.match(titled, /^---\ntitle: Orders\n---\n%% screenshot-workbench: /);
    assert.equal(objectionTo(titled), undefined);
  });

  for (const prefix of ["", "// "])
    it(`is found as a whole from each of its lines${prefix === "" ? "" : " in code"}`, () => {
      const rows = titled.trimEnd().split("\n");
      const own = rows.map((row) => `${prefix}${row}`);
      const lines = ["before", ...(prefix === "" ? ["```mermaid"] : []), ...own, "after"];
      const first = lines.indexOf(own[0] ?? "");
      for (let index = first; index < first + rows.length; index++) {
        const { from, to } = diagramAt(lines, index) ?? {};
        assert.deepEqual([from, to], [first, first + rows.length], `line ${index}`);
      }
      assert.equal(diagramAt(lines, 0), undefined);
      assert.equal(diagramAt(lines, lines.length - 1), undefined);
    });
});

describe("an inserted diagram's end", () => {
  it("is said, so that what stands after it is not taken for it", () => {
    const picture = { path: "a.png", sha256: "b".repeat(64) };
    const stub = withOrigin("export class Order {\n}\n", "typescript", picture).trimEnd().split("\n");
    const lines = ["import x from 'y';", ...stub, "", "export const mine = 1;"];
    const { from, to } = diagramAt(lines, 2) ?? {};
    assert.deepEqual([from, to], [1, 5]);
    assert.equal(lines[4], "// screenshot-workbench: end");
    assert.equal(diagramAt(lines, 6), undefined);
  });
});

describe("the elements of a graph", () => {
  it("are named as in the text, with their places in the original, and what should be looked at", () => {
    const whole = geometry("whiteboard.jpg", 800, 600);
    const picture = { ...whole, parts: whole.parts.map((part) => ({ ...part, scale: { x: 0.5, y: 0.5 } })) };
    const graph = {
      ...diagramAnswer,
      nodes: [
        node("a", "Orders", { place: { part: 1, x: 10, y: 20, width: 30, height: 40 } }),
        node("b", "[unreadable] DB", { confidence: "low" as const }),
      ],
      edges: [edge("a", "b", "reserve", { alternatives: ["reverse"] })],
    };
    assert.deepEqual(elementsOf(graph, picture), [
      {
        name: "n1",
        written: "orders",
        label: "Orders",
        alternatives: [],
        box: { x: 20, y: 40, width: 60, height: 80 },
      },
      {
        name: "n2",
        written: "unreadableDB",
        label: "[unreadable] DB",
        alternatives: [],
        doubt: "unreadable",
      },
      {
        name: "e1",
        label: "reserve",
        alternatives: ["reverse"],
        doubt: "unsure",
        ends: { from: "n1", to: "n2", words: "Orders → [unreadable] DB" },
      },
    ]);
    const settled = relabelled(relabelled(graph, "n2", "Stock DB"), "e1", "reverse");
    assert.ok(elementsOf(settled, picture).every(({ doubt }) => doubt === undefined));
    assert.deepEqual([settled.nodes[1]?.label, settled.edges[0]?.label], ["Stock DB", "reverse"]);
  });
});

describe("a flowchart that was edited by hand", () => {
  const parser = new MermaidParser("./dist/mermaidWorker.js");
  after(() => parser.dispose());

  const edited = async (graph: Graph, text: string): Promise<Graph> => {
    const verdict = await parser.parse(text);
    assert.ok(verdict.valid && verdict.flowchart);
    return editedGraph(graph, verdict.flowchart).graph;
  };

  it("is the same graph when nothing was", async () => {
    const graphs = [diagramAnswer, ...knownGraphs.filter(({ kind }) => kind === "flowchart")];
    const any = fc.sample(graphsOf("flowchart"), 60).map((answer) => validGraph(answer).graph);
    for (const graph of [...graphs, ...any]) {
      const { text } = emitMermaid(graph);
      const again = await edited(graph, text);
      assert.equal(again.nodes.length, graph.nodes.length, text);
      assert.equal(again.edges.length, graph.edges.length, text);
      if (graphs.includes(graph)) assert.deepEqual(again, graph);
    }
  });

  it("is the graph with what was changed, added and removed", async () => {
    const text = emitMermaid(diagramAnswer)
      .text.replace('webShop["Web shop"]', 'webShop["Online #38; shop"]')
      .replace('  orders -->|"reserve"| stockDB\n', "")
      .replace("reminder -.-> orders", 'reminder ==> orders\n  orders -->|"mails"| mail["Mail"]');
    const now = await edited(diagramAnswer, text);
    assert.deepEqual(changesBetween(diagramAnswer, now), {
      added: ["node “Mail”", "line “Orders” → “Mail” “mails”"],
      removed: ["line “Orders” → “Stock DB” “reserve”"],
      changed: ["node “Web shop”: now “Online & shop”", "line “Reminder” → “Orders”: dashed → thick"],
    });
    assert.equal(validGraph(now).repairs.length, 0);
  });
});
